"""Where the tiles of a wall stand, in pixels of the whole wall."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from PySide6.QtCore import QMargins, QRect, QSize

MARGIN = 12
GAP = 4
RULE = 3
"""Height of the line beneath a picture that has the colour of its verdict."""
BELOW = RULE + 1
HEADING = 32
"""Height of a group's heading, which stands at its lower edge."""


class WallLayout(Protocol):
    """Tiles are numbered in the order of the results. A tile is the picture with the rule beneath it."""

    @property
    def side(self) -> int:
        """Of the square that a picture is fitted into."""
        ...

    @property
    def size(self) -> QSize: ...

    @property
    def frozen(self) -> QMargins:
        """What does not scroll: labels to the left and at the top."""
        ...

    def tile(self, number: int) -> QRect: ...

    def at(self, x: int, y: int) -> int | None: ...

    def within(self, area: QRect) -> Iterator[tuple[int, QRect]]:
        """Tiles that the area touches."""
        ...

    def beside(self, number: int, across: int, down: int) -> int:
        """The tile so many steps away, or the last one before the edge."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """Tiles side by side."""

    first: int
    count: int
    top: int


@dataclass(frozen=True, slots=True)
class HeadingPlace:
    group: int
    area: QRect


@dataclass(frozen=True)
class Flow:
    """Groups below one another, each in as many lines as it needs."""

    side: int
    columns: int
    lines: tuple[Line, ...]
    headings: tuple[HeadingPlace, ...]
    size: QSize
    left: int = MARGIN

    frozen = QMargins()

    @cached_property
    def _firsts(self) -> list[int]:
        return [line.first for line in self.lines]

    @cached_property
    def _tops(self) -> list[int]:
        return [line.top for line in self.lines]

    def tile(self, number: int) -> QRect:
        line = self.lines[bisect_right(self._firsts, number) - 1]
        return self._place(line, number - line.first)

    def at(self, x: int, y: int) -> int | None:
        place = bisect_right(self._tops, y) - 1
        column = (x - self.left) // (self.side + GAP)
        if place < 0 or not 0 <= column < self.lines[place].count:
            return None
        line = self.lines[place]
        return line.first + column if self._place(line, column).contains(x, y) else None

    def within(self, area: QRect) -> Iterator[tuple[int, QRect]]:
        start = max(0, bisect_right(self._tops, area.top()) - 1)
        for line in self.lines[start:]:
            if line.top > area.bottom():
                return
            for column in range(line.count):
                yield line.first + column, self._place(line, column)

    def beside(self, number: int, across: int, down: int) -> int:
        last = self.lines[-1].first + self.lines[-1].count - 1
        if not down:
            return min(last, max(0, number + across))
        place = bisect_right(self._firsts, number) - 1
        column = number - self.lines[place].first
        line = self.lines[min(len(self.lines) - 1, max(0, place + down))]
        return line.first + min(column, line.count - 1)

    def _place(self, line: Line, column: int) -> QRect:
        return QRect(self.left + column * (self.side + GAP), line.top, self.side, self.side + BELOW)


def flow(counts: Sequence[int], *, side: int, width: int, has_headings: bool) -> Flow:
    """Groups of so many tiles each, in a wall of this width."""
    columns = max(1, (width - 2 * MARGIN + GAP) // (side + GAP))
    lines: list[Line] = []
    headings: list[HeadingPlace] = []
    top, first = MARGIN, 0
    for group, count in enumerate(counts):
        if has_headings:
            top = top if group else 0
            headings.append(HeadingPlace(group, QRect(MARGIN, top, max(0, width - 2 * MARGIN), HEADING)))
            top += HEADING + GAP
        for start in range(0, count, columns):
            lines.append(Line(first + start, min(columns, count - start), top))
            top += side + BELOW + GAP
        first += count
        top += 2 * GAP if has_headings else 0
    bottom = lines[-1].top + side + BELOW + MARGIN if lines else 0
    return Flow(side, columns, tuple(lines), tuple(headings), QSize(width, bottom))


@dataclass(frozen=True)
class Grid:
    """A tile where a row and a column meet; the labels of both do not scroll."""

    side: int
    places: Mapping[tuple[int, int], int]
    """Number of the tile by row and column; filtered ones are missing."""
    rows: int
    columns: int
    frozen: QMargins
    pitch: int
    """From one column to the next."""

    @cached_property
    def _by_number(self) -> dict[int, tuple[int, int]]:
        return {number: place for place, number in self.places.items()}

    @property
    def size(self) -> QSize:
        width, height = self.columns * self.step.width(), self.rows * self.step.height()
        return QSize(self.frozen.left() + width + MARGIN - GAP, self.frozen.top() + height + MARGIN - GAP)

    @property
    def step(self) -> QSize:
        return QSize(self.pitch, self.side + BELOW + GAP)

    def tile(self, number: int) -> QRect:
        return self._place(*self._by_number[number])

    def at(self, x: int, y: int) -> int | None:
        row, column = (y - self.frozen.top()) // self.step.height(), (x - self.frozen.left()) // self.step.width()
        number = self.places.get((row, column))
        return number if number is not None and self._place(row, column).contains(x, y) else None

    def within(self, area: QRect) -> Iterator[tuple[int, QRect]]:
        rows = self.touched(area.top() - self.frozen.top(), area.bottom() - self.frozen.top(), across=False)
        columns = self.touched(area.left() - self.frozen.left(), area.right() - self.frozen.left(), across=True)
        for row in rows:
            for column in columns:
                if (row, column) in self.places:
                    yield self.places[row, column], self._place(row, column)

    def touched(self, start: int, end: int, *, across: bool) -> range:
        """Columns (or rows) that lie between two pixels."""
        step, count = (self.step.width(), self.columns) if across else (self.step.height(), self.rows)
        return range(max(0, start // step), min(count, end // step + 1))

    def beside(self, number: int, across: int, down: int) -> int:
        row, column = self._by_number[number]
        best = number
        while True:
            row, column = row + (down > 0) - (down < 0), column + (across > 0) - (across < 0)
            if not (0 <= row < self.rows and 0 <= column < self.columns):
                return best
            if (row, column) in self.places:
                best = self.places[row, column]
                steps = abs(across) + abs(down)
                if steps <= 1:
                    return best
                across, down = across - (across > 0) + (across < 0), down - (down > 0) + (down < 0)

    def _place(self, row: int, column: int) -> QRect:
        left = self.frozen.left() + column * self.step.width()
        return QRect(left, self.frozen.top() + row * self.step.height(), self.side, self.side + BELOW)
