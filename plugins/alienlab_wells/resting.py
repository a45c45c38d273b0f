"""Where balls can come to rest, and from when on they cannot leave again."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab_wells.landscape import EXTENT, Landscape

_DETAIL = 121
_REACH = 1.3 * EXTENT
_APART = 0.05
_NEWTON_STEPS, _NEAR = 8, 1e-4
_RADII = np.linspace(0.06, 1.4, 28)
_ANGLES = np.arange(64) * (2 * np.pi / 64)
_MARGIN = 0.03
"""Of the height of the rim, as it is looked at in a few places only."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A minimum: a ball within ``radius`` whose energy is below ``rim`` stays there."""

    x: float
    y: float
    height: float
    radius: float
    rim: float


def resting_places(landscape: Landscape) -> tuple[Rest, ...]:
    """All minima in the picture and a little beyond it, from left to right."""
    found = _minima(landscape)
    return tuple(_rest(landscape, place, found) for place in found)


def matched(
    rests: tuple[Rest, ...], before: tuple[tuple[float, float], ...], *, within: float
) -> tuple[int | None, ...]:
    """For each place the number of the one it was before the landscape was altered; None for a new one.

    The nearest pairs find each other first.
    """
    pairs = sorted(
        (math.hypot(one.x - other[0], one.y - other[1]), new, old)
        for new, one in enumerate(rests)
        for old, other in enumerate(before)
    )
    numbers: list[int | None] = [None] * len(rests)
    taken: set[int] = set()
    for apart, new, old in pairs:
        if apart < within and numbers[new] is None and old not in taken:
            numbers[new] = old
            taken.add(old)
    return tuple(numbers)


def _minima(landscape: Landscape) -> NDArray[np.float64]:
    """[n, 2], lower than all that is around them on a grid, then found by Newton's method."""
    places = np.linspace(-_REACH, _REACH, _DETAIL)
    x, y = (one.ravel() for one in np.meshgrid(places, -places))
    heights = landscape.height(x, y).reshape(_DETAIL, _DETAIL)
    padded = np.pad(heights, 1, constant_values=np.inf)
    lower = np.ones_like(heights, bool)
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) != (1, 1):
                around = padded[down : down + _DETAIL, right : right + _DETAIL]
                lower &= heights < around if (down, right) > (1, 1) else heights <= around
    lower[[0, -1]] = lower[:, [0, -1]] = False
    found: list[NDArray[np.float64]] = []
    for place in np.flatnonzero(lower.ravel()):
        minimum = _refined(landscape, np.array([x[place], y[place]]))
        if all(float(np.hypot(*(minimum - other))) > _APART for other in found):
            found.append(minimum)
    return np.array(sorted(found, key=lambda one: (round(one[0], 6), -one[1]))).reshape(-1, 2)


def _refined(landscape: Landscape, start: NDArray[np.float64]) -> NDArray[np.float64]:
    place = start
    for _ in range(_NEWTON_STEPS):
        x = place[0] + np.array([0.0, _NEAR, -_NEAR, 0.0, 0.0])
        y = place[1] + np.array([0.0, 0.0, 0.0, _NEAR, -_NEAR])
        force = np.stack(landscape.force(x, y))
        slopes = np.stack([force[:, 1] - force[:, 2], force[:, 3] - force[:, 4]], axis=1) / (2 * _NEAR)
        if abs(np.linalg.det(slopes)) < 1e-9:
            break
        change = np.linalg.solve(slopes, -force[:, 0])
        place = place + np.clip(change, -0.02, 0.02)
    return place if np.abs(place - start).max() < 6 * _REACH / _DETAIL else start


def _rest(landscape: Landscape, place: NDArray[np.float64], all_places: NDArray[np.float64]) -> Rest:
    """With the circle around it whose lowest point is highest, of those that hold no other minimum."""
    height = float(landscape.height(place[:1], place[1:])[0])
    apart = np.hypot(*(all_places - place).T)
    nearest = float(apart[apart > 0].min()) if len(all_places) > 1 else np.inf
    radii = _RADII[max(nearest, _RADII[0] + 1e-9) > _RADII]
    x = place[0] + radii[:, None] * np.cos(_ANGLES)
    y = place[1] + radii[:, None] * np.sin(_ANGLES)
    rims = landscape.height(x, y).min(axis=1)
    best = int(np.argmax(rims))
    return Rest(
        float(place[0]),
        float(place[1]),
        height,
        float(radii[best]),
        height + (1 - _MARGIN) * float(rims[best] - height),
    )
