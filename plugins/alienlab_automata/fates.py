"""What becomes of cells in the end: cycles that they fall into, and how far two ends are apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab_automata.lookups import Cells

LONGEST = 64
"""Steps of the longest cycle that is looked for."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """That cells repeat themselves."""

    period: int
    """Steps until they are the same again; 0 where they were not seen to be."""
    transient: int
    """Steps before the cycle begins; all of them where none was seen."""


def cycle_of(history: Cells) -> Cycle:
    """Of states [steps + 1, …]; a cycle counts once it was seen twice, by its last state."""
    steps = len(history) - 1
    for period in range(1, min(LONGEST, steps // 2) + 1):
        if np.array_equal(history[-1], history[-1 - period]):
            differs = (history[:-period] != history[period:]).reshape(steps + 1 - period, -1).any(axis=1)
            return Cycle(period, int(differs.sum()))
    return Cycle(0, steps)


def apart(states: Cells, reference: Cells) -> NDArray[np.float64]:
    """Share of cells [n] in which states [n, …] differ from the reference, a state or one for each; in percent."""
    differs = states != reference
    return 100.0 * differs.reshape(len(states), -1).mean(axis=1)


def by_chance(states: Cells, reference: Cells, colours: int) -> float:
    """The distance in percent that states [n, …] have from a reference with which they share their colours only."""
    shares = np.bincount(states.ravel(), minlength=colours) / states.size
    theirs = np.bincount(reference.ravel(), minlength=colours) / reference.size
    return float(100.0 * (1.0 - shares @ theirs))


def attractor_key(history: Cells, cycle: Cycle, *, is_ring: bool) -> bytes:
    """The same for all states of one cycle; of a ring, also when it is turned."""
    phases = history[len(history) - max(cycle.period, 1) :]
    if not is_ring:
        return min(phase.tobytes() for phase in phases)
    return min(_least_turn(phase) for phase in phases)


def _least_turn(ring: Cells) -> bytes:
    doubled = ring.tobytes() * 2
    return min(doubled[first : first + len(ring)] for first in range(len(ring)))
