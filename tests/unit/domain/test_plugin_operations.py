"""Operations that plugins offer, in texts, sets and ids: they are kept as they were asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.anatomy import Anatomy, Kind, Module, Role, Stage
from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import LesionError
from alienlab.domain.folding import fold
from alienlab.domain.laboratories.declarations import Code, LesionOperation
from alienlab.domain.laboratories.operations import completed
from alienlab.domain.lesions import LesionSet, LesionSpec, Operation, PluginOperation, StepWindow, Treatment, simplify
from alienlab.domain.recipe import DiffusionRecipe, Precision

SHUFFLE = PluginOperation("some-plugin", "shuffle_rows")
PATHS = ("mid.conv", "mid.norm")
ANATOMY = Anatomy(
    tuple(
        Module(path, Kind.CONV, Role.OTHER, Stage.MIDDLE, 0, order, order, {"weight": (2, 2), "bias": (2,)})
        for order, path in enumerate(PATHS)
    ),
    (),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mid.*:some-plugin/shuffle_rows", Treatment(SHUFFLE)),
        ("mid.*:some-plugin/shuffle_rows=0.5", Treatment(SHUFFLE, 0.5)),
        ("mid.*:some-plugin/shuffle_rows=-3@7", Treatment(SHUFFLE, -3.0, 7)),
        ("mid.*:some-plugin/shuffle_rows@7;weights", Treatment(SHUFFLE, seed=7, weights_only=True)),
        ("mid.*:some-plugin/shuffle_rows=1;steps=0-5", Treatment(SHUFFLE, 1.0, steps=StepWindow(0, 5))),
    ],
)
def test_texts_read_back(text: str, expected: Treatment) -> None:
    spec = LesionSpec.parse(text)
    assert spec.treatment == expected
    assert str(spec) == text


@given(
    amount=st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda amount: amount + 0.0),
    seed=st.integers(0, 2**63 - 1),
    weights_only=st.booleans(),
)
def test_any_amount_and_seed_read_back(amount: float | None, seed: int, weights_only: bool) -> None:
    spec = LesionSpec("mid.*", Treatment(SHUFFLE, amount, seed, weights_only))
    assert LesionSpec.parse(str(spec)) == spec


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mid.*:some-plugin/", "plugin/operation"),
        ("mid.*:/shuffle", "plugin/operation"),
        ("mid.*:a/b/c", "plugin/operation"),
        ("mid.*:Some/shuffle", "plugin/operation"),
        ("mid.*:some/shuffle=inf", "cannot be used|not a number"),
        ("mid.*:some/shuffle=nan", "cannot be used|not a number"),
        ("mid.*:some/shuffle=much", "not a number"),
        ("mid.*:some/shuffle@x", "not a seed"),
    ],
)
def test_bad_texts_are_named(text: str, said: str) -> None:
    with pytest.raises(LesionError, match=said):
        LesionSpec.parse(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("mid.*:some-plugin/reverse", "mid.*:some-plugin/reverse=0.5"),
        ("mid.*:some-plugin/reverse;steps=0-5", "mid.*:some-plugin/reverse=0.5;steps=0-5"),
        ("mid.*:some-plugin/reverse=0.25", "mid.*:some-plugin/reverse=0.25"),
        ("mid.*:some-plugin/shuffle_rows@7", "mid.*:some-plugin/shuffle_rows@7"),
        ("mid.*:absent/reverse", "mid.*:absent/reverse"),
        ("mid.*:zero", "mid.*:zero"),
    ],
)
def test_an_amount_that_is_left_out_is_the_declared_one(text: str, whole: str) -> None:
    offered = (operation("reverse", default=0.5), operation("shuffle_rows"))
    assert str(completed(LesionSpec.parse(text), offered)) == whole


def operation(name: str, *, default: float | None = None) -> LesionOperation:
    code = Code("some-plugin", f"code:{name}")
    return LesionOperation(plugin="some-plugin", id=name, name=name, summary="", code=code, default=default)


def test_they_are_never_identities_and_never_become_others() -> None:
    chain = tuple(Treatment(SHUFFLE, amount) for amount in (None, 0.0, 1.0))
    assert simplify(chain) == chain
    zero = Treatment(Operation.ZERO)
    assert simplify([*chain, zero]) == (zero,), "what a later knockout overwrites goes"
    assert simplify([zero, chain[0]]) == (zero, chain[0]), "who knows what a plugin makes of zeros"


def test_sets_and_folding_keep_them() -> None:
    lesions = LesionSet.of([LesionSpec.parse("mid.*:some-plugin/shuffle_rows=0@2;steps=0-99")], ANATOMY)
    assert lesions.canonical() == [f"{path}:some-plugin/shuffle_rows=0@2;steps=0-99" for path in PATHS]
    assert fold(lesions, ANATOMY, steps=8).canonical() == [f"{path}:some-plugin/shuffle_rows=0@2" for path in PATHS]


def test_recipes_with_them_have_ids_and_json() -> None:
    def recipe(*lesions: str) -> DiffusionRecipe:
        return DiffusionRecipe(
            brain="0" * 64,
            prompt=Prompt("a cat"),
            negative=Prompt(""),
            seed=1,
            steps=8,
            guidance=3.0,
            scheduler="DDIMScheduler",
            width=64,
            height=64,
            lesions=tuple(LesionSpec.parse(text) for text in lesions),
            precision=Precision.FP32,
        )

    one = recipe("mid.*:some-plugin/shuffle_rows=0.5@1")
    assert DiffusionRecipe.from_json(one.to_json()) == one
    assert one.id(ANATOMY) != recipe("mid.*:some-plugin/shuffle_rows=0.5@2").id(ANATOMY)
    assert one.id(ANATOMY) != recipe("mid.*:other-plugin/shuffle_rows=0.5@1").id(ANATOMY)
    assert one.id(ANATOMY) == recipe(*(f"{path}:some-plugin/shuffle_rows=0.5@1" for path in PATHS)).id(ANATOMY)
