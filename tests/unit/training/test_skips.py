"""Skip connections that are shut while a UNet is young."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from alienlab.training.parts import skips
from alienlab.training.parts.diffusion import new_unet
from alienlab.training.parts.skips import SkipGates
from alienlab.training.plan import PLANS, TEXT_WIDTH, TOKENS

NOISY, CLEAN = 999, 0


@pytest.fixture
def unet() -> Any:
    torch.manual_seed(0)
    return new_unet(PLANS["tiny"]).eval()


def predicted(unet: Any, time: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(1)
    latents = torch.randn(3, 4, 8, 8, generator=generator)
    words = torch.randn(3, TOKENS, TEXT_WIDTH, generator=generator)
    with torch.inference_mode():
        return unet(latents, torch.full((3,), time), encoder_hidden_states=words).sample


def gated(unet: Any, *, progress: float, time: int) -> torch.Tensor:
    gates = SkipGates(unet, torch.device("cpu"))
    gates.open(progress)
    gates.set(torch.full((3,), time), torch.Generator().manual_seed(0))
    return predicted(unet, time)


def without_skips(unet: Any, time: int) -> torch.Tensor:
    """What the UNet predicts when nothing reaches its upper levels but through the depth, computed in another way."""

    def empty(block: Any, args: tuple, kwargs: dict[str, Any]) -> tuple[tuple, dict[str, Any]]:
        nothing = tuple(torch.zeros_like(states) for states in kwargs["res_hidden_states_tuple"])
        return args, kwargs | {"res_hidden_states_tuple": nothing}

    hooks = [block.register_forward_pre_hook(empty, with_kwargs=True) for block in unet.up_blocks[1:]]
    try:
        return predicted(unet, time)
    finally:
        for hook in hooks:
            hook.remove()


def lies_between(states: torch.Tensor, one: torch.Tensor, other: torch.Tensor) -> float:
    """How far from ``one``, of its distance to ``other``. A gate is never quite shut, and group norms magnify."""
    return float((states - one).norm() / (other - one).norm())


def test_a_young_unet_sends_noise_through_its_depth_alone(unet: Any) -> None:
    plain, deep = predicted(unet, NOISY), without_skips(unet, NOISY)
    assert lies_between(gated(unet, progress=0.0, time=NOISY), deep, plain) < 0.1


def test_what_is_nearly_clean_goes_across(unet: Any) -> None:
    plain, deep = predicted(unet, CLEAN), without_skips(unet, CLEAN)
    assert lies_between(gated(unet, progress=0.0, time=CLEAN), plain, deep) < 0.1


def test_most_samples_go_across_at_the_end_and_some_never(unet: Any) -> None:
    plain, deep = predicted(unet, NOISY), without_skips(unet, NOISY)
    ended = gated(unet, progress=1.0, time=NOISY)
    drawn = torch.rand(3, generator=torch.Generator().manual_seed(0))
    assert 0 < (drawn < skips.KEPT_SHUT).sum() < 3, "the seed shows both"
    for sample, draw in enumerate(drawn):
        expected, other = (deep, plain) if draw < skips.KEPT_SHUT else (plain, deep)
        assert lies_between(ended[sample], expected[sample], other[sample]) < 0.1


def test_they_open_steadily(unet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skips, "KEPT_SHUT", 0.0)
    gates = SkipGates(unet, torch.device("cpu"))
    gains = []
    for progress in (0.0, skips.SHUT_UNTIL, 0.26, skips.OPEN_FROM, 1.0):
        gates.open(progress)
        gates.set(torch.tensor([NOISY]), torch.Generator().manual_seed(0))
        gains.append(float(gates._gain))
    assert gains == pytest.approx([0.0, 0.0, 0.5, 1.0, 1.0], abs=1e-3)
