"""Lean group norms and attention against torch's own."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from alienlab.domain.lesions import LesionSet, LesionSpec
from alienlab.engine.anatomy.reader import read_anatomy
from alienlab.engine.lean.attending import attend
from alienlab.engine.lean.exchange import make_lean
from alienlab.engine.lean.linears import PackedLinear
from alienlab.engine.lean.norms import LeanGroupNorm
from alienlab.engine.lean.regions import remembered_text
from alienlab.engine.lesions.row_lesions import lesioned_rows
from tests.fakes.tiny_unet import forward, inputs, tiny_unet


def drawn(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def norm() -> nn.GroupNorm:
    norm = nn.GroupNorm(4, 12).requires_grad_(False)
    norm.weight.copy_(1 + 0.3 * drawn(12, seed=1))
    norm.bias.copy_(drawn(12, seed=2))
    return norm


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-5), (torch.bfloat16, 2e-2)])
@pytest.mark.parametrize("side", [3, 16])
@pytest.mark.parametrize("mean", [0.0, 30.0])
def test_a_lean_group_norm_computes_the_same(norm: nn.GroupNorm, dtype, tolerance, side, mean) -> None:
    lean = copy.deepcopy(norm)
    make_lean(lean)
    assert type(lean) is LeanGroupNorm
    pixels = (mean + drawn(3, 12, side, side)).to(dtype).contiguous(memory_format=torch.channels_last)
    expected = copy.deepcopy(norm).double()(pixels.double()).float()
    for given in (pixels, pixels.contiguous()):
        found = lean.to(dtype)(given)
        assert found.dtype is dtype
        torch.testing.assert_close(found.float(), expected, atol=tolerance, rtol=tolerance)


def test_rows_are_normalised_by_themselves_bit_for_bit(norm: nn.GroupNorm) -> None:
    make_lean(norm)
    pixels = drawn(8, 12, 16, 16).contiguous(memory_format=torch.channels_last)
    assert torch.equal(norm(pixels)[2], norm(pixels.roll(3, dims=0).contiguous(memory_format=torch.channels_last))[5])


@pytest.mark.parametrize(("rows", "heads", "tokens", "others"), [(2, 1, 9, 9), (6, 2, 40, 5), (5, 3, 800, 800)])
def test_attention_in_half_precision_is_attention(rows: int, heads: int, tokens: int, others: int) -> None:
    query = drawn(rows, heads, tokens, 8).bfloat16()
    key, value = drawn(rows, heads, others, 8, seed=1).bfloat16(), drawn(rows, heads, others, 8, seed=2).bfloat16()
    expected = scaled_dot_product_attention(query.float(), key.float(), value.float())
    found = attend(query, key, value)
    assert found.dtype is torch.bfloat16
    torch.testing.assert_close(found.float(), expected, atol=3e-2, rtol=3e-2)


def test_a_remembered_text_gives_the_same_bits_and_is_read_once() -> None:
    unet = tiny_unet()
    make_lean(unet)
    arguments, read = inputs(2), []
    unet.get_submodule("mid_block.attentions.0.transformer_blocks.0.attn2.to_k").register_forward_hook(
        lambda *_: read.append(1)
    )
    expected = forward(unet, arguments)
    with remembered_text(unet):
        assert torch.equal(forward(unet, arguments), expected)
        assert torch.equal(forward(unet, arguments), expected)
        assert len(read) == 2
        another = {**arguments, "encoder_hidden_states": arguments["encoder_hidden_states"] * 2}
        assert not torch.equal(forward(unet, another), expected)
    assert torch.equal(forward(unet, arguments), expected)


def test_lesions_of_keys_and_values_reach_a_remembered_text() -> None:
    unet = tiny_unet()
    anatomy = read_anatomy(unet)
    make_lean(unet)
    arguments = inputs(1)
    lesions = LesionSet.of([LesionSpec.parse("*.attn2.to_v:scale=0.5"), LesionSpec.parse("role=k:zero")], anatomy)
    with lesioned_rows(unet, [(slice(0, 1), lesions)]):
        expected = forward(unet, arguments)
    with remembered_text(unet):
        forward(unet, arguments)
    with lesioned_rows(unet, [(slice(0, 1), lesions)]), remembered_text(unet):
        for _ in range(2):
            assert torch.equal(forward(unet, arguments), expected)


@pytest.mark.parametrize("bias", [True, False])
def test_a_packed_linear_map_computes_the_same_and_follows_its_weight(bias: bool) -> None:
    plain = nn.Linear(24, 40, bias=bias).to(torch.bfloat16).requires_grad_(False)
    lean = copy.deepcopy(plain)
    make_lean(lean)
    assert type(lean) is PackedLinear
    tokens = drawn(3, 7, 24).bfloat16()
    torch.testing.assert_close(lean(tokens).float(), plain(tokens).float(), atol=2e-2, rtol=2e-2)
    original, intact = lean.weight.clone(), lean(tokens)
    lean.weight.mul_(0.5)
    plain.weight.mul_(0.5)
    torch.testing.assert_close(lean(tokens).float(), plain(tokens).float(), atol=2e-2, rtol=2e-2)
    lean.weight.copy_(original)
    assert torch.equal(lean(tokens), intact)
    twin = copy.copy(lean)
    twin._parameters = {**twin._parameters, "weight": nn.Parameter(torch.zeros_like(original), requires_grad=False)}
    assert not twin(tokens).sub(0 if lean.bias is None else lean.bias).any()
    assert torch.equal(lean(tokens), intact)


def test_linear_maps_in_full_precision_stay_torchs_own() -> None:
    lean = nn.Linear(8, 8)
    make_lean(lean)
    assert type(lean) is nn.Linear
