"""What a concept map shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alienlab.app.space.map_entries import MapEntry
from alienlab.app.space.projection import Projection
from alienlab.domain.space.geometry import distance


@dataclass(frozen=True, slots=True, eq=False)
class ConceptLayout:
    """A map that is ready to be looked at."""

    entries: tuple[MapEntry, ...]
    points: NDArray[np.float32]
    """[entries, dimensions]"""
    projection: Projection

    @property
    def dimensions(self) -> int:
        return self.points.shape[1]

    def legs(self, route: Sequence[int]) -> list[float]:
        """Euclidean distances from entry to entry, in all dimensions."""
        return [distance(self.points[one], self.points[other]) for one, other in pairwise(route)]

    def moved(self, route: Sequence[int], other: ConceptLayout) -> tuple[int, ...]:
        """The same entries in another layout; none where one of them is missing there."""
        places = {entry: index for index, entry in enumerate(other.entries)}
        found = [places.get(self.entries[index]) for index in route]
        return tuple(index for index in found if index is not None) if None not in found else ()
