"""Readings of what alterations did."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Reading

Numbers = NDArray[np.float64]
Changes = NDArray[np.int64]


def change_readings(distances: Numbers) -> tuple[Reading, ...]:
    """Of all rules that differ in one entry."""
    return (
        Reading("alterations", len(distances)),
        Reading("without effect on the end", int((distances == 0).sum()), f"of {len(distances)}"),
        Reading("middle distance", round(float(np.median(distances)), 1), "%"),
        Reading("largest distance", round(float(distances.max()), 1), "%"),
    )


def far_reading(changes: Changes, distances: Sequence[Numbers], chance: float) -> Reading:
    """Where the ends become strangers, in each row."""
    firsts = _firsts(changes, [each > chance / 2 for each in distances])
    return Reading("half as far as two ends of this rule", firsts, "changed entries")


def unsettled_reading(changes: Changes, ways: Sequence[Numbers]) -> Reading:
    """Where the cells settle no more, in each row."""
    return Reading("settles no more", _firsts(changes, [np.isnan(each) for each in ways]), "changed entries")


def unrelated_reading(chance: float) -> Reading:
    return Reading("distance of two ends of this rule", round(chance, 1), "%")


def _firsts(changes: Changes, conditions: Sequence[NDArray[np.bool_]]) -> str:
    """For each row the number of changed entries where it is first so."""
    return ", ".join(str(int(changes[np.argmax(each)])) if each.any() else "never" for each in conditions)
