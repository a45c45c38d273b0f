"""Readings of what alterations did."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Reading

Numbers = NDArray[np.float64]


def change_readings(distances: Numbers) -> tuple[Reading, ...]:
    """Of all rules that differ in one entry."""
    return (
        Reading("alterations", len(distances)),
        Reading("without effect on the end", int((distances == 0).sum()), f"of {len(distances)}"),
        Reading("middle distance", round(float(np.median(distances)), 1), "%"),
        Reading("largest distance", round(float(distances.max()), 1), "%"),
    )


def dose_readings(distances: Sequence[Numbers], ways: Sequence[Numbers], chance: float) -> tuple[Reading, ...]:
    """Where the ends become strangers, and where they settle no more, in each order."""
    return (
        far_reading(distances, chance),
        Reading("settles no more", _firsts([np.isnan(each) for each in ways]), "changed entries"),
        unrelated_reading(chance),
    )


def far_reading(distances: Sequence[Numbers], chance: float) -> Reading:
    return Reading(
        "half as far as unrelated states", _firsts([each > chance / 2 for each in distances]), "changed entries"
    )


def unrelated_reading(chance: float) -> Reading:
    return Reading("distance of unrelated states", round(chance, 1), "%")


def _firsts(conditions: Sequence[NDArray[np.bool_]]) -> str:
    """For each order the number of changed entries where it is first so."""
    return ", ".join(str(int(np.argmax(each))) if each.any() else "never" for each in conditions)
