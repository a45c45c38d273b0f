"""To which of the two images something fell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Reading
from alienlab_pair.materials import Pair

NEAR = 0.35
"""How near an image must be, in units of the distance between the two, to count as one of them.

Halfway between both it is 0.5.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """Of several images: which they became, and how far they are from it."""

    which: NDArray[np.int64]
    """[n]: 0 the first, 1 the second, 2 neither."""
    distances: NDArray[np.float64]
    """[n, 2]: from the first and from the second, in units of the distance between the two."""
    names: tuple[str, str, str]

    def count(self, which: int) -> int:
        return int(np.sum(self.which == which))

    def share(self, which: int) -> float:
        return self.count(which) / max(1, len(self.which))

    def moved(self, other: Verdict) -> float:
        """Share that became something else than in another verdict on the same noises."""
        return float(np.mean(self.which != other.which))

    def name(self, index: int) -> str:
        return self.names[int(self.which[index])]

    def readings(self, prefix: str = "") -> tuple[Reading, ...]:
        """How many became what, and how near they came."""
        counts = tuple(
            Reading(f"{prefix}{name}", self.count(which), f"of {len(self.which)}")
            for which, name in enumerate(self.names)
        )
        nearest = float(np.median(self.distances.min(axis=1)))
        return (*counts, Reading(f"{prefix}distance from the nearer", round(nearest, 4), "of that between the two"))


def judge(images: NDArray[np.floating], pair: Pair) -> Verdict:
    """Of images [n, 3, side, side]."""
    apart = images[:, None].astype(np.float64) - pair.images[None]
    distances = np.sqrt(np.mean(apart**2, axis=(2, 3, 4))) / max(pair.apart, 1e-9)
    which = np.where(distances.min(axis=1) <= NEAR, distances.argmin(axis=1), 2)
    return Verdict(which, distances, (*pair.words, "neither"))


def leanings(images: NDArray[np.floating], pair: Pair) -> NDArray[np.float64]:
    """Where images [..., 3, side, side] lie on the line from the first image (0) to the second (1)."""
    line = (pair.images[1] - pair.images[0]).astype(np.float64)
    return np.sum((images - pair.images[0]) * line, axis=(-3, -2, -1)) / max(float(np.sum(line**2)), 1e-9)
