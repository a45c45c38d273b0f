"""How far a scale of effects reaches, and which colours stand for it: alike on the map and on sheets.

Viridis: of the maps for colour-blind eyes it keeps the most steps apart in small cells, and it has none of the red of
lesions. It runs from the colour nearest to the ground to the one farthest from it; the end that would be lost in the
ground is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alienlab.domain.effects import Scale

MAP = "viridis"
ON_DARK, ON_LIGHT = (0.22, 1.0), (0.75, 0.0)
"""Where on ``MAP`` no effect and the strongest one are, by the ground."""
LONGEST_SPREADS = 1.5
"""The scale of seed spreads reaches at least this far, so that one spread is always on it."""
MOST_SHOWN = 95
"""Percentile of the values that has the last colour: a few extremes must not leave the rest alike."""


def positions(ends: tuple[float, float], steps: int = 256) -> list[float]:
    """So many places on ``MAP``, from one end to the other."""
    return [float(share) for share in np.linspace(*ends, steps)]


def reach_of(scale: Scale, values: Sequence[float]) -> float:
    """The value that has the last colour, above 0; ``values`` are finite, and may be none."""
    if scale is Scale.KEPT:
        return 1.0
    most = float(np.percentile(values, MOST_SHOWN)) if values else 0.0
    if scale is Scale.SPREADS:
        return max(LONGEST_SPREADS, most)
    most = most if most > 0.0 else max(values, default=0.0)
    return most if most > 0.0 else 1.0
