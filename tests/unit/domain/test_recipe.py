"""Recipes, their ids, and the folding of exact duplicates."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import RecipeError
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.paths import embedded_brain

RECIPE = DiffusionRecipe(
    brain="ab" * 32,
    prompt=Prompt("a cat in a party hat"),
    seed=7,
    steps=12,
    guidance=4.0,
    scheduler="DDIMScheduler",
    width=64,
    height=64,
)


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return Anatomy.from_json(json.loads((embedded_brain() / "anatomy.json").read_text(encoding="utf-8")))


def lesioned(*texts: str) -> DiffusionRecipe:
    return replace(RECIPE, lesions=tuple(map(LesionSpec.parse, texts)))


def computations(anatomy: Anatomy, operation: str) -> int:
    return len({lesioned(f"{path}:{operation}").computation_id(anatomy) for path in anatomy.paths})


def test_a_full_atlas_of_knockouts_is_391_recipes_and_327_computations(anatomy) -> None:
    assert len({lesioned(f"{path}:zero").id(anatomy) for path in anatomy.paths}) == 391
    assert computations(anatomy, "zero") == 327


def test_knockouts_of_the_weight_alone_fold_only_queries_with_keys(anatomy) -> None:
    attentions = sum(path.endswith(".to_q") for path in anatomy.paths)
    assert computations(anatomy, "zero;weights") == 391 - attentions


def test_random_lesions_do_not_fold(anatomy) -> None:
    assert computations(anatomy, "randomize@1") == 391
    assert computations(anatomy, "scale=0.5") == 391


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("mid_block.*:zero",), ("mid_block.*:scale=0",)),
        (("mid_block.*:noise=1@3",), ("mid_block.*:randomize@3",)),
        (("*:scale=1",), ()),
        (("mid_block.*:zero", "conv_in:scale=2"), ("conv_in:scale=2", "mid_block.*:zero")),
        (("kind=norm:zero",), ("*norm*:zero",)),
        (("conv_in:zero;steps=0-99",), ("conv_in:zero",)),
        (("conv_in:zero;steps=12-20",), ()),
        (("mid_block.attentions.0.transformer_blocks.0.attn1.to_q:zero;weights",),
         ("mid_block.attentions.0.transformer_blocks.0.attn1.to_k:zero",)),
    ],
)  # fmt: skip
def test_what_must_give_the_same_pixels_is_one_computation(anatomy, first, second) -> None:
    assert lesioned(*first).computation_id(anatomy) == lesioned(*second).computation_id(anatomy)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("conv_in:noise=0.5@1",), ("conv_in:noise=0.5@2",)),
        (("conv_in:noise=0.5",), ("conv_in:noise+=0.5",)),
        (("conv_in:scale=2", "conv_in:noise=0.5"), ("conv_in:noise=0.5", "conv_in:scale=2")),
        (("conv_in:zero;weights",), ("conv_in:zero",)),
        (("conv_in:zero;steps=0-11",), ("conv_in:zero",)),
    ],
)
def test_what_may_differ_is_not_folded(anatomy, first, second) -> None:
    assert lesioned(*first).computation_id(anatomy) != lesioned(*second).computation_id(anatomy)


def test_a_fold_is_not_made_where_another_lesion_shares_the_attention(anatomy) -> None:
    block = "mid_block.attentions.0.transformer_blocks.0"
    both = lesioned(f"{block}.norm1:zero", f"{block}.attn1.to_v:randomize@1")
    assert both.computation_id(anatomy) != lesioned(f"{block}.attn1.to_v:zero").computation_id(anatomy)


def test_the_negative_prompt_has_no_part_without_guidance(anatomy) -> None:
    plain = replace(RECIPE, guidance=1.0)
    assert plain.computation_id(anatomy) == replace(plain, negative=Prompt("a dog")).computation_id(anatomy)
    assert RECIPE.computation_id(anatomy) != replace(RECIPE, negative=Prompt("a dog")).computation_id(anatomy)


@pytest.mark.parametrize("change", [{"seed": 8}, {"steps": 13}, {"guidance": 4.5}, {"width": 96}, {"brain": "cd" * 32}])
def test_every_value_decides_the_id(anatomy, change) -> None:
    assert replace(RECIPE, **change).id(anatomy) != RECIPE.id(anatomy)


def test_json_reads_back_and_keeps_the_pattern() -> None:
    recipe = lesioned("mid_block.*:noise=0.02@7;weights;steps=2-9")
    text = json.dumps(recipe.to_json())
    assert DiffusionRecipe.from_json(json.loads(text)) == recipe
    assert "mid_block.*:noise=0.02@7;weights;steps=2-9" in text


@pytest.mark.parametrize(
    "damage",
    [{"kind": "dream"}, {"version": 99}, {"seed": "many"}, {"seed": -1}, {"steps": 0}, {"guidance": float("nan")},
     {"width": 10**9}, {"lesions": [3]}, {"prompt": None}, {"precision": "int4"}],
)  # fmt: skip
def test_foreign_json_is_refused_with_a_sentence(damage) -> None:
    with pytest.raises(RecipeError, match=r"\.$"):
        DiffusionRecipe.from_json({**RECIPE.to_json(), **damage})
