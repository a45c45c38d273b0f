"""Landscapes in which a ball rolls: sums of a bowl, wells, magnets and waves, with the force at each place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

EXTENT = 1.8
"""Pictures reach from -EXTENT to EXTENT, across and up."""
BEND = 0.5
"""Of the valley from one well to the other."""
_MAGNET_HEIGHT = 0.3
"""Of the pendulum above the magnets."""
_CURVATURE_GRID = 61

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Bump:
    """A hill of Gaussian shape, or a well where its height is below 0."""

    x: float
    y: float
    height: float
    width: float


@dataclass(frozen=True, slots=True)
class Magnet:
    """Pulls a pendulum that swings above it."""

    x: float
    y: float
    strength: float


@dataclass(frozen=True, slots=True)
class Wave:
    x: float
    y: float
    height: float
    phase: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """All parts are added up."""

    bowl: tuple[float, float] = (0.0, 0.0)
    """How steep it grows across and up: half of it times the distance squared."""
    double: float = 0.0
    """The barrier between two wells at x = -1 and 1, y = 0: this times (x² - 1)² + (y + BEND · (x² - 1))²."""
    ridge: float = 0.0
    """Where the two wells meet; at 1 the right one is gone, at -1 the left one."""
    tilt: tuple[float, float] = (0.0, 0.0)
    """How much it rises from left to right, and from bottom to top."""
    bumps: tuple[Bump, ...] = ()
    magnets: tuple[Magnet, ...] = ()
    waves: tuple[Wave, ...] = ()

    def height(self, x: Array, y: Array) -> Array:
        """Potential energy of a ball of mass 1."""
        total = self.bowl[0] / 2 * x * x + self.bowl[1] / 2 * y * y + self.tilt[0] * x + self.tilt[1] * y
        if self.double:
            beyond = x * x - 1
            lean = 4 / 3 * self.ridge * x * (3 - x * x)
            total = total + self.double * (beyond * beyond + lean + (y + BEND * beyond) ** 2)
        for bump in self.bumps:
            total = total + bump.height * _bell(bump, x - bump.x, y - bump.y)
        for magnet in self.magnets:
            total = total - magnet.strength * np.sqrt(_near(x - magnet.x, y - magnet.y))
        if self.waves:
            total = total + (self._heights(x) * np.sin(self._phases(x, y))).sum(axis=0)
        return total

    def force(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Down the slope, to the right and up."""
        right, up = -self.bowl[0] * x - self.tilt[0], -self.bowl[1] * y - self.tilt[1]
        if self.double:
            beyond = x * x - 1
            beside = y + BEND * beyond
            slope = 4 * (beyond * (x - self.ridge) + BEND * x * beside)
            right, up = right - self.double * slope, up - 2 * self.double * beside
        for bump in self.bumps:
            across, along = x - bump.x, y - bump.y
            push = bump.height / bump.width**2 * _bell(bump, across, along)
            right, up = right + push * across, up + push * along
        for magnet in self.magnets:
            across, along = x - magnet.x, y - magnet.y
            near = _near(across, along)
            pull = magnet.strength * near * np.sqrt(near)
            right, up = right - pull * across, up - pull * along
        if self.waves:
            slopes = self._heights(x) * np.cos(self._phases(x, y))
            right = right - (_column([wave.x for wave in self.waves], x) * slopes).sum(axis=0)
            up = up - (_column([wave.y for wave in self.waves], x) * slopes).sum(axis=0)
        return right, up

    def time_step(self) -> float:
        """In seconds: short beside the quickest swing."""
        x, y = grid(_CURVATURE_GRID)
        near = 1e-3
        right, up = self.force(x, y)
        further, _ = self.force(x + near, y)
        _, higher = self.force(x, y + near)
        curvature = max(float(np.abs(further - right).max()), float(np.abs(higher - up).max())) / near
        return min(0.05, max(0.004, 0.22 / math.sqrt(max(curvature, 1e-6))))

    def _phases(self, x: Array, y: Array) -> Array:
        """[waves, …]"""
        across, along, phase = ([getattr(wave, name) for wave in self.waves] for name in ("x", "y", "phase"))
        return _column(across, x) * x + _column(along, x) * y + _column(phase, x)

    def _heights(self, x: Array) -> Array:
        return _column([wave.height for wave in self.waves], x)


def grid(detail: int, kind: Any = np.float64) -> tuple[Array, Array]:
    """x and y of the middles of ``detail`` × ``detail`` squares, row by row from the top left; each [detail²]."""
    places = ((np.arange(detail) + 0.5) / detail * 2 - 1) * EXTENT
    x, y = np.meshgrid(places, -places)
    return x.ravel().astype(kind), y.ravel().astype(kind)


def at(point: tuple[float, ...]) -> tuple[float, float]:
    """x and y of what is so far to the right and down in a picture, each from 0 to 1."""
    return (point[0] * 2 - 1) * EXTENT, (1 - point[1] * 2) * EXTENT


def double_well(depth: float) -> Landscape:
    return Landscape(double=depth)


def ring(wells: int, depth: float) -> Landscape:
    """Round wells at equal distances around a bowl."""
    width = min(0.45, 0.4 * spacing(wells))
    bumps = tuple(Bump(x, y, -depth, width) for x, y in around(wells))
    return Landscape(bowl=(0.5 * depth, 0.5 * depth), bumps=bumps)


def magnets(wells: int, depth: float) -> Landscape:
    """A pendulum above a ring of magnets."""
    return Landscape(bowl=(0.4, 0.4), magnets=tuple(Magnet(x, y, 2 * depth * _MAGNET_HEIGHT) for x, y in around(wells)))


def around(number: int) -> tuple[tuple[float, float], ...]:
    """Places on a circle, the first on the left where there are two, else at the top."""
    first = math.pi if number == 2 else math.pi / 2
    angles = (first - 2 * math.pi * place / number for place in range(number))
    return tuple((math.cos(angle), math.sin(angle)) for angle in angles)


def spacing(wells: int) -> float:
    """Between neighbours on the ring."""
    return 2 * math.sin(math.pi / wells)


def _column(numbers: list[float], like: Array) -> Array:
    """For arithmetic with one axis more than an array has, in its precision."""
    return np.array(numbers, like.dtype).reshape(-1, *[1] * like.ndim)


def _bell(bump: Bump, across: Array, along: Array) -> Array:
    return np.exp((across * across + along * along) * (-0.5 / bump.width**2))


def _near(across: Array, along: Array) -> Array:
    return 1.0 / (across * across + along * along + _MAGNET_HEIGHT**2)
