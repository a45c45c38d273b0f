"""What kind of behaviour rules of one dimension show, judged by what becomes of random cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from alienlab_automata.fates import LONGEST
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells

CELLS, STEPS = 157, 320
_LATE = 16
"""Steps at the end whose patterns are counted."""
_WORDS = {2: 8, 3: 5, 4: 4}
"""Cells of such a pattern: about 256 of them are possible."""


class Kind(StrEnum):
    """Near to Wolfram's four classes; stripes are divided into those that stand and those that drift."""

    UNIFORM = "uniform"
    STRIPES = "stripes"
    DRIFTING = "drifting"
    COMPLEX = "complex"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Character:
    """What was measured of a rule."""

    period: int
    """0 where no repetition was seen."""
    drift: int
    """Cells to the right in a period."""
    transient: int
    entropy: float
    """Of a few cells beside each other at the end: 0 for one colour, 1 for chance."""
    spreading: float
    """Share of cells that one changed cell has changed in the end."""

    @property
    def kind(self) -> Kind:
        if self.period and self.entropy < 1e-9:
            return Kind.UNIFORM
        if self.period:
            return Kind.DRIFTING if self.drift else Kind.STRIPES
        return Kind.RANDOM if self.entropy > 0.87 or self.spreading > 0.5 else Kind.COMPLEX


def characters(tables: Cells, colours: int, random: np.random.Generator) -> list[Character]:
    """Of each of the tables [n, entries]."""
    start = random.integers(0, colours, (1, CELLS), dtype=np.uint8)
    changed = start.copy()
    changed[0, CELLS // 2] = (changed[0, CELLS // 2] + 1) % colours
    pair = evolved(
        np.repeat(np.concatenate([start, changed]), len(tables), axis=0),
        np.concatenate([tables, tables]),
        colours=colours,
        steps=STEPS,
    )
    histories, others = pair[: len(tables)], pair[len(tables) :]
    spread = (histories[:, -_LATE:] != others[:, -_LATE:]).mean(axis=(1, 2))
    return [
        Character(*_repetition(history), _entropy(history[-_LATE:], colours), float(share))
        for history, share in zip(histories, spread, strict=True)
    ]


def _repetition(history: Cells) -> tuple[int, int, int]:
    """Period, drift and transient: the earliest period, at rest if it can be, else drifting."""
    last = history[-1]
    for period in range(1, LONGEST + 1):
        if np.array_equal(history[-1 - period], last):
            return period, 0, int((history[:-period] != history[period:]).any(axis=1).sum())
    doubled = np.concatenate([last, last]).tobytes()
    for period in range(1, LONGEST + 1):
        first = doubled.find(history[-1 - period].tobytes())
        drift = (first + CELLS // 2) % CELLS - CELLS // 2
        if first >= 0 and abs(drift) <= period:
            moved = np.roll(history[:-period], drift, axis=1)
            return period, drift, int((moved != history[period:]).any(axis=1).sum())
    return 0, 0, STEPS


def _entropy(states: Cells, colours: int) -> float:
    ring = states.astype(np.intp)
    words = np.zeros_like(ring)
    length = _WORDS[colours]
    for ahead in range(length):
        words = words * colours + np.roll(ring, -ahead, axis=1)
    shares = np.bincount(words.ravel()) / words.size
    seen = shares[shares > 0]
    return float(-(seen * np.log(seen)).sum() / (length * np.log(colours))) + 0.0
