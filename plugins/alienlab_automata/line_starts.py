"""Many starts of one rule, and the attractors that they fall into."""

from __future__ import annotations

from collections import Counter

import numpy as np

from alienlab.api import Exhibit, Picture, Reading, Scale, Values, Wall, Workbench
from alienlab_automata.fates import LONGEST, Cycle, attractor_key, cycle_of
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import painted
from alienlab_automata.starting import chosen_line_rule, random_lines

_COLUMNS = 20
_SETTLING = 400
"""Steps that are followed at least, so that what is shown unsettled may still be told by its attractor."""


def many_starts(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_line_rule(values, workbench)
    starts = random_lines(workbench, number=values.whole("starts"), cells=values.whole("ring"), colours=rule.colours)
    shown = values.whole("tile_steps")
    history = evolved(starts, rule.table, colours=rule.colours, steps=max(_SETTLING, shown) + 2 * LONGEST)
    workbench.progress(0.7, "Attractors are told apart")
    cycles = [cycle_of(run) for run in history]
    attractors = [
        attractor_key(run, cycle, is_ring=True) if cycle.period else None
        for run, cycle in zip(history, cycles, strict=True)
    ]
    names = _names(attractors)
    order = sorted(range(len(starts)), key=lambda place: (_rank(attractors[place], names), place))
    states = history[:, : shown + 1]
    main = (
        _ends(states[order, -1])
        if values.text("view") == "ends"
        else Wall(
            tuple(_way(states[place], cycles[place], names.get(attractors[place], "unsettled")) for place in order),
            columns=min(_COLUMNS, len(starts)),
        )
    )
    return Exhibit(main, readings=_readings(attractors, cycles), note=_note(attractors))


def _names(attractors: list[bytes | None]) -> dict[bytes | None, str]:
    """1 for the attractor with most starts, and so on."""
    counts = Counter(key for key in attractors if key is not None)
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return {key: f"attractor {number}" for number, key in enumerate(ranked, start=1)}


def _rank(attractor: bytes | None, names: dict[bytes | None, str]) -> int:
    return list(names).index(attractor) if attractor is not None else len(names)


def _way(history: Cells, cycle: Cycle, name: str) -> Picture:
    detail = f", period {cycle.period}" if cycle.period else ""
    return Picture(painted(history), caption=f"{name}{detail}")


def _ends(states: Cells) -> Picture:
    """A line for each, several pixels high."""
    high = max(1, min(8, 480 // len(states)))
    wide = max(1, min(16, 640 // states.shape[1]))
    pixels = painted(states.repeat(high, axis=0).repeat(wide, axis=1))
    x = Scale("place", 1, states.shape[1], "cells")
    return Picture(pixels, x=x, y=Scale("starts, those of one attractor together", len(states), 1, "starts"))


def _readings(attractors: list[bytes | None], cycles: list[Cycle]) -> tuple[Reading, ...]:
    settled = [key for key in attractors if key is not None]
    counts = Counter(settled)
    readings = [
        Reading("attractors", len(counts)),
        Reading("starts that settle", len(settled), f"of {len(attractors)}"),
    ]
    if counts:
        share = 100.0 * max(counts.values()) / len(attractors)
        readings.append(Reading("largest basin", round(share, 1), "% of starts"))
        readings.append(Reading("longest way", max(c.transient for c in cycles if c.period), "steps"))
        readings.append(Reading("longest period", int(np.max([c.period for c in cycles])), "steps"))
    return tuple(readings)


def _note(attractors: list[bytes | None]) -> str:
    if all(key is None for key in attractors):
        return "No start settles: this rule has no attractor that is found within some hundred steps."
    return "Starts of one attractor stand together; ends that differ only in where they lie on the ring count as one."
