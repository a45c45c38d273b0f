"""Rules with entries changed, from the same start: one at a time, and more and more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Exhibit, Picture, Values, Wall, Workbench
from alienlab_automata.fates import LONGEST, apart, by_chance, cycle_of
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells
from alienlab_automata.mutations import doses, neighbours_of
from alienlab_automata.mutations import progressive as progressively
from alienlab_automata.palette import painted, painted_difference
from alienlab_automata.plotting import distance_by_changes, settling_by_changes, sorted_distances
from alienlab_automata.rules import Rule, line_place, line_text
from alienlab_automata.starting import chance, chosen_line_rule, line_start
from alienlab_automata.telling import change_readings, far_reading, unrelated_reading, unsettled_reading

_SETTLING = 240


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A rule, a start, and what becomes of it unaltered."""

    rule: Rule
    start: Cells
    steps: int
    history: Cells
    fades: bool

    def run(self, tables: Cells, *, steps: int | None = None) -> Cells:
        """Histories from the start under each of the tables."""
        starts = np.repeat(self.start, len(tables), axis=0)
        return evolved(starts, tables, colours=self.rule.colours, steps=steps or self.steps)

    def picture(self, history: Cells, caption: str, table: Cells) -> Picture:
        pixels = painted_difference(history, self.history) if self.fades else painted(history)
        return Picture(pixels, caption=caption, sets={"rule": line_text(table)})


def one_entry(values: Values, workbench: Workbench) -> Exhibit:
    scene = _scene(values, workbench)
    tables = neighbours_of(scene.rule.table, scene.rule.colours)
    histories = scene.run(tables)
    workbench.progress(0.6, "Ends are compared")
    distances = apart(histories[:, -1], scene.history[-1])
    captions = [_caption(scene.rule, table, distance) for table, distance in zip(tables, distances, strict=True)]
    order = np.argsort(distances, kind="stable") if values.text("order") == "distance" else np.arange(len(tables))
    pictures = tuple(scene.picture(histories[place], captions[place], tables[place]) for place in order)
    chance_distance = by_chance(histories[:, -1], scene.history[-1], scene.rule.colours)
    return Exhibit(
        Wall(pictures, columns=_columns(len(pictures))),
        plots=(sorted_distances(distances, chance_distance),),
        readings=change_readings(distances),
        note="Each picture has one entry of the rule changed; a click takes that rule.",
    )


def progressive(values: Values, workbench: Workbench) -> Exhibit:
    scene = _scene(values, workbench)
    orders, most = values.whole("orders"), min(values.whole("most"), len(scene.rule.table))
    changes = doses(len(scene.rule.table), most)
    random = chance(workbench, 3)
    tables = [progressively(scene.rule.table, scene.rule.colours, random)[changes] for _ in range(orders)]
    histories = scene.run(np.concatenate(tables), steps=max(_SETTLING, scene.steps) + 2 * LONGEST)
    pictures: list[Picture] = []
    distances, ways = [], []
    for order, runs in enumerate(np.split(histories, orders)):
        workbench.progress((order + 1) / (orders + 1), f"Order {order + 1} of {orders} is compared")
        distances.append(apart(runs[:, scene.steps], scene.history[-1]))
        ways.append(_ways(runs))
        for number in range(most + 1):
            caption = f"{distances[-1][number]:.0f} %"
            pictures.append(scene.picture(runs[number, : scene.steps + 1], caption, tables[order][number]))
    unrelated = by_chance(scene.history[-1:], scene.history[-1], scene.rule.colours)
    wall = Wall(
        tuple(pictures),
        columns=most + 1,
        row_titles=tuple(f"order {order + 1}" for order in range(orders)),
        column_titles=tuple(str(number) for number in range(most + 1)),
    )
    return Exhibit(
        wall,
        plots=(distance_by_changes(changes, distances, unrelated), settling_by_changes(changes, ways)),
        readings=(
            far_reading(changes, distances, unrelated),
            unsettled_reading(changes, ways),
            unrelated_reading(unrelated),
        ),
        note="From left to right more entries of the rule are changed; the percentage is how much of the end differs.",
    )


def _scene(values: Values, workbench: Workbench) -> _Scene:
    rule = chosen_line_rule(values, workbench)
    steps = values.whole("tile_steps")
    start = line_start(values, workbench, cells=values.whole("tile_cells"), colours=rule.colours)
    history = evolved(start, rule.table, colours=rule.colours, steps=steps)[0]
    return _Scene(rule, start, steps, history, values.switch("differences"))


def _ways(histories: Cells) -> NDArray[np.float64]:
    """Steps until each repeats itself; NaN where it was not seen to."""
    cycles = [cycle_of(history) for history in histories]
    return np.array([cycle.transient if cycle.period else np.nan for cycle in cycles])


def _caption(rule: Rule, table: Cells, distance: float) -> str:
    place = int(np.flatnonzero(table != rule.table)[0])
    return f"{line_place(place, rule.colours)}→{table[place]}: {distance:.0f} %"


def _columns(number: int) -> int:
    """192 pictures stand in 16 columns, the few of smaller tables in fewer."""
    return {8: 4, 54: 9}.get(number, 16)
