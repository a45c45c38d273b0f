"""From the words of ``alienlab walk`` to a walk."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from alienlab.domain.concepts import (
    ConceptExpression,
    Directions,
    DirectionsOf,
    DirectionsTo,
    Law,
    OnPlane,
    RandomDirections,
    Way,
)
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.evaluation import Point
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.geometry import distance
from alienlab.domain.space.walks import Walk, gallery, line_walk, path_walk, plane_walk

KINDS = ("line", "plane", "path", "random")
WAYS = {"straight": Way.STRAIGHT, "spherical": Way.SPHERICAL, "token": Way.BY_TOKEN}
Locate = Callable[[Sequence[ConceptExpression]], list[Point]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkWords:
    """What was asked for."""

    kind: str
    points: tuple[str, ...]
    frames: int
    beyond: float
    way: str
    size: int
    extent: float
    """Of a plane, in units of ``unit``."""
    toward: bool
    seed: int
    """Of a plane's directions, or of the first random point."""
    law: str
    unit: tuple[str, str]
    """Two points whose distance is the unit."""


def walk_of(words: WalkWords, locate: Locate) -> Walk:
    """Raises RecipeError for what cannot be walked."""
    points = tuple(map(read_concept, words.points))
    match words.kind:
        case "line":
            start, end = _exactly(2, points, "a line leads from one point to another")
            return line_walk(start, end, frames=words.frames, beyond=words.beyond, way=_way(words.way))
        case "plane":
            directions, unit = _directions(words, points), unit_of(words, locate)
            locate([OnPlane(points[0], directions, unit, unit)])  # a dead direction is told at once
            return plane_walk(points[0], directions, size=words.size, extent=words.extent, unit=unit)
        case "path":
            if len(points) < 2:
                raise RecipeError("The path has a single point, so there is no way to go. Add another point.")
            located = locate(points)
            lengths = [distance(*pair) for pair in itertools.pairwise(located)]
            return path_walk(points, lengths, frames=words.frames)
        case "random":
            _exactly(0, points, "random points need no prompt")
            return gallery(law_named(words.law), first_seed=words.seed, count=words.frames)
    raise RecipeError(f"A walk of kind '{words.kind}' is not known. Take one of {', '.join(KINDS)}.")


def rehearse(words: WalkWords) -> None:
    """Refuse what is wrong with the words before a brain is opened: walk among made-up points.

    Raises RecipeError as ``walk_of`` does.
    """
    walk_of(words, lambda expressions: [np.full((1, 1), place, np.float32) for place in range(len(expressions))])


def unit_of(words: WalkWords, locate: Locate) -> float:
    """Plain length of the unit that distances are told in."""
    return unit_between(*words.unit, locate)


def unit_between(one: str, other: str, locate: Locate) -> float:
    """Raises RecipeError where the two points are the same."""
    length = distance(*locate([read_concept(one), read_concept(other)]))
    if length == 0.0:
        raise RecipeError(f"“{one}” and “{other}” are the same point, so their distance is no unit. Take others.")
    return length


def _directions(words: WalkWords, points: Sequence[ConceptExpression]) -> Directions:
    match points:
        case [_]:
            return RandomDirections(words.seed)
        case [_, first, second]:
            return DirectionsOf(first, second) if words.toward else DirectionsTo(first, second)
    raise RecipeError(f"A plane goes through one point, or through three, not {len(points)}. Name one or three.")


def _exactly(count: int, points: tuple[ConceptExpression, ...], rule: str) -> tuple[ConceptExpression, ...]:
    if len(points) != count:
        raise RecipeError(f"{len(points)} points were named, but {rule}. Name {count}.")
    return points


def _way(text: str) -> Way:
    if text not in WAYS:
        raise RecipeError(f"The way '{text}' is not known. Take {', '.join(WAYS)}.")
    return WAYS[text]


def law_named(text: str) -> Law:
    """Raises RecipeError for one that is not known."""
    if text not in set(Law):
        raise RecipeError(f"Random points by '{text}' are not known. Take {', '.join(Law)}.")
    return Law(text)
