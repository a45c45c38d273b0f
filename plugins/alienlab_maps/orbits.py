"""What becomes of values when a map is applied again and again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab_maps.maps import Map

Numbers = NDArray[np.float64]

LONGEST_CYCLE = 64
_SETTLING, _NEAR = 1500, 1e-6
_SLOW = 0.01
"""Lyapunov exponents nearer to 0 than this belong to orbits that take very long to settle."""
_SMALLEST_SLOPE = 1e-12
_GENERIC = 0.3711
"""A start that lies on no special orbit."""


@dataclass(frozen=True, slots=True)
class Attractors:
    """What starts in the whole interval come to in the end."""

    cycles: tuple[tuple[float, ...], ...]
    """The values of each, from the lowest; none where they settle to no cycle of up to LONGEST_CYCLE."""
    exponent: float
    """Lyapunov's: by how much the logarithm of a small difference grows in a step."""

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(sorted(value for cycle in self.cycles for value in cycle))

    @property
    def is_slow(self) -> bool:
        return not self.cycles and abs(self.exponent) < _SLOW


def spread_starts(number: int) -> Numbers:
    """A uniform array of values between 0 and 1."""
    return (np.arange(number) + 0.5) / number


def orbit(one: Map, a: float, start: float, steps: int) -> Numbers:
    """[steps + 1] values, the start first."""
    values = np.empty(steps + 1)
    x = start
    for step in range(steps + 1):
        values[step] = x
        x = one.step(x, a)
    return values


def histories(one: Map, a: float, starts: Numbers, steps: int, *, noise: float, random: np.random.Generator) -> Numbers:
    """[steps + 1, starts] values; ``noise`` is the standard deviation of what is added to each after each step."""
    values = np.empty((steps + 1, len(starts)))
    values[0] = starts
    for step in range(steps):
        values[step + 1] = disturbed(one.step(values[step], a), noise, random)
    return values


def disturbed(values: Numbers, noise: float, random: np.random.Generator) -> Numbers:
    """With noise, reflected at 0 and 1 so that they stay between them."""
    if noise <= 0:
        return values
    moved = np.abs(values + noise * random.standard_normal(values.shape))
    return np.clip(np.where(moved > 1, 2 - moved, moved), 0, 1)


def densities(values: Numbers, bins: int) -> NDArray[np.int64]:
    """[rows, bins]: how many values of each row are in each of so many equal parts of the interval from 0 to 1."""
    rows = len(values)
    places = np.clip((values * bins).astype(np.int64), 0, bins - 1) + np.arange(rows)[:, None] * bins
    return np.bincount(places.ravel(), minlength=rows * bins).reshape(rows, bins)


def attractors(one: Map, a: float) -> Attractors:
    """Found by following a few starts for long; without noise."""
    x = np.append(spread_starts(12), one.top)
    for _ in range(_SETTLING):
        x = one.step(x, a)
    tail = np.empty((2 * LONGEST_CYCLE + 1, len(x)))
    for step in range(len(tail)):
        tail[step] = x
        x = one.step(x, a)
    slopes = np.abs(one.slope(tail[:, :-1], a))
    exponent = float(np.log(np.maximum(slopes, _SMALLEST_SLOPE)).mean())
    found = [_cycle(column) for column in tail.T]
    if not all(found):
        return Attractors((), exponent)
    return Attractors(tuple(sorted({cycle for cycle in found if cycle})), exponent)


def exponents(one: Map, a: Numbers, *, steps: int) -> Numbers:
    """Lyapunov's for many ``a`` at once, along the orbit of one start."""
    x = np.full(len(a), _GENERIC)
    for _ in range(steps // 2):
        x = one.step(x, a)
    total = np.zeros(len(a))
    for _ in range(steps):
        total += np.log(np.maximum(np.abs(one.slope(x, a)), _SMALLEST_SLOPE))
        x = one.step(x, a)
    return total / steps


def _cycle(tail: Numbers) -> tuple[float, ...] | None:
    """The shortest that repeats through all of it."""
    for period in range(1, LONGEST_CYCLE + 1):
        if np.abs(tail[period:] - tail[:-period]).max() < _NEAR:
            return tuple(np.sort(np.round(tail[-period:], 5)).tolist())
    return None
