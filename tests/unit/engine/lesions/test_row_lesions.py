"""Rows that carry their own lesions, against weights that were edited by hand."""

from __future__ import annotations

import copy

import pytest
import torch

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import INTACT, LesionSet, LesionSpec
from alienlab.engine.anatomy.reader import read_anatomy
from alienlab.engine.lesions.alteration import random_like
from alienlab.engine.lesions.integrity import IntegrityCheck, weight_hash
from alienlab.engine.lesions.row_lesions import edited_weights, is_wide, lesioned_rows
from tests.fakes.tiny_unet import forward, inputs, tiny_unet

BLOCK = "down_blocks.1.attentions.0.transformer_blocks.0"


@pytest.fixture(scope="module")
def unet():
    return tiny_unet()


@pytest.fixture(scope="module")
def anatomy(unet) -> Anatomy:
    return read_anatomy(unet)


def lesions(anatomy: Anatomy, *texts: str) -> LesionSet:
    return LesionSet.of([LesionSpec.parse(text) for text in texts], anatomy)


def by_definition(theta: torch.Tensor, drawn: torch.Tensor, operation: str, amount: float) -> torch.Tensor:
    match operation:
        case "zero":
            return 0 * theta
        case "scale":
            return amount * theta
        case "randomize":
            return drawn
        case "noise":
            return (1 - amount) * theta + amount * drawn
        case _:
            return theta + amount * (drawn - theta.mean())


def edit_by_hand(unet, path: str, text: str):
    """A copy of the network whose module has weights computed here from the definitions."""
    edited = copy.deepcopy(unet)
    operation, _, amount = text.partition("@")[0].partition("=")
    seed = int(text.partition("@")[2] or 0)
    for name, parameter in edited.get_submodule(path).named_parameters(recurse=False):
        drawn = random_like(parameter.clone(), seed=seed, path=path, name=name)
        parameter.copy_(by_definition(parameter.clone(), drawn, operation, float(amount or 0)))
    return edited


OPERATIONS = ("zero", "scale=0.5", "scale=-2", "randomize@3", "noise=0.3@4", "noise+=0.3@4")
PLACES = (
    "conv_in",
    "time_embedding.linear_1",
    f"{BLOCK}.norm1",
    f"{BLOCK}.attn2.to_k",
    "down_blocks.0.resnets.0.conv1",
    "mid_block.resnets.1.norm1",
)


def test_every_operation_on_every_kind_of_module_mixed_in_one_batch(unet, anatomy) -> None:
    cases = [(path, operation) for path in PLACES for operation in OPERATIONS]
    arguments = inputs(len(cases))
    rows = [
        (slice(row, row + 1), lesions(anatomy, f"{path}:{operation}")) for row, (path, operation) in enumerate(cases)
    ]
    with lesioned_rows(unet, rows):
        together = forward(unet, arguments)
    intact = forward(unet, arguments)
    for row, (path, operation) in enumerate(cases):
        alone = forward(edit_by_hand(unet, path, operation), arguments)[row]
        scale = alone.abs().max()
        assert torch.allclose(together[row], alone, atol=2e-5 * float(scale), rtol=0), (path, operation)
        assert not torch.equal(together[row], intact[row]), (path, operation)


@pytest.mark.parametrize("kept", ["weight", "bias"])
def test_weights_only_leaves_the_bias(unet, anatomy, kept: str) -> None:
    path, arguments = "down_blocks.0.resnets.0.norm1", inputs(2)
    edited = copy.deepcopy(unet)
    edited.get_submodule(path).weight.mul_(0.25)
    if kept == "weight":
        edited.get_submodule(path).bias.mul_(0.25)
    text = f"{path}:scale=0.25" + (";weights" if kept == "bias" else "")
    with lesioned_rows(unet, [(slice(0, 2), lesions(anatomy, text))]):
        assert torch.allclose(forward(unet, arguments), forward(edited, arguments), atol=1e-5)


def test_operations_on_one_module_compose_in_order(unet, anatomy) -> None:
    arguments = inputs(1)
    chain = ("conv_in:scale=2", "conv_in:noise=0.5@1")
    with lesioned_rows(unet, [(slice(0, 1), lesions(anatomy, *chain))]):
        found = forward(unet, arguments)
    edited = copy.deepcopy(unet)
    module = edited.get_submodule("conv_in")
    for name, parameter in module.named_parameters(recurse=False):
        drawn = random_like(parameter.clone(), seed=1, path="conv_in", name=name)
        parameter.copy_(0.5 * (2 * parameter) + 0.5 * drawn)
    assert torch.allclose(found, forward(edited, arguments), atol=1e-5)


