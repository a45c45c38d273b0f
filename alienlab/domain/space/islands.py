"""Islands: how far around a point of concept space a concept still holds.

Along many random directions the distance at which a recogniser no longer sees the concept is found by rings that
double, and then by bisection between the last ring inside and the first outside.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, quantiles, stdev

from alienlab.domain.errors import ConceptLost, SweepError

THRESHOLD = 0.5
"""Probability from which a concept holds."""
RINGS = 8
"""Distances at which every direction is looked at, each twice the one before, the last at the reach."""
BEYOND = 2
"""Further rings that are looked at behind the edge, for an island that begins anew."""
HALVINGS = 5
"""Bisections of the stretch between two rings: the edge is known to a 64th of the outer one."""


class Shore(StrEnum):
    """How a direction leaves the island."""

    FOUND = "found"
    CENSORED = "censored"
    """The concept holds as far as was looked; the distance is a lower bound."""
    REENTERED = "re-entered"
    """Behind the edge the concept comes back, at a ring further out."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to look at: so far in a direction."""

    direction: int
    """Seed of the direction."""
    distance: float


@dataclass(frozen=True, slots=True)
class Edge:
    """Where an island ends in one direction."""

    direction: int
    inside: float
    """Farthest distance at which the concept holds, with nothing but the island on the way."""
    outside: float | None
    """Nearest distance at which it does not; None where it was not lost."""
    shore: Shore

    @property
    def radius(self) -> float:
        """Half-way between the two; a lower bound where the edge was not found."""
        return self.inside if self.outside is None else (self.inside + self.outside) / 2


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be looked at. Raises SweepError for no direction, twice the same, or no reach."""

    directions: tuple[int, ...]
    reach: float
    """Distance as far as which is looked."""
    threshold: float = THRESHOLD

    def __post_init__(self) -> None:
        if not self.directions:
            raise SweepError("An island needs at least one direction.")
        if len(set(self.directions)) < len(self.directions):
            raise SweepError("Two directions of the island are the same. Take different ones.")
        if not (math.isfinite(self.reach) and self.reach > 0):
            raise SweepError(f"An island cannot be looked for within {self.reach:g}. Take a reach above 0.")

    @property
    def rings(self) -> tuple[float, ...]:
        return tuple(self.reach / 2**halvings for halvings in reversed(range(RINGS)))

    @property
    def most_spots(self) -> int:
        """Spots that may be looked at, the centre included."""
        return 1 + len(self.directions) * (RINGS + HALVINGS)


def known_word(concept: str | None, center: str, vocabulary: Sequence[str]) -> str:
    """The word of ``vocabulary`` that is looked for: ``concept``, or the longest one in the words of the centre.

    Raises SweepError for a word that the recogniser does not know, with words like it.
    """
    if not vocabulary:
        raise SweepError("Nobody here can say what images are of, so no island can be seen. Choose a recogniser first.")
    if concept is None:
        found = [word for word in vocabulary if re.search(rf"\b{re.escape(word)}\b", center, re.IGNORECASE)]
        if not found:
            raise SweepError(f"“{center}” names nothing that the recogniser knows. Say which concept is to hold.")
        return max(found, key=len)
    if concept in vocabulary:
        return concept
    near = difflib.get_close_matches(concept, vocabulary, n=5, cutoff=0.5) or list(vocabulary[:5])
    raise SweepError(f"The recogniser does not know “{concept}”. Words like it: {', '.join(near)}.")


Look = Generator[tuple[Spot, ...], Sequence[float | None], list[Edge]]
"""Yields spots to be looked at together; is sent the concept's probability at each, None where there is no image."""


@dataclass(slots=True)
class _Direction:
    """What is known of one direction so far."""

    seed: int
    inside: float = 0.0
    outside: float | None = None
    rings_behind: int = 0
    is_reentered: bool = False

    def take_ring(self, distance: float, *, holds: bool) -> None:
        if self.outside is not None:
            self.rings_behind += 1
            self.is_reentered = self.is_reentered or holds
        elif holds:
            self.inside = distance
        else:
            self.outside = distance

    @property
    def is_settled(self) -> bool:
        return self.outside is not None and (self.is_reentered or self.rings_behind >= BEYOND)

    def edge(self) -> Edge:
        if self.outside is None:
            return Edge(self.seed, self.inside, None, Shore.CENSORED)
        return Edge(self.seed, self.inside, self.outside, Shore.REENTERED if self.is_reentered else Shore.FOUND)


