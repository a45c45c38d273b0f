"""Which weights a picture can depend on when levels are left out."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from alienlab.training.parts import level_dropout
from alienlab.training.parts.diffusion import new_unet
from alienlab.training.parts.level_dropout import LevelDropout
from alienlab.training.plan import PLANS

NOISY, CLEAR = 900, 100
VALUES = "attentions.0.transformer_blocks.0.attn2.to_v"


@pytest.fixture
def unet() -> Any:
    torch.manual_seed(0)
    return new_unet(PLANS["tiny"])


def gradients(unet: Any, *, time: int, dropout: LevelDropout | None) -> dict[str, torch.Tensor]:
    """What the picture depends on: the gradient of the sum of its squares by every weight, at one time."""
    generator = torch.Generator().manual_seed(1)
    times = torch.full((2,), time)
    noised, words = torch.randn(2, 4, 8, 8, generator=generator), torch.randn(2, 18, 128, generator=generator)
    unet.zero_grad()
    if dropout is None:
        unet(noised, times, encoder_hidden_states=words).sample.square().sum().backward()
    else:
        with dropout.drawn(generator, times):
            unet(noised, times, encoder_hidden_states=words).sample.square().sum().backward()
    return {name: parameter.grad.clone() for name, parameter in unet.named_parameters()}


def test_outside_of_training_nothing_is_left_out(unet: Any) -> None:
    before = gradients(unet, time=NOISY, dropout=None)
    LevelDropout(unet)
    after = gradients(unet, time=NOISY, dropout=None)
    assert all(torch.equal(before[name], after[name]) for name in before)


def only(**shares: int) -> dict[str, tuple[float, ...]]:
    """Shares that always draw the given number."""
    sizes = {"DEAF": 5, "BLIND": 5}
    return {name: tuple(float(count == drawn) for count in range(sizes[name])) for name, drawn in shares.items()}


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch):
    def set_shares(*, deaf: int = 0, blind: int = 0, shortcuts: float = 0.0) -> None:
        for name, shares in only(DEAF=deaf, BLIND=blind).items():
            monkeypatch.setattr(level_dropout, name, shares)
        monkeypatch.setattr(level_dropout, "WITHOUT_SHORTCUTS", shortcuts)
        monkeypatch.setattr(level_dropout, "CUT_SHORTCUTS", shortcuts)

    return set_shares


@pytest.mark.parametrize("deaf", [0, 1, 2, 3])
def test_words_reach_only_the_levels_below_the_deaf(unet: Any, deaf: int, set_to) -> None:
    set_to(deaf=deaf)
    found = gradients(unet, time=CLEAR, dropout=LevelDropout(unet))
    for level in range(3):
        for block in (f"down_blocks.{level}", f"up_blocks.{3 - level}"):
            assert bool(found[f"{block}.{VALUES}.weight"].any()) == (level >= deaf), block
    assert found[f"mid_block.{VALUES}.weight"].any()


def test_words_from_above_must_pass_through_the_middle(unet: Any, set_to) -> None:
    set_to(deaf=4)
    dropout = LevelDropout(unet)
    found = gradients(unet, time=CLEAR, dropout=dropout)
    hearing = {name.partition(f".{VALUES}")[0] for name in found if VALUES in name and found[name].any()}
    assert hearing == {"down_blocks.2"}
    with torch.no_grad():
        for name in ("upsamplers.0.conv.weight", "upsamplers.0.conv.bias"):
            unet.up_blocks[0].get_parameter(name).zero_()
    cut = gradients(unet, time=CLEAR, dropout=dropout)
    assert not cut[f"down_blocks.2.{VALUES}.weight"].any(), "there is no way around the lowest level"


@pytest.mark.parametrize("blind", [0, 1, 2, 3, 4])
def test_noisy_pictures_pass_below_the_blind_levels(unet: Any, blind: int, set_to) -> None:
    set_to(blind=blind)
    dropout = LevelDropout(unet)
    for time in (NOISY, CLEAR):
        found = gradients(unet, time=time, dropout=dropout)
        for level in range(4):
            resnet = unet.up_blocks[3 - level].resnets[-1]
            skips = resnet.conv1.in_channels - resnet.conv1.out_channels  # the last channels of the concatenation
            read = found[f"up_blocks.{3 - level}.resnets.2.conv_shortcut.weight"][:, -skips:]
            assert bool(read.any()) == (time == CLEAR or level >= blind), level


def test_without_shortcuts_deep_blocks_give_only_what_they_compute(unet: Any, set_to) -> None:
    set_to(shortcuts=1.0)
    dropout = LevelDropout(unet)
    found = gradients(unet, time=CLEAR, dropout=dropout)
    assert not found["up_blocks.0.resnets.0.conv_shortcut.weight"].any()
    assert found["up_blocks.1.resnets.0.conv_shortcut.weight"].any(), "higher blocks keep theirs"
    with torch.no_grad():
        for parameter in unet.mid_block.resnets[1].conv2.parameters():
            parameter.zero_()
    cut = gradients(unet, time=CLEAR, dropout=dropout)
    assert not cut[f"mid_block.{VALUES}.weight"].any(), "nothing passes a block that computes nothing"


def test_the_same_generator_leaves_out_the_same(unet: Any) -> None:
    dropout = LevelDropout(unet)
    one, again = (gradients(unet, time=NOISY, dropout=dropout) for _ in range(2))
    assert all(torch.equal(one[name], again[name]) for name in one)
