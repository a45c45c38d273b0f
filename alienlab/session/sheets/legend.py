"""The legend of a sheet: what the strips show, and the colour bar."""

from __future__ import annotations

from dataclasses import dataclass

from alienlab.domain.lesions import AnyOperation
from alienlab.session.sheets.colours import (
    INK,
    RULE,
    SOFT_INK,
    STRIP,
    STRIP_TICK,
    bar_colour,
    in_order,
    operation_colour,
)
from alienlab.session.sheets.content import Sheet, SheetRegion, SheetScale
from alienlab.session.sheets.design import Design, has_strips, has_values
from alienlab.session.sheets.surface import Align, Box, Measure, Point, Surface, Type

STRIP_SAID = "Modules in order of execution"
_STRIP_WIDTH = 44
_BAR_WIDTH = 16
"""In sizes of its type."""
_BAR_STEPS = 64
_TICKED = 8
"""Hairlines that regions are wide on average, from which on there are ticks between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Legend:
    """Up to two blocks, side by side where there is room."""

    sheet: Sheet
    kind: Type
    operations: tuple[AnyOperation, ...]
    strip: Box | None
    """The whole block, from the top left of the legend; None without strips."""
    bar: Box | None
    height: float

    def draw(self, surface: Surface, at: Point, measure: Measure) -> None:
        if self.strip is not None:
            self._draw_strip(surface, _moved(self.strip, at), measure)
        if self.bar is not None and self.sheet.scale is not None:
            _draw_bar(surface, _moved(self.bar, at), self.kind, self.sheet)

    def _draw_strip(self, surface: Surface, box: Box, measure: Measure) -> None:
        left, top, width, _ = box
        kind = self.kind
        surface.text((left, top), STRIP_SAID, kind, SOFT_INK)
        at = left + measure(STRIP_SAID, kind) + 1.5 * kind.size
        for operation in self.operations:
            surface.fill((at, top + 0.35 * kind.size, 0.6 * kind.size, 0.6 * kind.size), operation_colour(operation))
            surface.text((at + kind.size, top), str(operation), kind, INK)
            at += measure(str(operation), kind) + 2 * kind.size
        track = (left, top + 1.35 * kind.line, width, 0.5 * kind.size)
        draw_track(surface, track, self.sheet.regions)
        for region in self.sheet.regions:
            room = (region.end - region.start) * width
            centre = left + (region.start + region.end) / 2 * width
            for name in [name for name in region.names if measure(name, kind) + 0.4 * kind.size <= room][:1]:
                surface.text((centre, top + 2 * kind.line), name, kind, SOFT_INK, Align.CENTRE)


def legend_of(sheet: Sheet, design: Design, measure: Measure, width: float) -> Legend | None:
    """None where there is nothing to explain."""
    kind = design.legend
    operations = in_order(mark.operation for cell in sheet.cells for mark in cell.strip or ())
    block = 3.1 * kind.line
    strip = bar = None
    if has_strips(sheet):
        said = measure(STRIP_SAID, kind) + sum(measure(str(one), kind) + 2 * kind.size for one in operations)
        strip = (0.0, 0.0, min(width, max(_STRIP_WIDTH * kind.size, said + kind.size)), block)
    if has_values(sheet):
        wide = min(width, _BAR_WIDTH * kind.size)
        beside = strip is not None and strip[2] + 4 * kind.size + wide <= width
        bar = (width - wide if beside else 0.0, 0.0 if beside or strip is None else 1.15 * block, wide, block)
    if strip is None and bar is None:
        return None
    height = max(one[1] + one[3] for one in (strip, bar) if one is not None)
    return Legend(sheet, kind, operations, strip, bar, height)


def draw_track(surface: Surface, box: Box, regions: tuple[SheetRegion, ...]) -> None:
    """All modules, the regions told apart by shade and by ticks."""
    left, top, width, height = box
    surface.fill(box, STRIP[0])
    for number, region in enumerate(regions):
        start = left + region.start * width
        surface.fill((start, top, (region.end - region.start) * width, height), STRIP[number % len(STRIP)])
    for region in regions[1:] if width > _TICKED * surface.hairline * len(regions) else ():
        at = left + region.start * width
        surface.line((at, top), (at, top + height), STRIP_TICK)


def _draw_bar(surface: Surface, box: Box, kind: Type, sheet: Sheet) -> None:
    scale = sheet.scale
    assert scale is not None
    left, top, width, _ = box
    surface.text((left, top), scale_said(scale), kind, SOFT_INK)
    track = (left, top + 1.35 * kind.line, width, 0.6 * kind.size)
    for step in range(_BAR_STEPS):
        colour = bar_colour((step + 0.5) / _BAR_STEPS, scale)
        start = width * step / _BAR_STEPS  # each reaches to the end, so that no seam is left between two
        surface.fill((left + start, track[1], width - start, track[3]), colour)
    surface.frame(track, RULE)
    is_exceeded = any(cell.value is not None and cell.value > scale.high for cell in sheet.cells)
    ends = (scale.text(scale.low), scale.text((scale.low + scale.high) / 2), scale.text(scale.high))
    places = zip((left, left + width / 2, left + width), ends, Align, strict=True)
    for place, text, align in places:
        said = f"≥ {text}" if is_exceeded and align is Align.RIGHT else text
        surface.text((place, top + 2 * kind.line), said, kind, SOFT_INK, align)


def scale_said(scale: SheetScale) -> str:
    """What a measure is called, with its unit."""
    return f"{scale.heading}, {scale.unit}" if scale.unit else scale.heading


def _moved(box: Box, at: Point) -> Box:
    return box[0] + at[0], box[1] + at[1], box[2], box[3]
