"""Breaks segments into lines and places their cells. No Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy, Module
from alienlab.ui.brain_map.blocks import Segment
from alienlab.ui.brain_map.geometry import Box, Cell, Row

SLOT_WIDTH = 16.0
CELL_WIDTH = 14.0
ROW_HEIGHT = 16.0
CELL_HEIGHTS = (4.0, 14.0)
"""Heights of the module with the fewest and with the most parameters."""
GROUP_GAP = 4.0
SEGMENT_GAP = 8.0
HANDLE_WIDTH = 3.0
LEAD = 7.0
"""Room for a handle before a segment's first cell."""
SHORTEST_LABEL = 48.0


@dataclass(frozen=True, slots=True)
class Part:
    """As much of a segment as stands on one line."""

    segment: Segment
    groups: tuple[tuple[Module, ...], ...]

    @property
    def width(self) -> float:
        cells = sum(map(len, self.groups))
        return LEAD + cells * SLOT_WIDTH + (len(self.groups) - 1) * GROUP_GAP


@dataclass(frozen=True, slots=True)
class Line:
    parts: tuple[Part, ...]

    @property
    def width(self) -> float:
        return sum(part.width for part in self.parts) + SEGMENT_GAP * (len(self.parts) - 1)


@dataclass(frozen=True, slots=True)
class CellSizes:
    """Cell heights by number of parameters, on a log scale from the fewest to the most."""

    fewest: float
    most: float

    @classmethod
    def of(cls, anatomy: Anatomy) -> CellSizes:
        logs = [_log(module) for module in anatomy] or [0.0]
        return cls(min(logs), max(logs))

    def height(self, module: Module) -> float:
        low, high = CELL_HEIGHTS
        span = self.most - self.fewest
        share = (_log(module) - self.fewest) / span if span else 1.0
        return low + share * (high - low)


def lines_of(segments: Iterable[Segment], limit: float) -> tuple[Line, ...]:
    """Fill lines up to ``limit`` in execution order; a segment is broken only where no line can hold it."""
    lines: list[list[Part]] = [[]]
    for segment in segments:
        for part in _parts(segment, limit):
            line = Line((*lines[-1], part))
            if lines[-1] and line.width > limit:
                lines.append([])
            lines[-1].append(part)
    return tuple(Line(tuple(parts)) for parts in lines if parts)


def place_lines(lines: Sequence[Line], inside: Box, pitch: float, sizes: CellSizes) -> tuple[Row, ...]:
    """Rows from the top of ``inside`` downwards, ``pitch`` apart."""
    rows: list[Row] = []
    for number, line in enumerate(lines):
        y = inside.y + number * pitch
        x = inside.x
        for part in line.parts:
            cells = tuple(_cells(part, x, y, pitch, sizes))
            room = inside.right - (x + part.width) - GROUP_GAP if part is line.parts[-1] else 0.0
            label = Box(x + part.width + GROUP_GAP, y, room, pitch) if room >= SHORTEST_LABEL else None
            handle = Box(x, y, LEAD, pitch)
            rows.append(Row(part.segment.region, part.segment.paths, handle, label, cells))
            x += part.width + SEGMENT_GAP
    return tuple(rows)


def _cells(part: Part, x: float, y: float, pitch: float, sizes: CellSizes) -> Iterable[Cell]:
    x += LEAD
    base = y + (pitch + CELL_HEIGHTS[1]) / 2
    for group in part.groups:
        for module in group:
            height = sizes.height(module)
            box = Box(x + (SLOT_WIDTH - CELL_WIDTH) / 2, base - height, CELL_WIDTH, height)
            yield Cell(module.path, module.kind, box, Box(x, y, SLOT_WIDTH, pitch))
            x += SLOT_WIDTH
        x += GROUP_GAP


def _parts(segment: Segment, limit: float) -> list[Part]:
    parts: list[list[tuple[Module, ...]]] = [[]]
    for group in _pieces(segment.groups, limit):
        if parts[-1] and Part(segment, (*parts[-1], group)).width > limit:
            parts.append([])
        parts[-1].append(group)
    return [Part(segment, tuple(groups)) for groups in parts]


def _pieces(groups: Iterable[tuple[Module, ...]], limit: float) -> Iterable[tuple[Module, ...]]:
    """The groups, those longer than a line cut into pieces."""
    longest = max(1, int(min(limit, 1e9) - LEAD) // int(SLOT_WIDTH))
    for group in groups:
        for start in range(0, len(group), longest):
            yield group[start : start + longest]


def _log(module: Module) -> float:
    return math.log(max(1, module.parameters))
