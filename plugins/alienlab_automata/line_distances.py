"""How far final states come apart when starts or rules are neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Plot, Reading, Scale, Values, Workbench
from alienlab_automata.fates import by_chance
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells
from alienlab_automata.mutations import with_changes
from alienlab_automata.plotting import DISTANCE
from alienlab_automata.rules import Rule
from alienlab_automata.starting import chance, chosen_line_rule, random_lines

Numbers = NDArray[np.float64]
_ROWS = 512
"""Rows of cells that are followed at once."""


def distance(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_line_rule(values, workbench)
    steps, most, trials = values.whole("tile_steps"), values.whole("changes"), values.whole("trials")
    random = chance(workbench, 3)
    starts = random_lines(workbench, number=trials, cells=values.whole("tile_cells"), colours=rule.colours)
    intact = evolved(starts, rule.table, colours=rule.colours, steps=steps)
    by_start, by_rule = np.zeros((2, most + 1, trials, steps + 1))
    at_once = max(1, _ROWS // trials)
    for first in range(1, most + 1, at_once):
        workbench.progress((first - 1) / most, f"{first} of {most} changes")
        numbers = range(first, min(first + at_once, most + 1))
        some = slice(first, numbers.stop)
        others = np.stack([with_changes(one, number, rule.colours, random) for number in numbers for one in starts])
        by_start[some] = _by_step(evolved(others, rule.table, colours=rule.colours, steps=steps), intact)
        tables = [with_changes(rule.table, number, rule.colours, random) for number in numbers for _ in starts]
        repeated = np.tile(starts, (len(numbers), 1))
        by_rule[some] = _by_step(evolved(repeated, np.stack(tables), colours=rule.colours, steps=steps), intact)
    unrelated = by_chance(intact[:, -1], intact[:, -1], rule.colours)
    return Exhibit(
        _by_changes(by_start[..., -1], by_rule[..., -1], unrelated),
        plots=(_in_time(by_start[1], by_rule[1]),),
        readings=_readings(by_start[1, :, -1], by_rule[1, :, -1], unrelated),
        note=_note(rule, by_start[1, :, -1], by_rule[1, :, -1]),
    )


def _by_step(altered: Cells, intact: Cells) -> Numbers:
    """Percent of cells that differ, for some numbers of changes: [numbers, trials, steps + 1]."""
    return 100.0 * (altered.reshape(-1, *intact.shape) != intact).mean(axis=3)


def _by_changes(by_start: Numbers, by_rule: Numbers, unrelated: float) -> Plot:
    numbers = np.arange(len(by_start), dtype=np.float64)
    all_numbers = np.repeat(numbers, by_start.shape[1])
    return Plot(
        "Distance of final states",
        (
            Curve("start changed, average", numbers, by_start.mean(axis=1)),
            Curve("rule changed, average", numbers, by_rule.mean(axis=1)),
            Curve("start changed, each trial", all_numbers - 0.12, by_start.ravel(), is_line=False),
            Curve("rule changed, each trial", all_numbers + 0.12, by_rule.ravel(), is_line=False),
            Curve("two ends of this rule", numbers[[0, -1]], np.full(2, unrelated)),
        ),
        Scale("changed cells of the start, or entries of the rule", 0, len(numbers) - 1),
        DISTANCE,
    )


def _in_time(by_start: Numbers, by_rule: Numbers) -> Plot:
    steps = np.arange(by_start.shape[1], dtype=np.float64)
    return Plot(
        "After one change, in time",
        (Curve("one cell of the start", steps, by_start.mean(axis=0)), Curve("one entry", steps, by_rule.mean(axis=0))),
        Scale("step", 0, len(steps) - 1, "steps"),
        Scale("cells that differ", 0, 0, "%"),
    )


def _readings(by_start: Numbers, by_rule: Numbers, unrelated: float) -> tuple[Reading, ...]:
    return (
        Reading("one cell of the start changed", round(float(by_start.mean()), 1), "%"),
        Reading("one entry of the rule changed", round(float(by_rule.mean()), 1), "%"),
        Reading("starts that come back", round(100 * float((by_start == 0).mean())), "% of trials"),
        Reading("two ends of this rule", round(unrelated, 1), "%"),
    )


def _note(rule: Rule, by_start: Numbers, by_rule: Numbers) -> str:
    entries = len(rule.table)
    if by_start.mean() < by_rule.mean():
        return f"A changed cell of the start is forgotten sooner than a changed entry of the {entries}, which acts on."
    return f"Under this rule a changed cell of the start matters as much as a changed entry of the {entries}."
