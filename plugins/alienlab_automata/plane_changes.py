"""Rules in two dimensions with entries changed: one at a time, and more and more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Exhibit, Picture, Values, Wall, Workbench
from alienlab_automata.fates import apart, by_chance
from alienlab_automata.lookups import Cells
from alienlab_automata.mutations import neighbours_of
from alienlab_automata.mutations import progressive as progressively
from alienlab_automata.palette import painted, painted_difference
from alienlab_automata.plane_running import last_states
from alienlab_automata.plane_starting import plane_start, random_planes
from alienlab_automata.plotting import distance_by_changes, sorted_distances
from alienlab_automata.rules import PLANE_SIZES, Rule, plane_place, plane_text
from alienlab_automata.starting import chance, chosen_plane_rule
from alienlab_automata.telling import change_readings, far_reading, unrelated_reading

_COLUMNS = 18


def one_entry(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_plane_rule(values, workbench)
    start = plane_start(values, workbench, side=values.whole("tile_side"), colours=rule.colours)
    tables = neighbours_of(rule.table, rule.colours)
    all_tables = np.concatenate([rule.table[None], tables])
    starts = np.repeat(start, len(all_tables), axis=0)
    reference, *ends = last_states(starts, all_tables, rule=rule, steps=values.whole("steps"), workbench=workbench)
    ends = np.stack(ends)
    distances = apart(ends, reference)
    order = np.argsort(distances, kind="stable") if values.text("order") == "distance" else np.arange(len(tables))
    pictures = tuple(
        _picture(ends[place], reference, _caption(rule, tables[place], distances[place]), tables[place], values)
        for place in order
    )
    return Exhibit(
        Wall(pictures, columns=min(_COLUMNS, len(pictures))),
        plots=(sorted_distances(distances, by_chance(reference[None], reference, rule.colours)),),
        readings=change_readings(distances),
        note="Each picture has one entry of the rule changed; a click takes that rule.",
    )


def progressive(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_plane_rule(values, workbench)
    rows, most = values.whole("rows"), min(values.whole("most"), len(rule.table))
    orders = _orders(rule, values, workbench)
    starts = _starts(rule, values, workbench)
    pictures: list[Picture] = []
    distances: list[NDArray[np.float64]] = []
    for row, (tables, start) in enumerate(zip(orders, starts, strict=True)):
        same = np.repeat(start[None], len(tables), axis=0)
        ends = last_states(
            same, tables, rule=rule, steps=values.whole("steps"), workbench=workbench, done=row / rows, share=1 / rows
        )
        distances.append(apart(ends, ends[0]))
        for number in range(most + 1):
            caption = f"{number} changed: {distances[-1][number]:.0f} %"
            pictures.append(_picture(ends[number], ends[0], caption, tables[number], values))
        if row + 1 < rows and same.size * values.whole("steps") > 40_000_000:
            workbench.show(_exhibit(pictures, distances, most, values, _unrelated(ends, rule)))
    return _exhibit(pictures, distances, most, values, _unrelated(ends, rule))


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


def _unrelated(ends: Cells, rule: Rule) -> float:
    return by_chance(ends[:1], ends[0], rule.colours)


def _exhibit(
    pictures: list[Picture], distances: list[NDArray[np.float64]], most: int, values: Values, unrelated: float
) -> Exhibit:
    row = {"starts": "start", "orders": "order"}[values.text("across")]
    wall = Wall(
        tuple(pictures),
        columns=most + 1,
        row_titles=tuple(f"{row} {number}" for number in range(1, len(distances) + 1)),
        column_titles=tuple(str(number) for number in range(most + 1)),
    )
    return Exhibit(
        wall,
        plots=(distance_by_changes(distances, unrelated, row),),
        readings=(far_reading(distances, unrelated), unrelated_reading(unrelated)),
        note="From left to right more entries of the rule are changed; the percentage is how much of the end differs.",
    )


def _picture(end: Cells, reference: Cells, caption: str, table: Cells, values: Values) -> Picture:
    pixels = painted_difference(end, reference) if values.switch("differences") else painted(end)
    colours, _ = PLANE_SIZES[len(table)]
    return Picture(pixels, caption=caption, sets={"rule": plane_text(table, colours)})


def _caption(rule: Rule, table: Cells, distance: float) -> str:
    place = int(np.flatnonzero(table != rule.table)[0])
    return f"{plane_place(place, rule)}→{table[place]}: {distance:.0f} %"
