"""The maps: each takes the interval from 0 to 1 into itself, and ``a`` from 0 to 4 says how strong it is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Function = Callable[[Any, Any], Any]
"""Of x and a, numbers or arrays."""

MOST = 4.0
"""The strongest ``a``: what a map's top is at 1."""
DELTA, DELTA_QUARTIC = 4.669201609, 7.284686217
"""Feigenbaum's ratio for tops that are round, and for flat ones of the fourth power."""
_CUBIC = 3 * math.sqrt(3) / 8
_STEEPNESS = 6.2
_STEEPEST_TENT = 2.0 * (1 - 1e-9)
"""At 2 each step loses a binary digit, and after 53 of them every number is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """x → ``step(x, a)``, with its derivative ``slope(x, a)``."""

    id: str
    formula: str
    step: Function
    slope: Function
    top: float
    """Where it is highest."""
    delta: float | None = DELTA
    """What the ratio of its splits tends to; None where it does not split again and again."""


def _gauss(x: Any, a: Any) -> Any:
    """exp(-6.2 z²) + a/2 - 1 with z from -1 to 2 laid on the interval from 0 to 1."""
    z = 3 * x - 1
    return (np.exp(-_STEEPNESS * z * z) + a / 2) / 3


def _gauss_slope(x: Any, a: Any) -> Any:
    z = 3 * x - 1
    return -2 * _STEEPNESS * z * np.exp(-_STEEPNESS * z * z)


LOGISTIC = Map(
    id="logistic",
    formula="a·x·(1 − x)",
    step=lambda x, a: a * x * (1 - x),
    slope=lambda x, a: a * (1 - 2 * x),
    top=0.5,
)
MAPS = (
    LOGISTIC,
    Map(
        id="sine",
        formula="a/4 · sin πx",
        step=lambda x, a: a / 4 * np.sin(np.pi * x),
        slope=lambda x, a: a * np.pi / 4 * np.cos(np.pi * x),
        top=0.5,
    ),
    Map(
        id="cubic",
        formula="a · 0.65 · x·(1 − x²)",
        step=lambda x, a: a * _CUBIC * x * (1 - x * x),
        slope=lambda x, a: a * _CUBIC * (1 - 3 * x * x),
        top=1 / math.sqrt(3),
    ),
    Map(
        id="quartic",
        formula="a/4 · (1 − (2x − 1)⁴)",
        step=lambda x, a: a / 4 * (1 - (2 * x - 1) ** 4),
        slope=lambda x, a: -2 * a * (2 * x - 1) ** 3,
        top=0.5,
        delta=DELTA_QUARTIC,
    ),
    Map(id="gauss", formula="exp(−6.2·z²) + a/2 − 1, z = 3x − 1", step=_gauss, slope=_gauss_slope, top=1 / 3),
    Map(
        id="tent",
        formula="a/2 · min(x, 1 − x)",
        step=lambda x, a: np.minimum(a / 2, _STEEPEST_TENT) * np.minimum(x, 1 - x),
        slope=lambda x, a: np.minimum(a / 2, _STEEPEST_TENT) * np.where(x < 0.5, 1.0, -1.0),
        top=0.5,
        delta=None,
    ),
)


def map_of(id_: str) -> Map:
    return next(one for one in MAPS if one.id == id_)
