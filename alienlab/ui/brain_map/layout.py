"""Lays an anatomy out as a U: encoder down the left, middle at the bottom, decoder up the right. No Qt."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy, Flow, Stage
from alienlab.ui.brain_map.blocks import Block, blocks_of
from alienlab.ui.brain_map.geometry import Box, Frame, Link, MapLayout, Skip, bounds
from alienlab.ui.brain_map.rows import ROW_HEIGHT, CellSizes, Line, lines_of, place_lines

LABEL_HEIGHT = 17.0
PADDING = 6.0
MARGIN = 8.0
FRAME_GAP = 8.0
VALLEY = 40.0
"""Width of the ground between encoder and decoder, where skip connections are seen."""
LETTER = 9.0
"""Width for a letter of a frame's label: labels keep their size where the map is somewhat smaller."""
LOOSEST = 1.6
"""How far rows may stand apart where a frame is as tall as its taller neighbour across the U."""

_LIMITS = tuple(range(80, 800, 16))
_WORTH_BREAKING = 360.0
"""Segments wider than this may be broken into several lines."""


class MapPlan:
    """The layouts of one anatomy: panes of other shapes want lines of other lengths."""

    def __init__(self, anatomy: Anatomy) -> None:
        self._anatomy = anatomy
        self._plan = _Plan(blocks_of(anatomy), CellSizes.of(anatomy))
        shortest = min(self._plan.widest_segment, _WORTH_BREAKING)
        self._drafts = [(limit, *self._plan.size(limit)) for limit in _LIMITS if limit >= shortest]
        self._layouts: dict[int, MapLayout] = {}

    def for_pane(self, width: float, height: float) -> MapLayout:
        """The layout that is largest in a pane; the same object for panes of a like shape."""
        best, _, _ = max(self._drafts, key=lambda draft: min(width / draft[1], height / draft[2]))
        if best not in self._layouts:
            self._layouts[best] = self._lay_out(best)
        return self._layouts[best]

    def _lay_out(self, limit: int) -> MapLayout:
        frames = self._plan.place(limit)
        cells = {cell.path: cell for frame in frames for row in frame.rows for cell in row.cells}
        ordered = {path: cells[path] for path in self._anatomy.paths}
        area = bounds(frame.box for frame in frames)
        links = tuple(_links(self._plan.stream, frames))
        skips = _skips(self._anatomy, frames)
        return MapLayout(area.right + MARGIN, area.bottom + MARGIN, frames, skips, links, ordered)


def lay_out(anatomy: Anatomy, *, width: float = 640.0, height: float = 500.0) -> MapLayout:
    """Place every module of ``anatomy`` for a pane of this size."""
    return MapPlan(anatomy).for_pane(width, height)


