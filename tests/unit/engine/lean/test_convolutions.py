"""Lean convolutions against torch's own."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from alienlab.engine.lean.convolutions import PackedConvolution, PointwiseConvolution
from alienlab.engine.lean.exchange import make_lean

CHANNELS, OUT, SIDE = 6, 10, 8


def pair(**shape) -> tuple[nn.Conv2d, nn.Conv2d]:
    """A convolution, and the same made lean."""
    torch.manual_seed(0)
    plain = nn.Conv2d(CHANNELS, OUT, **shape).requires_grad_(False)
    lean = copy.deepcopy(plain)
    make_lean(lean)
    return plain, lean


@pytest.fixture
def pixels() -> torch.Tensor:
    drawn = torch.randn(3, CHANNELS, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    return drawn.contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ({"kernel_size": 3, "padding": 1}, PackedConvolution),
        ({"kernel_size": 3, "padding": 1, "stride": 2}, PackedConvolution),
        ({"kernel_size": 1, "bias": False}, PointwiseConvolution),
        ({"kernel_size": 1}, PointwiseConvolution),
        ({"kernel_size": 1, "stride": 2}, PackedConvolution),
        ({"kernel_size": 3, "padding": "same"}, nn.Conv2d),
        ({"kernel_size": 3, "groups": 2}, nn.Conv2d),
    ],
)
def test_a_lean_convolution_computes_the_same(pixels, shape, kind) -> None:
    plain, lean = pair(**shape)
    assert type(lean) is kind
    for given in (pixels, pixels.contiguous()):
        torch.testing.assert_close(lean(given), plain(given))


def test_a_packed_weight_follows_what_is_written_to_the_weight(pixels) -> None:
    plain, lean = pair(kernel_size=3, padding=1)
    original = lean.weight.clone()
    intact = lean(pixels)
    lean.weight.mul_(0.5)
    plain.weight.mul_(0.5)
    torch.testing.assert_close(lean(pixels), plain(pixels))
    lean.weight.copy_(original)
    assert torch.equal(lean(pixels), intact)


def test_a_packed_weight_follows_an_exchange_of_the_weight(pixels) -> None:
    plain, lean = pair(kernel_size=3, padding=1)
    lean(pixels)
    plain.weight = lean.weight = nn.Parameter(torch.ones_like(plain.weight), requires_grad=False)
    torch.testing.assert_close(lean(pixels), plain(pixels))


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_a_copy_packs_for_itself(pixels, duplicate) -> None:
    _, lean = pair(kernel_size=3, padding=1)
    intact = lean(pixels)
    twin = duplicate(lean)
    twin._parameters = {**twin._parameters, "weight": nn.Parameter(torch.zeros_like(lean.weight), requires_grad=False)}
    assert lean.bias is not None
    assert torch.equal(twin(pixels)[0, :, 0, 0], lean.bias)
    assert torch.equal(lean(pixels), intact)