def look_around(survey: Survey) -> Look:
    """Find the edge in every direction. Raises ConceptLost where it does not hold at the centre itself."""
    center = yield (Spot(survey.directions[0], 0.0),)
    if not _holds(center[0], survey):
        raise ConceptLost(
            f"The concept does not hold at its own centre: its probability there is {center[0] or 0.0:.0%}, "
            f"below {survey.threshold:.0%}. Take another prompt, another noise or a lower threshold."
        )
    directions = [_Direction(seed) for seed in survey.directions]
    for ring in survey.rings:
        asked = [one for one in directions if not one.is_settled]
        if not asked:
            break
        seen = yield tuple(Spot(one.seed, ring) for one in asked)
        for one, probability in zip(asked, seen, strict=True):
            one.take_ring(ring, holds=_holds(probability, survey))
    yield from _bisect([one for one in directions if one.outside is not None], survey)
    return [one.edge() for one in directions]


def _bisect(directions: Sequence[_Direction], survey: Survey) -> Generator[tuple[Spot, ...], Sequence[float | None]]:
    for _ in range(HALVINGS if directions else 0):
        middles = [(one.inside + (one.outside or 0.0)) / 2 for one in directions]
        seen = yield tuple(Spot(one.seed, middle) for one, middle in zip(directions, middles, strict=True))
        for one, middle, probability in zip(directions, middles, seen, strict=True):
            if _holds(probability, survey):
                one.inside = middle
            else:
                one.outside = middle


def _holds(probability: float | None, survey: Survey) -> bool:
    """An altered mind that computes nothing imagines nothing."""
    return probability is not None and probability >= survey.threshold


@dataclass(frozen=True, slots=True)
class Island:
    """The edges of an island around one point, in one mind, with one noise."""

    center: str
    """Words of the point."""
    concept: str
    noise: int
    edges: tuple[Edge, ...]
    space_radius: float
    """R: what the island's radii are compared with, in the same unit as they."""
    dimensions: int
    """D: of the whole space."""

    @property
    def radii(self) -> list[float]:
        return [edge.radius for edge in self.edges]

    @property
    def censored(self) -> int:
        return sum(edge.shore is Shore.CENSORED for edge in self.edges)

    @property
    def reentered(self) -> int:
        return sum(edge.shore is Shore.REENTERED for edge in self.edges)

    @property
    def quartiles(self) -> tuple[float, float, float]:
        """Of the radii."""
        if len(self.edges) < 2:
            return self.radii[0], self.radii[0], self.radii[0]
        low, middle, high = quantiles(self.radii, n=4, method="inclusive")
        return low, middle, high

    @property
    def unevenness(self) -> float:
        """Standard deviation of the radii relative to their mean; 0 for a ball."""
        return stdev(self.radii) / fmean(self.radii) if len(self.edges) > 1 and fmean(self.radii) > 0 else 0.0

    @property
    def log10_share(self) -> float:
        """D·log10 of the geometric mean of r/R: a lower bound of log10 of the island's share of a ball of radius R.

        By Jensen's inequality log E[r^D] ≥ D·E[log r]. E[r^D] itself is carried by directions too rare to be met.
        """
        return self.dimensions * fmean(self._logs())

    @property
    def log10_share_error(self) -> float | None:
        """Standard error of ``log10_share`` over the choice of directions; None for a single one."""
        logs = self._logs()
        return self.dimensions * stdev(logs) / math.sqrt(len(logs)) if len(logs) > 1 else None

    @property
    def typical_ratio(self) -> float:
        """Geometric mean of r/R."""
        return 10.0 ** fmean(self._logs())

    def _logs(self) -> list[float]:
        smallest = min((edge.outside for edge in self.edges if edge.outside), default=self.space_radius)
        floor = smallest / 2**HALVINGS  # a radius of 0 has no logarithm
        return [math.log10(max(radius, floor) / self.space_radius) for radius in self.radii]


def agreement(one: Island, other: Island) -> float:
    """z of the difference of two islands' mean log radii, whose directions are to be disjoint.

    0 where both have no spread at all and are the same.
    """
    logs = [[math.log10(edge.radius) for edge in island.edges if edge.radius > 0] for island in (one, other)]
    difference = fmean(logs[0]) - fmean(logs[1])
    variance = sum((stdev(values) ** 2 / len(values)) if len(values) > 1 else 0.0 for values in logs)
    if variance == 0:
        return math.copysign(math.inf, difference) if difference else 0.0
    return difference / math.sqrt(variance)
