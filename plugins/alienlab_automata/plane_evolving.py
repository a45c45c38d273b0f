"""The square of cells after the last step, or all steps as a film."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Film, Picture, Plot, Reading, Scale, Values, Workbench
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import NAMES, painted
from alienlab_automata.plane_starting import plane_start
from alienlab_automata.planes import states
from alienlab_automata.rules import Rule
from alienlab_automata.starting import chosen_plane_rule

_MOST_FRAMES = 120
_AT_ONCE = 4_000_000
"""Cells that are computed between two words of progress."""
_LONGEST = 24


def evolve(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_plane_rule(values, workbench)
    start = plane_start(values, workbench, side=values.whole("side"), colours=rule.colours)
    history = _history(start, rule, values.whole("steps"), workbench)
    main = _film(history) if values.switch("film") else _picture(history[-1])
    return Exhibit(
        main, plots=_plots(history), readings=_readings(history[-1], rule.colours), note=_note(history, rule.colours)
    )


def _history(start: Cells, rule: Rule, steps: int, workbench: Workbench) -> list[Cells]:
    """The states [side, side], the start first."""
    history = [start[0]]
    stretch = max(1, _AT_ONCE // start.size)
    evolution = states(start, rule.table, colours=rule.colours, neighbours=rule.neighbours, steps=steps)
    for step, state in enumerate(evolution, start=1):
        history.append(state[0])
        if step % stretch == 0:
            workbench.progress(step / steps, f"Step {step} of {steps}")
    return history


def _picture(state: Cells) -> Picture:
    side = len(state)
    return Picture(painted(state), x=Scale("across", 1, side, "cells"), y=Scale("down", side, 1, "cells"))


def _film(history: list[Cells]) -> Film:
    """All states, or evenly chosen ones with the last among them."""
    number = min(len(history), _MOST_FRAMES)
    chosen = [round(place) for place in np.linspace(0, len(history) - 1, number)]
    return Film(
        tuple(painted(history[step]) for step in chosen), captions=tuple(f"step {step}" for step in chosen), seconds=0.1
    )


def _changes(history: list[Cells]) -> NDArray[np.float64]:
    """Percent of cells that each step changes."""
    return np.array([100.0 * np.count_nonzero(later != earlier) / later.size for earlier, later in pairwise(history)])


def _plots(history: list[Cells]) -> tuple[Plot, ...]:
    if len(history) < 2:
        return ()
    changes = _changes(history)
    steps = np.arange(1, len(history), dtype=np.float64)
    x, y = Scale("step", 0, len(changes), "steps"), Scale("cells that change", 0, 100, "%")
    return (Plot("Cells that change", (Curve("changing", steps, changes),), x, y),)


def _readings(state: Cells, colours: int) -> tuple[Reading, ...]:
    shares = 100.0 * np.bincount(state.ravel(), minlength=colours) / state.size
    return tuple(Reading(NAMES[colour], round(float(shares[colour]), 1), "%") for colour in range(colours))


def _note(history: list[Cells], colours: int) -> str:
    if len(history) == 1:
        return "This is the start, before the first step."
    last = history[-1]
    for period in range(1, min(_LONGEST, len(history) - 1) + 1):
        if np.array_equal(history[-1 - period], last):
            every = "rests" if period == 1 else f"repeats itself every {period} steps"
            return f"The square {every}: an attractor."
    if len(history) <= _LONGEST:
        return f"The square of {colours} colours goes on changing."
    moving = min(np.count_nonzero(history[-1 - period] != last) / last.size for period in range(1, _LONGEST + 1))
    share = f"{100 * moving:.1f} %" if moving >= 0.0005 else "less than 0.1 %"
    return f"At the end {share} of the cells still change other than in a cycle."
