"""Rules in two dimensions with entries changed: one at a time, and more and more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Exhibit, Picture, Values, Wall, Workbench
from alienlab_automata.fates import apart, by_chance
from alienlab_automata.lookups import Cells
from alienlab_automata.mutations import doses, neighbours_of
from alienlab_automata.mutations import progressive as progressively
from alienlab_automata.palette import painted, painted_difference
from alienlab_automata.plane_running import last_states
from alienlab_automata.plane_starting import plane_start, random_planes
from alienlab_automata.planes import last_state
from alienlab_automata.plotting import distance_by_changes, sorted_distances
from alienlab_automata.rules import PLANE_SIZES, Rule, plane_place, plane_text
from alienlab_automata.starting import chance, chosen_plane_rule
from alienlab_automata.telling import change_readings, far_reading, unrelated_reading

_COLUMNS = {156: 13, 300: 15}
"""Of the tables that have many entries."""
_LONG = 40_000_000
"""Cells times steps of a row that is shown at once when it is there."""


def one_entry(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_plane_rule(values, workbench)
    start = plane_start(values, workbench, side=values.whole("tile_side"), colours=rule.colours)
    steps = values.whole("steps")
    reference = last_state(start, rule.table, colours=rule.colours, neighbours=rule.neighbours, steps=steps)[0]
    tables = neighbours_of(rule.table, rule.colours)
    starts = np.repeat(start, len(tables), axis=0)

    def show(ends: Cells) -> None:
        workbench.show(_altered(rule, tables, ends, reference, values))

    ends = last_states(starts, tables, rule=rule, steps=steps, workbench=workbench, show=show)
    return _altered(rule, tables, ends, reference, values)


def _altered(rule: Rule, tables: Cells, ends: Cells, reference: Cells, values: Values) -> Exhibit:
    """The wall of the ends that there are."""
    distances = apart(ends, reference)
    order = np.argsort(distances, kind="stable") if values.text("order") == "distance" else np.arange(len(ends))
    pictures = tuple(
        _picture(ends[place], reference, _caption(rule, tables[place], distances[place]), tables[place], values)
        for place in order
    )
    return Exhibit(
        Wall(pictures, columns=_columns(len(tables))),
        plots=(sorted_distances(distances, by_chance(reference[None], reference, rule.colours)),),
        readings=change_readings(distances),
        note="Each picture has one entry of the rule changed; a click takes that rule.",
    )


def progressive(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_plane_rule(values, workbench)
    rows, most = values.whole("rows"), min(values.whole("most"), len(rule.table))
    changes = doses(len(rule.table), most)
    orders = [tables[changes] for tables in _orders(rule, values, workbench)]
    starts = _starts(rule, values, workbench)
    unrelated = 0.0
    pictures: list[Picture] = []
    distances: list[NDArray[np.float64]] = []
    for row, (tables, start) in enumerate(zip(orders, starts, strict=True)):
        same = np.repeat(start[None], len(tables), axis=0)
        ends = last_states(
            same, tables, rule=rule, steps=values.whole("steps"), workbench=workbench, done=row / rows, share=1 / rows
        )
        distances.append(apart(ends, ends[0]))
        unrelated = by_chance(ends[:1], ends[0], rule.colours)
        for number in range(most + 1):
            caption = f"{distances[-1][number]:.0f} %"
            pictures.append(_picture(ends[number], ends[0], caption, tables[number], values))
        if row + 1 < rows and same.size * values.whole("steps") > _LONG:
            workbench.show(_exhibit(pictures, changes, distances, values, unrelated))
    return _exhibit(pictures, changes, distances, values, unrelated)


def _orders(rule: Rule, values: Values, workbench: Workbench) -> list[Cells]:
    """Tables [entries + 1, entries] for each row."""
    random, rows = chance(workbench, 3), values.whole("rows")
    if values.text("across") == "orders":
        return [progressively(rule.table, rule.colours, random) for _ in range(rows)]
    return [progressively(rule.table, rule.colours, random)] * rows


def _starts(rule: Rule, values: Values, workbench: Workbench) -> Cells:
    rows, side = values.whole("rows"), values.whole("tile_side")
    if values.text("across") == "starts":
        return random_planes(values, workbench, number=rows, side=side, colours=rule.colours)
    return np.repeat(random_planes(values, workbench, number=1, side=side, colours=rule.colours), rows, axis=0)


def _exhibit(
    pictures: list[Picture],
    changes: NDArray[np.int64],
    distances: list[NDArray[np.float64]],
    values: Values,
    unrelated: float,
) -> Exhibit:
    columns = len(pictures) // len(distances)
    row = {"starts": "start", "orders": "order"}[values.text("across")]
    wall = Wall(
        tuple(pictures),
        columns=columns,
        row_titles=tuple(f"{row} {number}" for number in range(1, len(distances) + 1)),
        column_titles=tuple(str(number) for number in range(columns)),
    )
    return Exhibit(
        wall,
        plots=(distance_by_changes(changes, distances, unrelated, row),),
        readings=(far_reading(changes, distances, unrelated), unrelated_reading(unrelated)),
        note="From left to right more entries of the rule are changed; the percentage is how much of the end differs.",
    )


def _picture(end: Cells, reference: Cells, caption: str, table: Cells, values: Values) -> Picture:
    pixels = painted_difference(end, reference) if values.switch("differences") else painted(end)
    colours, _ = PLANE_SIZES[len(table)]
    return Picture(pixels, caption=caption, sets={"rule": plane_text(table, colours)})


def _caption(rule: Rule, table: Cells, distance: float) -> str:
    place = int(np.flatnonzero(table != rule.table)[0])
    return f"{plane_place(place, rule)}→{table[place]}: {distance:.0f} %"


def _columns(number: int) -> int:
    return _COLUMNS.get(number, min(12, number))
