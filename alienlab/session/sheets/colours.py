"""The colours of sheets: on white, and apart for colour-blind eyes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import cmap
import numpy as np

from alienlab.domain.lesions import Operation
from alienlab.session.sheets.content import SheetScale

GROUND = "#ffffff"
INK = "#1c2128"
SOFT_INK = "#59636e"
RULE = "#c8ced6"
EMPTY = "#eef0f2"

STRIP = ("#dde1e6", "#eceff2")
"""Of neighbouring regions, in turn."""
STRIP_TICK = "#aab2bc"

OPERATIONS: Mapping[Operation, str] = {
    Operation.ZERO: "#d55e00",
    Operation.RANDOMIZE: "#9b4f96",
    Operation.SCALE: "#0072b2",
    Operation.NOISE: "#e69f00",
    Operation.NOISE_ADDED: "#009e73",
}
"""After Okabe and Ito, "Color Universal Design" (2008); purple darker, to stand out on the strip."""

MAP = "viridis"
ENDS = (0.75, 0.0)
"""Where on ``MAP`` no effect and the strongest one are: those of the brain map on a light ground."""
_STEPS = 256


@cache
def ramp() -> tuple[str, ...]:
    """Colours from no effect to the strongest one."""
    colours = cmap.Colormap(MAP)
    return tuple(colours(float(share)).hex.lower() for share in np.linspace(*ENDS, _STEPS))


def colour_of(value: float, scale: SheetScale) -> str:
    """What is beyond the bar has the colour of its end."""
    return bar_colour(scale.share(value), scale)


def bar_colour(share: float, scale: SheetScale) -> str:
    """The colour at a place on the bar, from 0 at its low end to 1."""
    colours = ramp()
    return colours[round((1.0 - share if scale.is_reversed else share) * (len(colours) - 1))]
