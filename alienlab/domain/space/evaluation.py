"""What a concept expression means as an array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.concepts import (
    UNCONDITIONAL,
    Between,
    Combination,
    ConceptExpression,
    Directions,
    DirectionsOf,
    DirectionsTo,
    Law,
    Middle,
    OnPlane,
    Prompt,
    RandomDirections,
    RandomPoint,
    Ray,
)
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.geometry import Array, along, orthonormal, random_direction, random_directions

Point = NDArray[np.float32]
"""A point of concept space: [tokens, dims]."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """How the points of prompts lie: what a random point is drawn from."""

    mean: Array
    """[tokens, dims]"""
    spread: Array
    """Standard deviation of each coordinate: [tokens, dims]; 0 for the start token, which all prompts share."""

    @classmethod
    def of(cls, points: NDArray[np.float32]) -> Population:
        """Of points [count, tokens, dims]."""
        exact = points.astype(np.float64)
        spread = exact.std(axis=0)
        spread[0] = 0.0  # what is left there is rounding
        return cls(exact.mean(axis=0), spread)

    @property
    def radius(self) -> float:
        """Root mean square distance of the points from their mean."""
        return float(np.linalg.norm(self.spread))


class PointSource(Protocol):
    """A text encoder."""

    def of_text(self, text: str, /) -> Point: ...

    def population(self) -> Population: ...


def evaluate(expression: ConceptExpression, source: PointSource) -> Point:
    """The array of an expression; a prompt's own array for what comes to the same, bit for bit.

    Raises RecipeError where numbers overflow, or a direction is dead.
    """
    if isinstance(expression, Prompt):
        return source.of_text(expression.text)
    with np.errstate(over="ignore", invalid="ignore"):
        point = _exact(expression, source).astype(np.float32)
    if not np.isfinite(point).all():
        raise RecipeError(f"The point “{expression}” lies so far out that its numbers overflow. Stay closer.")
    return point


def _exact(expression: ConceptExpression, source: PointSource) -> Array:
    match expression:
        case Prompt(text):
            return source.of_text(text).astype(np.float64)
        case Between(start, end, position, way):
            return along(_exact(start, source), _exact(end, source), position, way)
        case Combination(terms):
            return sum((weight * _exact(point, source) for point, weight in terms[1:]), _scaled(terms[0], source))
        case Middle():
            return source.population().mean
        case RandomPoint(seed, law):
            return _drawn(source.population(), seed, law)
        case Ray(origin, seed, distance):
            center = _exact(origin, source)
            return center + distance * random_direction(seed, center.shape)
        case OnPlane(origin, directions, x, y):
            center = _exact(origin, source)
            first, second = plane_directions(center, directions, source)
            return center + x * first + y * second


def plane_directions(center: Array, directions: Directions, source: PointSource) -> tuple[Array, Array]:
    """Two orthonormal arrays. Raises RecipeError where they span no plane."""
    match directions:
        case RandomDirections(seed):
            return random_directions(seed, center.shape)
        case DirectionsTo(first, second):
            return orthonormal(_exact(first, source) - center, _exact(second, source) - center)
        case DirectionsOf(first, second):
            nothing = _exact(UNCONDITIONAL, source)
            return orthonormal(_exact(first, source) - nothing, _exact(second, source) - nothing)


def _scaled(term: tuple[ConceptExpression, float], source: PointSource) -> Array:
    return term[1] * _exact(term[0], source)


def _drawn(population: Population, seed: int, law: Law) -> Array:
    drawn = np.random.Generator(np.random.PCG64(seed)).standard_normal(population.mean.shape)
    if law is Law.GAUSSIAN:
        return population.mean + population.spread * drawn
    drawn[0] = 0.0
    return population.mean + population.radius * drawn / np.linalg.norm(drawn)
