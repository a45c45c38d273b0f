"""Lines, arcs and directions between arrays [tokens, dims].

Everything is computed in float64; callers round once, at the end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.concepts import Way
from alienlab.domain.errors import RecipeError

Array = NDArray[np.float64]
DEAD = 1e-6
"""Share of a direction's length below which it counts as none."""
OPPOSITE = 1e-6
"""Radians from π at which two points lie opposite each other."""


def along(start: Array, end: Array, position: float, way: Way) -> Array:
    """The point of a line; the ends themselves at 0 and 1. Raises RecipeError for an arc between opposite points."""
    if way is Way.STRAIGHT:
        return (1.0 - position) * start + position * end
    if way is Way.SPHERICAL:
        return _arc(start.reshape(1, -1), end.reshape(1, -1), position).reshape(start.shape)
    return _arc(start, end, position)


def _arc(start: Array, end: Array, position: float) -> Array:
    """Spherical interpolation row by row (Shoemake 1985); rows of one direction go straight."""
    lengths = np.linalg.norm(start, axis=1) * np.linalg.norm(end, axis=1)
    cosines = np.divide((start * end).sum(axis=1), lengths, out=np.ones_like(lengths), where=lengths > 0)
    angles = np.arccos(np.clip(cosines, -1.0, 1.0))[:, None]
    if np.any(angles > np.pi - OPPOSITE):
        raise RecipeError("The two points lie opposite each other, so no arc leads from one to the other. Go straight.")
    sines = np.sin(angles)
    curved = sines > DEAD
    safe = np.where(curved, sines, 1.0)
    first = np.where(curved, np.sin((1.0 - position) * angles) / safe, 1.0 - position)
    second = np.where(curved, np.sin(position * angles) / safe, position)
    return first * start + second * end


def random_direction(seed: int, shape: tuple[int, ...]) -> Array:
    """Of length 1, any direction as likely as another."""
    drawn = np.random.Generator(np.random.PCG64(seed)).standard_normal(shape)
    return drawn / np.linalg.norm(drawn)


def random_directions(seed: int, shape: tuple[int, ...]) -> tuple[Array, Array]:
    """Two of length 1, orthogonal to each other."""
    drawn = np.random.Generator(np.random.PCG64(seed)).standard_normal((2, *shape))
    return orthonormal(drawn[0], drawn[1])


def orthonormal(first: Array, second: Array) -> tuple[Array, Array]:
    """Two directions by Gram and Schmidt. Raises RecipeError where one is dead: no length, or the other's again."""
    lengths = np.linalg.norm(first), np.linalg.norm(second)
    if not lengths[0] > 0 or not lengths[1] > 0:
        raise RecipeError("A direction of the plane has no length: two of its points are the same. Take another one.")
    first = first / lengths[0]
    rest = second / lengths[1]
    for _ in range(2):  # twice is enough for rounding (Kahan and Parlett)
        rest = rest - (rest * first).sum() * first
    if not np.linalg.norm(rest) > DEAD:
        raise RecipeError("The two directions of the plane are the same, so they span a line. Take another one.")
    return first, rest / np.linalg.norm(rest)


def distance(point: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Euclidean, over the whole array."""
    return float(np.linalg.norm(np.asarray(point, np.float64) - np.asarray(other, np.float64)))
