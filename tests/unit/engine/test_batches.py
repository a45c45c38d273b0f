"""Which rows are denoised together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alienlab.domain.concepts import Prompt
from alienlab.domain.lesions import INTACT, LesionSet, Operation, Treatment
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.batches import Row, plan_batches

RECIPE = DiffusionRecipe(
    brain="0" * 64,
    prompt=Prompt("a cat"),
    seed=0,
    steps=4,
    guidance=4.0,
    scheduler="DDIMScheduler",
    width=64,
    height=64,
)


def rows(count: int) -> list[Row]:
    return [Row(index, replace(RECIPE, seed=index), INTACT) for index in range(count)]


@pytest.mark.parametrize(
    ("count", "classes"),
    [
        (1, [1]),
        (2, [1, 1]),
        (4, [1] * 4),
        (5, [8]),
        (8, [8]),
        (9, [8, 1]),
        (19, [8, 8, 1, 1, 1]),
        (20, [32]),
        (40, [32, 8]),
    ],
)
def test_classes_are_filled_well_enough(count: int, classes: list[int]) -> None:
    batches = plan_batches(rows(count), latent_pixels=256, budget=16_384)
    assert [batch.batch_class for batch in batches] == classes
    assert [row.index for batch in batches for row in batch.rows] == list(range(count))


def test_large_latents_are_rendered_one_by_one() -> None:
    batches = plan_batches(rows(10), latent_pixels=64 * 64, budget=16_384)
    assert [batch.batch_class for batch in batches] == [1] * 10


def test_a_replay_takes_the_class_it_is_told() -> None:
    assert plan_batches(rows(1), latent_pixels=256, budget=16_384, batch_class=8)[0].batch_class == 8


def test_recipes_that_differ_in_the_loop_are_kept_apart() -> None:
    changes = [{}, {"steps": 5}, {"guidance": 1.0}, {"scheduler": "EulerDiscreteScheduler"}, {"width": 128}]
    mixed = [Row(index, replace(RECIPE, **change), INTACT) for index, change in enumerate(changes)]
    batches = plan_batches(mixed, latent_pixels=256, budget=16_384)
    assert [len(batch.rows) for batch in batches] == [1] * 5
    assert [batch.guided for batch in batches] == [True, True, False, True, True]


def test_wide_lesions_edit_weights_for_a_batch_of_their_own() -> None:
    wide = LesionSet({f"module{number}": (Treatment(Operation.RANDOMIZE),) for number in range(50)})
    narrow = LesionSet({"module0": (Treatment(Operation.RANDOMIZE),)})
    mixed = [
        Row(0, RECIPE, wide),
        Row(1, RECIPE, narrow),
        Row(2, replace(RECIPE, seed=3), wide),
        Row(3, RECIPE, INTACT),
    ]
    batches = plan_batches(mixed, latent_pixels=256, budget=16_384, batch_class=8)
    assert [[row.index for row in batch.rows] for batch in batches] == [[0, 2], [1, 3]]
    assert [batch.edits for batch in batches] == [wide, INTACT]