def resolution_label(level: int) -> str:
    """How large the latent is at a level, as a person says it."""
    fractions = {0: "full size", 1: "½ size", 2: "¼ size", 3: "⅛ size"}
    return fractions.get(level, f"1/{2**level} size")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block broken into lines, not placed yet."""

    block: Block
    lines: tuple[Line, ...]

    @property
    def width(self) -> float:
        title = (len(self.block.title) + len(_resolution(self.block)) + 1) * LETTER
        return 2 * PADDING + max(title, max(line.width for line in self.lines))

    @property
    def height(self) -> float:
        return LABEL_HEIGHT + PADDING + ROW_HEIGHT * len(self.lines)


class _Plan:
    """The bands of the map: what stands beside what."""

    def __init__(self, blocks: Sequence[Block], sizes: CellSizes) -> None:
        self._sizes = sizes
        by_stage = {stage: [block for block in blocks if block.stage is stage] for stage in Stage}
        self._time = by_stage[Stage.TIME]
        self._middle = by_stage[Stage.MIDDLE]
        encoder, decoder = by_stage[Stage.ENCODER], by_stage[Stage.DECODER]
        self._bands = list(itertools.zip_longest(encoder, reversed(decoder)))
        self.stream = [*encoder, *self._middle, *decoder]

    @property
    def widest_segment(self) -> float:
        drafts = [_draft(block, math.inf) for block in [*self.stream, *self._time]]
        return max(part.width for draft in drafts for line in draft.lines for part in line.parts)

    def size(self, limit: float) -> tuple[float, float]:
        """Width and height that the map needs with lines of at most ``limit``."""
        area = bounds(box for _, box in self._boxes(limit))
        return area.right + MARGIN, area.bottom + MARGIN

    def place(self, limit: float) -> tuple[Frame, ...]:
        return tuple(_frame(draft, box, self._sizes) for draft, box in self._boxes(limit))

    def _boxes(self, limit: float) -> list[tuple[_Draft, Box]]:
        bands = [tuple(block and _draft(block, limit) for block in band) for band in self._bands]
        column = max((draft.width for band in bands for draft in band if draft), default=limit)
        whole = max(2 * column + VALLEY, *self._single_widths(limit), 0.0)
        column = (whole - VALLEY) / 2
        time = [_draft(block, limit) for block in self._time]
        shared = bool(bands) and all(bands[0]) and self._fits_between(time, bands[0], whole)
        boxes: list[tuple[_Draft, Box]] = []
        y = MARGIN
        if time and not shared:
            boxes += _in_a_row(time, whole, y, _tallest(time))
            y += _tallest(time) + FRAME_GAP
        for number, sides in enumerate(bands):
            beside = time if shared and number == 0 else []
            height = _tallest([*sides, *beside])
            boxes += _in_a_row(beside, whole, y, height)
            boxes += _on_both_sides(sides, whole, y, height, width=None if beside else column)
            y += height + FRAME_GAP
        for block in self._middle:
            draft = _draft(block, whole - 2 * PADDING)
            boxes += _in_a_row([draft], whole, y, draft.height)
            y += draft.height + FRAME_GAP
        return boxes

    def _single_widths(self, limit: float) -> list[float]:
        time = [_draft(block, limit).width for block in self._time]
        narrowest = [_draft(block, limit).width for block in self._middle]
        return [sum(time) + FRAME_GAP * max(0, len(time) - 1), *narrowest]

    @staticmethod
    def _fits_between(time: Sequence[_Draft], band: Iterable[_Draft | None], whole: float) -> bool:
        sides = [draft.width for draft in band if draft]
        middle = sum(draft.width for draft in time) + FRAME_GAP * (len(time) - 1)
        return bool(time) and 2 * max(sides) + middle + 2 * VALLEY <= whole


def _draft(block: Block, limit: float) -> _Draft:
    return _Draft(block, lines_of(block.segments, limit))


def _in_a_row(drafts: Sequence[_Draft], whole: float, y: float, height: float) -> list[tuple[_Draft, Box]]:
    """Side by side, centred."""
    total = sum(draft.width for draft in drafts) + FRAME_GAP * (len(drafts) - 1)
    x = MARGIN + (whole - total) / 2
    boxes: list[tuple[_Draft, Box]] = []
    for draft in drafts:
        boxes.append((draft, Box(x, y, draft.width, height)))
        x += draft.width + FRAME_GAP
    return boxes


def _on_both_sides(
    sides: Sequence[_Draft | None], whole: float, y: float, height: float, *, width: float | None
) -> Iterable[tuple[_Draft, Box]]:
    """Encoder at the left, decoder at the right; ``width`` None leaves both as wide as they need."""
    left, right = sides
    if left:
        yield left, Box(MARGIN, y, width or left.width, height)
    if right:
        own = width or right.width
        yield right, Box(MARGIN + whole - own, y, own, height)


def _tallest(drafts: Iterable[_Draft | None]) -> float:
    return max(draft.height for draft in drafts if draft)


def _frame(draft: _Draft, box: Box, sizes: CellSizes) -> Frame:
    block = draft.block
    label = Box(box.x + PADDING, box.y, box.width - 2 * PADDING, LABEL_HEIGHT)
    room = box.height - LABEL_HEIGHT - PADDING
    pitch = min(room / len(draft.lines), ROW_HEIGHT * LOOSEST)
    slack = room - pitch * len(draft.lines)
    inside = Box(label.x, label.bottom + slack / 2, label.width, pitch * len(draft.lines))
    # Data flows up in the decoder, so its first line stands at the bottom.
    lines = draft.lines[::-1] if block.stage is Stage.DECODER else draft.lines
    rows = place_lines(lines, inside, pitch, sizes)
    return Frame(block.title, block.region, _resolution(block), box, label, block.paths, rows)


def _resolution(block: Block) -> str:
    return "" if block.stage is Stage.TIME else resolution_label(block.level)


def _links(stream: Sequence[Block], frames: Sequence[Frame]) -> Iterable[Link]:
    boxes = {frame.paths: frame.box for frame in frames}
    for before, after in itertools.pairwise(boxes[block.paths] for block in stream):
        left, right = max(before.x, after.x), min(before.right, after.right)
        if right - left < ROW_HEIGHT:
            continue
        x = (left + right) / 2
        if before.bottom <= after.y:
            yield Link(x, before.bottom, after.y)
        elif after.bottom <= before.y:
            yield Link(x, before.y, after.bottom)


def _skips(anatomy: Anatomy, frames: Sequence[Frame]) -> tuple[Skip, ...]:
    """One curve for each pair of rows: a skip connection reaches several modules of a row."""
    rows = {cell.path: (row, cell) for frame in frames for row in frame.rows for cell in row.cells}
    skips: dict[tuple[int, int], Skip] = {}
    for source, target, flow in anatomy.flows:
        if flow is Flow.SKIP and source in rows and target in rows:
            (source_row, start), (target_row, end) = rows[source], rows[target]
            points = _curve(start.slot, end.slot)
            skips.setdefault((id(source_row), id(target_row)), Skip(source, target, points))
    return tuple(skips.values())


def _curve(start: Box, end: Box) -> tuple[tuple[float, float], ...]:
    x1, y1 = start.right - 1, start.center[1]
    x2, y2 = end.x + 1, end.center[1]
    reach = max(math.fabs(x2 - x1) / 2, VALLEY / 2)
    return (x1, y1), (x1 + reach, y1), (x2 - reach, y2), (x2, y2)
