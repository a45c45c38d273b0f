"""Where the pictures of a wall stand. No Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

GAP, MARGIN, LINE = 6, 12, 16
LEAST = 16
"""Pixels of a cell's longer side at least; a wall that needs more room scrolls."""
READABLE = 44
"""Pixels of a cell's longer side from which it is worth that the whole wall is seen at once; a wall of smaller ones
takes the width that there is, and scrolls down."""
WHOLE_FROM = 6
"""From this scale on pixels are enlarged by whole numbers; below, that would leave much room empty."""
CAPTION_FROM = 48
"""Narrower cells show no caption: the tooltip has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallLayout:
    """Cells of one size, row by row. All in pixels."""

    count: int
    columns: int
    cell_width: int
    cell_height: int
    left: int
    """Room for the titles of rows."""
    top: int
    """Room for the titles of columns."""
    caption: int
    """Room for captions below each picture."""

    @property
    def rows(self) -> int:
        return math.ceil(self.count / self.columns) if self.count else 0

    @property
    def size(self) -> tuple[int, int]:
        width = self.left + self.columns * (self.cell_width + GAP) - GAP + MARGIN
        height = self.top + self.rows * (self.cell_height + self.caption + GAP) - GAP + MARGIN
        return width, height

    def cell(self, number: int) -> tuple[int, int, int, int]:
        """x, y, width and height of the picture's room."""
        row, column = divmod(number, self.columns)
        x = self.left + column * (self.cell_width + GAP)
        y = self.top + row * (self.cell_height + self.caption + GAP)
        return x, y, self.cell_width, self.cell_height

    def at(self, x: float, y: float) -> int | None:
        """The cell at a place, its caption included."""
        column, row = int((x - self.left) // (self.cell_width + GAP)), int((y - self.top) // self._pitch)
        number = row * self.columns + column
        is_inside = 0 <= column < self.columns and 0 <= row < self.rows and number < self.count
        is_on_cell = (x - self.left) % (self.cell_width + GAP) < self.cell_width and (y - self.top) % self._pitch < (
            self.cell_height + self.caption
        )
        return number if is_inside and is_on_cell else None

    @property
    def _pitch(self) -> int:
        return self.cell_height + self.caption + GAP


def even_scale(scale: float) -> float:
    """A whole number where few pixels are lost by that; else the scale itself."""
    return math.floor(scale) if scale >= WHOLE_FROM else scale


def laid_out(
    sides: tuple[int, int],
    *,
    count: int,
    columns: int,
    room: tuple[int, int],
    has_captions: bool,
    row_titles: int,
    column_titles: bool,
) -> WallLayout:
    """The largest cells of this shape with which the wall fits ``room``, or its width where they would be too small.

    ``sides`` are width and height of the largest picture; ``row_titles`` is the widest title in pixels.
    """
    columns = max(1, min(columns, count or 1))
    rows = math.ceil(count / columns) if count else 1
    left = MARGIN + (row_titles + 8 if row_titles else 0)
    top = MARGIN + (LINE + 4 if column_titles else 0)
    caption = LINE if has_captions else 0
    width, height = sides
    across = (room[0] - left - MARGIN + GAP) / columns - GAP
    down = (room[1] - top - MARGIN + GAP) / rows - GAP - caption
    readable = min(across / width, READABLE / max(width, height))
    scale = even_scale(max(min(across / width, max(down / height, readable)), LEAST / max(width, height)))
    cell_width, cell_height = max(1, math.floor(width * scale + 1e-6)), max(1, math.floor(height * scale + 1e-6))
    if cell_width < CAPTION_FROM:
        caption = 0
    layout = WallLayout(
        count=count,
        columns=columns,
        cell_width=cell_width,
        cell_height=cell_height,
        left=left,
        top=top,
        caption=caption,
    )
    spare = (room[0] - layout.size[0]) // 2
    if spare <= 0:
        return layout
    return WallLayout(
        count=count,
        columns=columns,
        cell_width=cell_width,
        cell_height=cell_height,
        left=left + spare,
        top=top,
        caption=caption,
    )
