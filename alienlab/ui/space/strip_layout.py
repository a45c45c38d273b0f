"""Where the images of a strip stand: in lines that wrap, the minds beneath each other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from alienlab.app.space.strip import Cell

SIDES = (48, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256)
"""Sizes of an image, in pixels."""
SMALLEST_FITTING = 80
"""Images are not made smaller than this for all to be seen at once."""
LARGEST_FITTING = 192
MARGIN = 12
GAP = 8
CAPTION = 34
"""Two lines beneath the images of a point, and the room to the next ones."""
SCROLL_BAR = 12
GUTTER = 56
"""Where there are several minds, so much is left for their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripLayout:
    """``columns`` are those of a grid; None takes as many as there is room for in ``width``."""

    places: int
    minds: int
    side: int
    width: int
    columns: int | None = None

    @property
    def across(self) -> int:
        """Points on a line; all lines are about as long."""
        if self.columns is not None:
            return max(1, self.columns)
        room = self.width - 2 * MARGIN - self.gutter + GAP
        most = max(1, room // (self.side + GAP))
        lines = max(1, math.ceil(self.places / most))
        return max(1, math.ceil(self.places / lines))

    @property
    def gutter(self) -> int:
        return GUTTER if self.minds > 1 else 0

    @property
    def lines(self) -> int:
        return math.ceil(self.places / self.across)

    @property
    def line_height(self) -> int:
        return self.minds * (self.side + GAP) + CAPTION

    @property
    def size(self) -> QSize:
        across = 2 * MARGIN + self.gutter + self.across * (self.side + GAP) - GAP
        return QSize(across, MARGIN + self.lines * self.line_height)

    def image(self, cell: Cell) -> QRect:
        line, column = divmod(cell.place, self.across)
        left = MARGIN + self.gutter + column * (self.side + GAP)
        top = MARGIN + line * self.line_height + cell.mind * (self.side + GAP)
        return QRect(left, top, self.side, self.side)

    def caption(self, place: int) -> QRect:
        """Beneath the images of a point."""
        last = self.image(Cell(self.minds - 1, place))
        return QRect(last.left(), last.bottom() + 3, self.side, CAPTION - 4)

    def name(self, mind: int, line: int) -> QRect:
        """To the left of a line of images."""
        first = self.image(Cell(mind, line * self.across))
        return QRect(MARGIN, first.top(), GUTTER - GAP, self.side)

    def at(self, spot: QPoint) -> Cell | None:
        line = (spot.y() - MARGIN) // self.line_height
        column = (spot.x() - MARGIN - self.gutter) // (self.side + GAP)
        mind = (spot.y() - MARGIN - line * self.line_height) // (self.side + GAP)
        if not (0 <= line < self.lines and 0 <= column < self.across and 0 <= mind < self.minds):
            return None
        cell = Cell(mind, line * self.across + column)
        return cell if cell.place < self.places and self.image(cell).contains(spot) else None

    def places_within(self, area: QRect) -> Iterator[int]:
        """Points on the lines that an area touches."""
        first = max(0, (area.top() - MARGIN) // self.line_height)
        last = min(self.lines - 1, (area.bottom() - MARGIN) // self.line_height)
        yield from range(first * self.across, min(self.places, (last + 1) * self.across))


def fitting_side(*, places: int, minds: int, room: QSize, columns: int | None) -> int:
    """The largest at which all is seen without scrolling, or else the least is to be scrolled, within reason."""
    sides = [side for side in SIDES if SMALLEST_FITTING <= side <= LARGEST_FITTING]
    for side in reversed(sides):
        size = StripLayout(places=places, minds=minds, side=side, width=room.width(), columns=columns).size
        if size.width() <= room.width() and size.height() <= room.height():
            return side
    layouts = [
        StripLayout(places=places, minds=minds, side=side, width=room.width() - SCROLL_BAR, columns=columns)
        for side in sides
    ]
    return max(layout.side for layout in layouts if layout.lines == layouts[0].lines)
