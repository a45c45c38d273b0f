"""Walks through concept space: the points of a line, a plane, a drawn path."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.concepts import (
    Between,
    ConceptExpression,
    Directions,
    Law,
    OnPlane,
    RandomPoint,
    Way,
    within,
)
from alienlab.domain.errors import RecipeError

MOST_FRAMES = 10_000
Place = tuple[float, float]
"""Coordinates on a plane."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A point of a walk, and what is said of it."""

    label: str
    point: ConceptExpression


@dataclass(frozen=True, slots=True)
class Walk:
    """Points to be imagined with the same noise, in order."""

    title: str
    stops: tuple[Stop, ...]
    columns: int | None = None
    """Of the grid that they form; None where they form a row."""

    @property
    def points(self) -> list[ConceptExpression]:
        return [stop.point for stop in self.stops]


def line_walk(
    start: ConceptExpression, end: ConceptExpression, *, frames: int, beyond: float = 0.0, way: Way = Way.STRAIGHT
) -> Walk:
    """From one point to another, and by ``beyond`` of the way between them further at both ends.

    Raises RecipeError for no frame.
    """
    stops = (Stop(f"{position:.3g}", on_line(start, end, position, way)) for position in line_positions(frames, beyond))
    said = "" if way is Way.STRAIGHT else f", {way}"
    return Walk(f"{within(start)} → {within(end)}{said}", tuple(stops))


def plane_walk(
    origin: ConceptExpression, directions: Directions, *, size: int, extent: float, unit: float = 1.0
) -> Walk:
    """``size`` × ``size`` points of a plane, as far as ``extent`` times ``unit`` from its origin to each side."""
    places = grid(size, extent)
    stops = (Stop(f"{x:.3g}, {y:.3g}", on_plane(origin, directions, x * unit, y * unit)) for x, y in places)
    return Walk(f"{within(origin)}, {directions}", tuple(stops), columns=size)


def path_walk(points: Sequence[ConceptExpression], distances: Sequence[float], *, frames: int) -> Walk:
    """Straight from point to point, at equal distances; see ``through``."""
    walked = through(points, distances, frames)
    return Walk(" → ".join(map(within, points)), tuple(Stop(str(point), point) for point in walked))


def gallery(law: Law, *, first_seed: int, count: int) -> Walk:
    """Random points, by number."""
    _check_frames(count)
    points = (RandomPoint(seed, law) for seed in range(first_seed, first_seed + count))
    return Walk(f"random points, {law}", tuple(Stop(str(point.seed), point) for point in points))


def evenly(first: float, last: float, count: int) -> tuple[float, ...]:
    """``count`` numbers from ``first`` to ``last``, without the dust of binary fractions."""
    if count < 2:
        return (first,)
    return tuple(round(first + (last - first) * place / (count - 1), 9) for place in range(count))


def line_positions(frames: int, beyond: float) -> tuple[float, ...]:
    """Evenly from ``-beyond`` to ``1 + beyond``; with one frame the start. Raises RecipeError for no frame."""
    _check_frames(frames)
    return evenly(-beyond, 1.0 + beyond, frames)


def on_line(start: ConceptExpression, end: ConceptExpression, position: float, way: Way) -> ConceptExpression:
    """A point of a line; the ends are the points themselves, so that they share the pixels of plain renders."""
    return {0.0: start, 1.0: end}.get(position, Between(start, end, position, way))


def on_plane(origin: ConceptExpression, directions: Directions, x: float, y: float) -> ConceptExpression:
    """A point of a plane; the middle is the origin itself."""
    return origin if x == y == 0.0 else OnPlane(origin, directions, x, y)


def grid(size: int, extent: float) -> tuple[Place, ...]:
    """Places of ``size`` × ``size`` tiles from ``-extent`` to ``extent``, row by row from the top left."""
    _check_frames(size)
    steps = evenly(-extent, extent, size) if size > 1 else (0.0,)
    return tuple((x, y) for y in reversed(steps) for x in steps)


def resampled(places: Sequence[Place], count: int) -> tuple[Place, ...]:
    """``count`` places at equal distances along a polyline, its ends among them.

    Raises RecipeError for a path of one place or of no length, and for fewer than two frames.
    """
    corners = np.asarray(places, np.float64).reshape(-1, 2)
    lengths = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    along = _equidistant(lengths, count)
    marks = np.concatenate([[0.0], np.cumsum(lengths)])
    return tuple(zip(*(np.interp(along, marks, corners[:, axis]).tolist() for axis in range(2)), strict=True))


def through(points: Sequence[ConceptExpression], distances: Sequence[float], count: int) -> list[ConceptExpression]:
    """``count`` points at equal distances along the straight lines from each point to the next.

    ``distances`` are the lengths of those lines. Raises RecipeError as ``resampled`` does.
    """
    lengths = np.asarray(distances, np.float64)
    legs = [leg for leg, length in zip(itertools.pairwise(points), lengths, strict=True) if length > 0]
    lengths = lengths[lengths > 0]
    marks = np.concatenate([[0.0], np.cumsum(lengths)])
    walk: list[ConceptExpression] = []
    for mark in _equidistant(lengths, count):
        number = min(int(np.searchsorted(marks, mark, side="right")) - 1, len(legs) - 1)
        position = round(float((mark - marks[number]) / lengths[number]), 9)
        walk.append(on_line(*legs[number], position, Way.STRAIGHT))
    return walk


def _equidistant(lengths: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    _check_frames(count)
    if count < 2:
        raise RecipeError("A path needs at least two frames, one for each of its ends.")
    if not lengths.size or not lengths.sum() > 0:
        raise RecipeError("The path has a single point, so there is no way to go. Add another point.")
    return np.linspace(0.0, float(lengths.sum()), count)


def _check_frames(count: int) -> None:
    if not 1 <= count <= MOST_FRAMES:
        raise RecipeError(f"{count} frames cannot be made. Take 1 to {MOST_FRAMES:,}.")