def test_editing_weights_and_hooking_rows_agree_and_the_weights_come_back(unet, anatomy) -> None:
    arguments, before, check = inputs(2), weight_hash(unet), IntegrityCheck(unet)
    wide = lesions(anatomy, "*:noise=0.05@2")
    assert is_wide(wide)
    with edited_weights(unet, wide):
        assert not check.is_intact()
        edited = forward(unet, arguments)
    assert check.is_intact()
    assert weight_hash(unet) == before
    with lesioned_rows(unet, [(slice(0, 2), wide)]):
        hooked = forward(unet, arguments)
    assert torch.allclose(hooked, edited, atol=1e-4)


def test_weights_come_back_after_an_exception(unet, anatomy) -> None:
    before = weight_hash(unet)
    with pytest.raises(KeyboardInterrupt), edited_weights(unet, lesions(anatomy, "*:randomize@1")):
        raise KeyboardInterrupt
    assert weight_hash(unet) == before


def test_a_zeroed_row_that_overflowed_is_zero_and_not_nan(unet, anatomy) -> None:
    broken = copy.deepcopy(unet)
    broken.get_submodule("mid_block.resnets.0.conv2").weight.fill_(float("inf"))
    assert not torch.isfinite(forward(broken, inputs(1))).all()
    with lesioned_rows(broken, [(slice(0, 1), lesions(anatomy, "mid_block.resnets.0.conv2:zero"))]):
        assert torch.isfinite(forward(broken, inputs(1))).all()


def zeroed(unet, anatomy, *patterns: str) -> torch.Tensor:
    with lesioned_rows(unet, [(slice(0, 1), lesions(anatomy, *(f"{pattern}:zero" for pattern in patterns)))]):
        return forward(unet, inputs(2))[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("attn1.to_q", "attn1.to_k"),
        ("norm1", "attn1.to_v"),
        ("norm2", "attn2.to_q"),
        ("attn2.to_q", "attn2.to_k"),
    ],
)
def test_knockouts_that_must_be_equal_are_equal_bit_for_bit(unet, anatomy, first: str, second: str) -> None:
    one, other = (zeroed(unet, anatomy, f"{BLOCK}.{name}") for name in (first, second))
    assert torch.equal(one, other)
    assert not torch.equal(one, forward(unet, inputs(2))[0])


def test_zeroed_middle_equals_a_network_without_a_middle_block(unet, anatomy) -> None:
    skipped = copy.deepcopy(unet)
    skipped.mid_block.forward = lambda hidden, *_, **__: hidden
    found = zeroed(
        unet, anatomy, "mid_block.resnets.0.conv2", "mid_block.attentions.0.proj_out", "mid_block.resnets.1.conv2"
    )
    assert torch.equal(found, forward(skipped, inputs(2))[0])


def test_zeroed_output_predicts_nothing(unet, anatomy) -> None:
    assert not zeroed(unet, anatomy, "conv_out").any()


def test_identities_are_no_lesion(anatomy) -> None:
    assert lesions(anatomy, "*:scale=1", "*:noise=0@4", "*:noise+=0") == INTACT


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_row_depends_neither_on_its_place_nor_on_its_neighbours(unet, anatomy, dtype: torch.dtype) -> None:
    network = torch.nn.Module.to(copy.deepcopy(unet), dtype)
    alone = lesions(anatomy, f"{BLOCK}.attn2.to_v:randomize@1", "conv_in:scale=0.7")
    other = lesions(anatomy, "mid_block.*:noise=0.5@9", f"{BLOCK}.attn2.to_v:randomize@1")
    drawn = inputs(8)
    drawn["sample"] = drawn["sample"].to(dtype)
    drawn["encoder_hidden_states"] = drawn["encoder_hidden_states"].to(dtype)
    moved = {
        **drawn,
        "sample": drawn["sample"].roll(3, dims=0),
        "encoder_hidden_states": drawn["encoder_hidden_states"].roll(3, dims=0),
    }
    with lesioned_rows(network, [(slice(0, 2), alone)]):
        first = forward(network, drawn)[0:2]
    with lesioned_rows(network, [(slice(3, 5), alone), (slice(0, 2), other), (slice(6, 8), other)]):
        second = forward(network, moved)[3:5]
    assert torch.equal(first, second)


def test_random_weights_have_the_moments_of_the_intact_ones_and_depend_on_place_and_seed_only() -> None:
    intact = 3.0 + 0.5 * torch.randn(400, 500, generator=torch.Generator().manual_seed(5))
    drawn = random_like(intact, seed=1, path="a", name="weight")
    assert drawn.mean().item() == pytest.approx(intact.mean().item(), abs=0.01)
    assert drawn.std(correction=0).item() == pytest.approx(intact.std(correction=0).item(), rel=0.01)
    assert torch.equal(drawn, random_like(intact, seed=1, path="a", name="weight"))
    for seed, path, name in ((2, "a", "weight"), (1, "b", "weight"), (1, "a", "bias")):
        assert not torch.equal(drawn, random_like(intact, seed=seed, path=path, name=name))
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(1)
        assert torch.equal(drawn, random_like(intact, seed=1, path="a", name="weight"))
    finally:
        torch.set_num_threads(threads)
