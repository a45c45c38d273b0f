"""What kind of behaviour rules of two dimensions show, judged by what becomes of random cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from alienlab_automata.lookups import Cells
from alienlab_automata.plane_starting import random_plane
from alienlab_automata.planes import states

SIDE, STEPS = 47, 123
"""Odd, for sides and times that are powers of two flatter rules that add."""
LONGEST = 24
"""Steps of the longest cycle that is looked for."""
_QUIET = 0.02
"""Share of cells that may go on moving in a pattern that is called settled."""


class Kind(StrEnum):
    """Near to Wolfram's four classes."""

    UNIFORM = "uniform"
    SETTLED = "settled"
    COMPLEX = "complex"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Character:
    """What was measured of a rule."""

    period: int
    """With which most of it repeats itself."""
    restless: float
    """Share of cells that are not as they were a period before."""
    spreading: float
    """Share of cells that one changed cell has changed in the end."""
    fullest: float
    """Share of the colour that there is most of."""
    transient: int
    """Steps until no more than a few cells were restless."""

    @property
    def kind(self) -> Kind:
        if self.fullest > 0.999:
            return Kind.UNIFORM
        if self.restless <= _QUIET:
            return Kind.SETTLED
        return Kind.RANDOM if self.spreading > 0.35 else Kind.COMPLEX


def characters(
    tables: Cells, *, colours: int, neighbours: int, density: float, random: np.random.Generator
) -> list[Character]:
    """Of each of the tables [n, entries], from one random start with this share of cells that are not 0."""
    start = random_plane((SIDE, SIDE), colours=colours, density=density, random=random)
    changed = start.copy()
    changed[SIDE // 2, SIDE // 2] = (changed[SIDE // 2, SIDE // 2] + 1) % colours
    number = len(tables)
    history = np.empty((STEPS, 2 * number, SIDE, SIDE), np.uint8)
    both = np.repeat(np.stack([start, changed]), number, axis=0)
    tables = np.concatenate([tables, tables])
    for step, state in enumerate(states(both, tables, colours=colours, neighbours=neighbours, steps=STEPS)):
        history[step] = state
    spread = (history[-1, :number] != history[-1, number:]).mean(axis=(1, 2))
    return [_character(history[:, place], float(spread[place])) for place in range(number)]


def _character(history: Cells, spreading: float) -> Character:
    moving = [float((history[-1] != history[-1 - period]).mean()) for period in range(1, LONGEST + 1)]
    period = int(np.argmin(moving)) + 1
    restless = _restless(history, period)
    fullest = float(np.bincount(history[-1].ravel()).max() / history[-1].size)
    return Character(period, moving[period - 1], spreading, fullest, int((restless > _QUIET).sum()))


def _restless(history: Cells, period: int) -> NDArray[np.float64]:
    return (history[period:] != history[:-period]).mean(axis=(1, 2))
