"""What is left out while a UNet learns, against the UNet's own outputs."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from alienlab.training.parts import deepening
from alienlab.training.parts.deepening import Deepening
from alienlab.training.parts.diffusion import new_unet
from alienlab.training.plan import PLANS, TEXT_WIDTH, TOKENS

ROWS = 3


@pytest.fixture
def unet() -> Any:
    torch.manual_seed(0)
    return new_unet(PLANS["tiny"]).requires_grad_(False)


def predict(unet: Any, words: torch.Tensor) -> torch.Tensor:
    noised = torch.randn(ROWS, 4, 8, 8, generator=torch.Generator().manual_seed(1))
    return unet(noised, torch.tensor([10, 600, 900]), encoder_hidden_states=words).sample


def some_words(seed: int) -> torch.Tensor:
    return torch.randn(ROWS, TOKENS, TEXT_WIDTH, generator=torch.Generator().manual_seed(seed))


def test_nothing_is_left_out_where_nothing_is_drawn(unet: Any) -> None:
    before = predict(unet, some_words(0))
    Deepening(unet)
    assert torch.equal(predict(unet, some_words(0)), before)


def test_the_deaf_hear_by_the_middle_block_alone(unet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Zeroing the middle block's cross-attention leaves them without words."""
    monkeypatch.setattr(deepening, "DEAF_WHEN_NOISY", 1.0)
    monkeypatch.setattr(deepening, "DEAF_WHEN_CLEAN", 0.0)
    monkeypatch.setattr(deepening, "CUT", 0.0)
    left_out, times = Deepening(unet), torch.tensor([10, 600, 900])

    def differences() -> list[bool]:
        made = []
        for seed in (0, 1):
            with left_out.drawn(times, torch.Generator().manual_seed(5)):
                made.append(predict(unet, some_words(seed)))
        return [bool((one - other).abs().max() > 0) for one, other in zip(*made, strict=True)]

    assert differences() == [True, True, True]
    for parameter in unet.mid_block.attentions[0].transformer_blocks[0].attn2.to_out.parameters():
        parameter.zero_()
    assert differences() == [True, False, False]


def test_without_its_shortcut_a_block_gives_what_it_computes(unet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lowest block whose last convolution is zero then gives nothing but zeros."""
    monkeypatch.setattr(deepening, "DEAF_WHEN_NOISY", 1.0)
    monkeypatch.setattr(deepening, "DEAF_WHEN_CLEAN", 0.0)
    monkeypatch.setattr(deepening, "CUT", 1.0)
    left_out = Deepening(unet)
    resnet = unet.down_blocks[-1].resnets[0]
    for parameter in resnet.conv2.parameters():
        parameter.zero_()
    seen: list[torch.Tensor] = []
    unet.down_blocks[-1].resnets[1].register_forward_pre_hook(lambda module, given: seen.append(given[0]))
    times = torch.tensor([10] + [900] * 40)
    noised = torch.randn(len(times), 4, 8, 8)
    words = torch.randn(len(times), TOKENS, TEXT_WIDTH)
    with left_out.drawn(times, torch.Generator().manual_seed(0)):
        unet(noised, times, encoder_hidden_states=words)
    empty = seen[0].flatten(1).abs().amax(dim=1) == 0
    assert not empty[0]
    assert 8 < int(empty.sum()) < 32, "about half of the deaf"
