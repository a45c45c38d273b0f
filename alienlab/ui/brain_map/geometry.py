"""Shapes of the laid-out map, in map units: one unit is one pixel at zoom 1. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from alienlab.domain.anatomy import Kind


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom

    def overlaps(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Cell:
    """A module on the map."""

    path: str
    kind: Kind
    box: Box
    """What is painted: its height tells the number of parameters."""
    slot: Box
    """The ground that belongs to it: slots touch, so there is no dead space between cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one segment, or of a part of it, on one line."""

    region: str
    paths: tuple[str, ...]
    """The whole segment's modules, also where the row shows only a part of them."""
    handle: Box
    label: Box | None
    """Free ground at the end of the row, where its name can stand."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A block: a labelled frame around its rows."""

    title: str
    region: str
    resolution: str
    box: Box
    label: Box
    paths: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """A skip connection as a cubic Bézier curve: start, two control points, end."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The main stream from one frame to the next: a vertical arrow, against y where ``end`` < ``start``."""

    x: float
    start: float
    end: float


@dataclass(frozen=True)
class MapLayout:
    """Where everything stands."""

    width: float
    height: float
    frames: tuple[Frame, ...]
    skips: tuple[Skip, ...]
    links: tuple[Link, ...]
    cells: Mapping[str, Cell]
    """By path, in execution order."""

    def frame_at(self, x: float, y: float) -> Frame | None:
        return next((frame for frame in self.frames if frame.box.holds(x, y)), None)

    def row_at(self, x: float, y: float) -> Row | None:
        """The row whose handle or label is there."""
        frame = self.frame_at(x, y)
        rows = frame.rows if frame else ()
        return next((row for row in rows if row.handle.holds(x, y) or (row.label and row.label.holds(x, y))), None)

    def cell_at(self, x: float, y: float) -> Cell | None:
        frame = self.frame_at(x, y)
        rows = frame.rows if frame else ()
        return next((cell for row in rows for cell in row.cells if cell.slot.holds(x, y)), None)

    def cells_in(self, area: Box) -> Iterator[Cell]:
        return (cell for cell in self.cells.values() if cell.box.overlaps(area))

    def neighbour(self, path: str, step: tuple[int, int]) -> Cell | None:
        """The nearest cell in a direction, one of (±1, 0) and (0, ±1); None at the edge of the map."""
        x, y = self.cells[path].slot.center
        reachable = [
            (along + 3 * across, cell)
            for cell in self.cells.values()
            for along, across in [_offsets(cell.slot, x, y, step)]
            if along > 1
        ]
        return min(reachable, key=lambda entry: entry[0])[1] if reachable else None


def bounds(boxes: Iterable[Box]) -> Box:
    """The smallest box around ``boxes``; an empty one where there are none."""
    boxes = list(boxes)
    if not boxes:
        return Box(0, 0, 0, 0)
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)


def _offsets(slot: Box, x: float, y: float, step: tuple[int, int]) -> tuple[float, float]:
    """How far a slot's centre lies in the direction of ``step``, and how far beside it."""
    center_x, center_y = slot.center
    dx, dy = center_x - x, center_y - y
    return dx * step[0] + dy * step[1], abs(dx * step[1]) + abs(dy * step[0])
