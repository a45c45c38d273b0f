"""Plots of how far ends are apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Plot, Scale

Numbers = NDArray[np.float64]
DISTANCE = Scale("cells that differ at the end", 0, 100, "%")


def sorted_distances(distances: Numbers, chance_distance: float) -> Plot:
    """From the alteration that matters least to the one that matters most."""
    ranks = np.arange(1, len(distances) + 1, dtype=np.float64)
    return Plot(
        "Distance from the unaltered end",
        (
            Curve("one entry changed", ranks, np.sort(distances)),
            _level("two ends of this rule", 1, len(ranks), chance_distance),
        ),
        Scale("alterations, the smallest effect first", 1, len(ranks)),
        DISTANCE,
    )


def distance_by_changes(
    changes: NDArray[np.int64], distances: Sequence[Numbers], chance_distance: float, row: str = "order"
) -> Plot:
    """A curve over the numbers of changed entries for each order, or whatever a row is."""
    last = int(changes[-1])
    return Plot(
        "Distance from the unaltered end",
        (*_curves(changes, distances, row), _level("two ends of this rule", 0, last, chance_distance)),
        Scale("changed entries", 0, last, "entries"),
        DISTANCE,
    )


def settling_by_changes(changes: NDArray[np.int64], ways: Sequence[Numbers]) -> Plot:
    """A curve for each order, with gaps where nothing settles."""
    return Plot(
        "Time to settle; gaps where it never does",
        _curves(changes, ways, "order"),
        Scale("changed entries", 0, int(changes[-1]), "entries"),
        Scale("settled after", 0, 0, "steps"),
    )


def _curves(changes: NDArray[np.int64], values: Sequence[Numbers], row: str) -> tuple[Curve, ...]:
    numbers = changes.astype(np.float64)
    return tuple(Curve(f"{row} {number}", numbers, each) for number, each in enumerate(values, start=1))


def _level(name: str, low: float, high: float, level: float) -> Curve:
    return Curve(name, np.array([low, high], np.float64), np.array([level, level], np.float64))
