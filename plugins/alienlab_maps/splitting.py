"""Where attractors split: found as roots, not by looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from alienlab_maps.maps import MOST, Map

_GRID = 801
_LONGEST_SPLIT = 16
"""Values of the longest cycle whose split is searched for."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """A map's attractor of 1, 2, 4, … values as ``a`` grows."""

    superstable: tuple[float, ...]
    """Where the top of the map belongs to the cycle of 2^n values, n from 0."""
    splits: tuple[float, ...]
    """Where the cycle of 2^n values gives way to one of twice as many."""

    @property
    def ratios(self) -> tuple[float, ...]:
        """Of each distance between superstable parameters to the next."""
        s = self.superstable
        return tuple((s[n] - s[n - 1]) / (s[n + 1] - s[n]) for n in range(1, len(s) - 1))

    @property
    def end(self) -> float:
        """Where there are infinitely many values, from the last distance and the last ratio."""
        s = self.superstable
        return s[-1] + (s[-1] - s[-2]) / (self.ratios[-1] - 1)


def cascade(one: Map, splits: int, *, advance: Callable[[float], None] = lambda share: None) -> Cascade:
    """Superstable parameters of cycles of up to 2^splits values. The map must have one top, of finite curvature."""
    assert one.delta is not None
    found = [_first(one, 1, 0.0, MOST)]
    found.append(_first(one, 2, found[0] + 1e-6, MOST))
    found.append(_first(one, 4, found[1] + 1e-6, min(MOST, found[1] + (found[1] - found[0]) / 2)))
    for n in range(3, splits + 1):
        advance(2.0 ** (n - splits))
        guess = found[-1] + (found[-1] - found[-2]) / one.delta
        nearby = (found[-1] - found[-2]) * 1e-3
        found.append(_secant(lambda a, n=n: _miss(one, 2**n, a), guess, guess + nearby))
    return Cascade(tuple(found), tuple(_splits(one, found)))


def _miss(one: Map, period: int, a: float) -> float:
    """How far the top is from itself after so many steps."""
    x = one.top
    for _ in range(period):
        x = float(one.step(x, a))
    return x - one.top


def _first(one: Map, period: int, low: float, high: float) -> float:
    """The lowest ``a`` at which the top has this period."""
    grid = np.linspace(low, high, _GRID)
    x = np.full(_GRID, one.top)
    for _ in range(period):
        x = one.step(x, grid)
    signs = np.sign(x - one.top)
    place = int(np.flatnonzero(signs[1:] != signs[:-1])[0])
    return _bisect(lambda a: _miss(one, period, a), float(grid[place]), float(grid[place + 1]))


def _splits(one: Map, superstable: list[float]) -> list[float]:
    """Between two superstable parameters the multiplier of the shorter cycle goes from 0 to 1 and beyond."""
    found: list[float] = []
    for n, (low, high) in enumerate(pairwise(superstable)):
        if 2**n > _LONGEST_SPLIT:
            break
        found.append(_bisect(lambda a, n=n: _multiplier(one, 2**n, a) + 1, low, high, steps=44))
    return found


def _multiplier(one: Map, period: int, a: float) -> float:
    """By how much a small difference from the cycle grows in a turn; the cycle is followed from the top by Newton's
    method, also where it no longer attracts.
    """
    x = one.top
    for _ in range(60):
        end, slope = _turn(one, period, a, x)
        change = (end - x) / (slope - 1)
        x -= max(-0.02, min(0.02, change))
        if abs(change) < 1e-13:
            break
    return _turn(one, period, a, x)[1]


def _turn(one: Map, period: int, a: float, x: float) -> tuple[float, float]:
    """Where ``x`` comes to, and the slope of that."""
    slope = 1.0
    for _ in range(period):
        slope *= float(one.slope(x, a))
        x = float(one.step(x, a))
    return x, slope


def _bisect(function: Callable[[float], float], low: float, high: float, *, steps: int = 60) -> float:
    sign = function(low)
    if sign == 0:
        return low
    for _ in range(steps):
        middle = (low + high) / 2
        value = function(middle)
        low, high = (middle, high) if value * sign > 0 else (low, middle)
    return (low + high) / 2


def _secant(function: Callable[[float], float], first: float, second: float) -> float:
    value_first, value_second = function(first), function(second)
    for _ in range(40):
        if value_second == value_first or abs(second - first) < 1e-15:
            break
        third = second - value_second * (second - first) / (value_second - value_first)
        first, value_first = second, value_second
        second, value_second = third, function(third)
    return second
