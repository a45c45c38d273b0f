"""Where one rule leads from many starts."""

from __future__ import annotations

import numpy as np

from alienlab.api import Exhibit, Picture, Reading, Values, Wall, Workbench
from alienlab_automata.fates import by_chance
from alienlab_automata.palette import painted
from alienlab_automata.plane_running import last_states
from alienlab_automata.plane_starting import random_planes
from alienlab_automata.starting import chosen_plane_rule

_COLUMNS = 6


def several_starts(values: Values, workbench: Workbench) -> Exhibit:
    rule = chosen_plane_rule(values, workbench)
    number = values.whole("starts")
    starts = random_planes(values, workbench, number=number, side=values.whole("tile_side"), colours=rule.colours)
    ends = last_states(starts, rule.table, rule=rule, steps=values.whole("steps"), workbench=workbench)
    pictures = tuple(Picture(painted(end), caption=f"start {place}") for place, end in enumerate(ends, start=1))
    different = len({end.tobytes() for end in ends})
    between = [100.0 * (one != other).mean() for one, other in zip(ends, np.roll(ends, 1, axis=0), strict=True)]
    return Exhibit(
        Wall(pictures, columns=min(_COLUMNS, number)),
        readings=(
            Reading("different ends", different, f"of {number}"),
            Reading("distance of two ends", round(float(np.mean(between)), 1), "% of cells"),
            Reading("distance by chance", round(by_chance(ends, ends, rule.colours), 1), "% of cells"),
        ),
        note="Each start ends in a picture of its own, and all are of one kind: that of the rule.",
    )
