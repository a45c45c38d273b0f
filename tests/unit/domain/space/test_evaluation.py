"""Expressions as arrays, on a made-up text encoder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from alienlab.domain.concepts import (
    DEEPEST,
    Between,
    Combination,
    ConceptExpression,
    DirectionsOf,
    DirectionsTo,
    Law,
    Middle,
    OnPlane,
    Prompt,
    RandomDirections,
    RandomPoint,
    Ray,
    Way,
    concept_from_json,
    depth,
)
from alienlab.domain.errors import RecipeError
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.evaluation import Point, Population, evaluate
from alienlab.domain.space.geometry import distance
from tests.fakes.recipes import make_recipe

SHAPE = (4, 6)
CAT, DOG, HAT = Prompt("a cat"), Prompt("a dog"), Prompt("a hat")


class Texts:
    """Draws a point for each text; all begin with the same token."""

    def of_text(self, text: str, /) -> Point:
        seed = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)
        point = np.random.default_rng(seed).normal(size=SHAPE).astype(np.float32)
        point[0] = 7.0
        return point

    @cache  # noqa: B019 - there is one of it
    def population(self) -> Population:
        return Population.of(np.stack([self.of_text(str(number)) for number in range(2000)]))


TEXTS = Texts()
EXPRESSIONS: list[ConceptExpression] = [
    CAT,
    Between(CAT, DOG, -0.5),
    Between(CAT, Combination.mean(DOG, HAT), 0.25, Way.BY_TOKEN),
    Combination(((CAT, 1.0), (DOG, -1.0), (HAT, 0.5))),
    Middle(),
    RandomPoint(3),
    RandomPoint(3, Law.SHELL),
    Ray(CAT, 5, 2.5),
    OnPlane(CAT, RandomDirections(9), 1.0, -2.0),
    OnPlane(CAT, DirectionsTo(DOG, HAT), 1.0, 0.0),
    OnPlane(RandomPoint(1), DirectionsOf(DOG, HAT), 0.0, 3.0),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_json_brings_an_expression_back(expression: ConceptExpression) -> None:
    again = concept_from_json(expression.to_json())
    assert again == expression
    assert np.array_equal(evaluate(again, TEXTS), evaluate(expression, TEXTS))
    assert evaluate(expression, TEXTS).dtype == np.float32


def test_every_expression_has_words_of_its_own() -> None:
    assert len({str(expression) for expression in EXPRESSIONS}) == len(EXPRESSIONS)


def test_a_line_between_prompts_is_written_as_ever() -> None:
    """Recipes that were made before lines had other ends keep their ids."""
    written = {"kind": "between", "start": "a cat", "end": "a dog", "position": -0.5}
    assert Between(CAT, DOG, -0.5).to_json() == written
    assert concept_from_json(written) == Between(CAT, DOG, -0.5)


def test_arithmetic_is_that_of_arrays() -> None:
    cat, dog, hat = (TEXTS.of_text(text) for text in ("a cat", "a dog", "a hat"))
    expected = cat.astype(np.float64) - dog + 0.5 * hat
    np.testing.assert_allclose(evaluate(EXPRESSIONS[3], TEXTS), expected, atol=1e-6)
    np.testing.assert_allclose(evaluate(Combination.mean(CAT, DOG), TEXTS), (cat + dog) / 2, atol=1e-6)


def test_the_middle_of_a_plane_is_its_origin_bit_for_bit() -> None:
    for directions in (RandomDirections(1), DirectionsTo(DOG, HAT), DirectionsOf(DOG, HAT)):
        assert np.array_equal(evaluate(OnPlane(CAT, directions, 0.0, 0.0), TEXTS), TEXTS.of_text("a cat"))


def test_coordinates_on_a_plane_are_distances() -> None:
    point = evaluate(OnPlane(CAT, RandomDirections(4), 3.0, -4.0), TEXTS)
    assert distance(point, TEXTS.of_text("a cat")) == pytest.approx(5.0, rel=1e-6)
    assert distance(evaluate(Ray(CAT, 2, 4.0), TEXTS), TEXTS.of_text("a cat")) == pytest.approx(4.0, rel=1e-6)


def test_a_plane_through_three_points_holds_them() -> None:
    cat, dog, hat = (TEXTS.of_text(text).astype(np.float64) for text in ("a cat", "a dog", "a hat"))
    far = distance(cat, dog)
    np.testing.assert_allclose(evaluate(OnPlane(CAT, DirectionsTo(DOG, HAT), far, 0.0), TEXTS), dog, atol=1e-5)
    first = (dog - cat) / far
    x = ((hat - cat) * first).sum()
    y = np.linalg.norm(hat - cat - x * first)
    np.testing.assert_allclose(evaluate(OnPlane(CAT, DirectionsTo(DOG, HAT), x, y), TEXTS), hat, atol=1e-5)


def test_random_points_have_the_mean_and_spread_of_prompts_and_their_start_token() -> None:
    population = TEXTS.population()
    drawn = np.stack([evaluate(RandomPoint(seed), TEXTS) for seed in range(3000)])
    np.testing.assert_allclose(drawn.mean(axis=0), population.mean, atol=0.1)
    np.testing.assert_allclose(drawn.std(axis=0), population.spread, atol=0.1)
    np.testing.assert_array_equal(drawn[:, 0], 7.0)
    shell = np.stack([evaluate(RandomPoint(seed, Law.SHELL), TEXTS) for seed in range(20)])
    middle = evaluate(Middle(), TEXTS)
    assert [distance(point, middle) for point in shell] == pytest.approx([population.radius] * 20, rel=1e-5)
    np.testing.assert_allclose(shell[:, 0], 7.0)


@pytest.mark.parametrize(
    "expression",
    [
        OnPlane(CAT, RandomDirections(1), 1e300, 1e300),
        Combination(((CAT, 1e308), (DOG, 1e308))),
        Ray(CAT, 1, 1e60),
        Between(CAT, DOG, 1e40),
    ],
)
def test_numbers_that_overflow_are_named(expression: ConceptExpression) -> None:
    with pytest.raises(RecipeError, match="overflow"):
        evaluate(expression, TEXTS)


def test_a_plane_through_two_equal_prompts_is_refused() -> None:
    with pytest.raises(RecipeError, match="are the same"):
        evaluate(OnPlane(CAT, DirectionsTo(CAT, DOG), 1.0, 1.0), TEXTS)
    with pytest.raises(RecipeError, match="are the same"):
        evaluate(OnPlane(CAT, DirectionsTo(DOG, DOG), 1.0, 1.0), TEXTS)


def test_as_deep_as_is_read_can_be_written_and_no_deeper() -> None:
    point: ConceptExpression = CAT
    for _ in range(DEEPEST - 1):
        point = Ray(point, 1, 1.0)
    assert depth(point) == DEEPEST
    assert concept_from_json(point.to_json()) == point
    deepest = replace(make_recipe(), prompt=point)
    assert DiffusionRecipe.from_json(deepest.to_json()) == deepest
    with pytest.raises(RecipeError, match="within each other"):
        replace(make_recipe(), negative=Between(point, CAT, 0.5))
    with pytest.raises(RecipeError, match="within each other"):
        concept_from_json(Ray(point, 1, 1.0).to_json())


NESTED: dict = {"kind": "prompt", "text": "a cat"}
for _ in range(5000):
    NESTED = {"kind": "ray", "origin": NESTED, "seed": 1, "distance": 1.0}


@pytest.mark.parametrize(
    "data",
    [
        NESTED,
        {"kind": "combination", "terms": []},
        {"kind": "combination", "terms": [{"point": {"kind": "prompt", "text": "a"}, "weight": 1.0}] * 65},
        {"kind": "combination", "terms": [3]},
        {"kind": "random", "seed": -1, "law": "gaussian"},
        {"kind": "random", "seed": 1.5, "law": "shell"},
        {"kind": "random", "seed": 1, "law": "uniform"},
        {"kind": "ray", "origin": {"kind": "prompt", "text": "a"}, "seed": True, "distance": 1.0},
        {"kind": "ray", "origin": {"kind": "prompt", "text": "a"}, "seed": 1, "distance": float("nan")},
        {"kind": "between", "start": "a", "end": "b", "position": 0.5, "way": "crooked"},
        {"kind": "between", "start": "a", "end": 7, "position": 0.5},
        {"kind": "plane", "origin": "a", "directions": {"kind": "random", "seed": 1}, "x": 0.0, "y": 0.0},
        {"kind": "plane", "origin": {"kind": "prompt", "text": "a"}, "directions": [], "x": 0.0, "y": 0.0},
    ],
)
def test_hostile_json_is_refused(data: dict) -> None:
    with pytest.raises(RecipeError):
        concept_from_json(data)
