"""The colours of sheets: on white, and apart for colour-blind eyes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import cmap

from alienlab.domain.effect_scale import MAP, ON_LIGHT, positions
from alienlab.domain.lesions import AnyOperation, Operation
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
OFFERED = "#4d5560"
"""Of all that plugins offer."""


def operation_colour(operation: AnyOperation) -> str:
    """Of a mark on a strip."""
    return OPERATIONS[operation] if isinstance(operation, Operation) else OFFERED


def in_order(operations: Iterable[AnyOperation]) -> tuple[AnyOperation, ...]:
    """Each once: those of AlienLab as they are listed, then those of plugins by name."""
    found = set(operations)
    own = [operation for operation in Operation if operation in found]
    return (*own, *sorted(found.difference(own), key=str))


@cache
def ramp(ends: tuple[float, float] = ON_LIGHT, steps: int = 256) -> tuple[str, ...]:
    """Colours from no effect to the strongest one, on paper or on the ground that ``ends`` are made for."""
    colours = cmap.Colormap(MAP)
    return tuple(colours(place).hex.lower() for place in positions(ends, steps))


def colour_of(value: float, scale: SheetScale) -> str:
    """What is beyond the bar has the colour of its end."""
    return bar_colour(scale.share(value), scale)


def bar_colour(share: float, scale: SheetScale) -> str:
    """The colour at a place on the bar, from 0 at its low end to 1."""
    colours = ramp()
    return colours[round((1.0 - share if scale.is_reversed else share) * (len(colours) - 1))]
