"""The row of cells, step by step down the page."""

from __future__ import annotations

import numpy as np

from alienlab.api import Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Workbench
from alienlab_automata.fates import Cycle, cycle_of
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import painted
from alienlab_automata.rules import Rule, line_number
from alienlab_automata.starting import chosen_line_rule, line_start


def evolve(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_line_rule(values, workbench)
    cells, steps = values.whole("cells"), values.whole("steps")
    start = line_start(values, workbench, cells=cells, colours=rule.colours)
    history = evolved(start, rule.table, colours=rule.colours, steps=steps)[0]
    cycle = cycle_of(history)
    picture = Picture(
        painted(history), x=Scale("place", 1, cells, "cells"), y=Scale("time, down the page", steps, 0, "steps")
    )
    return Exhibit(picture, plots=(_changing(history),), readings=_readings(rule, cycle), note=told(cycle))


def told(cycle: Cycle) -> str:
    """A sentence on what became of the cells."""
    if not cycle.period:
        return "The cells did not settle within these steps."
    after = "from the start" if cycle.transient == 0 else f"after {cycle.transient} steps"
    if cycle.period == 1:
        return f"The cells rest {after}: an attractor that is a single state."
    return f"The cells repeat themselves every {cycle.period} steps, {after}: an attractor that is a cycle."


def cycle_readings(cycle: Cycle) -> tuple[Reading, ...]:
    if not cycle.period:
        return (Reading("period", "none seen"),)
    return Reading("period", cycle.period, "steps"), Reading("settled after", cycle.transient, "steps")


def _readings(rule: Rule, cycle: Cycle) -> tuple[Reading, ...]:
    return (*cycle_readings(cycle), Reading("colours", rule.colours), Reading("rule number", str(line_number(rule))))


def _changing(history: Cells) -> Plot:
    changed = 100.0 * (history[1:] != history[:-1]).mean(axis=1)
    steps = np.arange(1, len(history), dtype=np.float64)
    return Plot(
        "Cells that change",
        (Curve("changing", steps, changed),),
        Scale("step", 0, len(history) - 1, "steps"),
        Scale("cells that change", 0, 100, "%"),
    )
