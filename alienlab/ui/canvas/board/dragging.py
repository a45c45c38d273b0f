"""What a press on the board may become: a click, a drag of pins, a rubber band or a pan. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from alienlab.ui.canvas.layout import Rect

DRAG_PIXELS = 4
"""A press that moves less than this is a click."""


class Grasp(Enum):
    """What was pressed on."""

    PINS = auto()
    PICTURE = auto()
    """The zoomed picture of a pin, which is panned."""
    GROUND = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drag:
    """Places are on the board, before scrolling."""

    grasp: Grasp
    start: tuple[float, float]
    now: tuple[float, float]
    key: str = ""
    """Of the pin that was pressed on."""
    adds: bool = False
    """Whether a rubber band adds to the selection."""
    is_moving: bool = False
    """Whether it is more than a click."""

    def moved(self, x: float, y: float) -> Drag:
        far = abs(x - self.start[0]) + abs(y - self.start[1])
        return replace(self, now=(x, y), is_moving=self.is_moving or far >= DRAG_PIXELS)

    @property
    def way(self) -> tuple[float, float]:
        return self.now[0] - self.start[0], self.now[1] - self.start[1]

    @property
    def band(self) -> Rect:
        x, y = min(self.start[0], self.now[0]), min(self.start[1], self.now[1])
        return Rect(x, y, abs(self.way[0]), abs(self.way[1]))


def touches(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom
