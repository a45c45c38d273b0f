"""The pages of a sheet: where their parts stand, and how these are drawn on any surface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image as Pillow

from alienlab.domain.errors import AlienLabError
from alienlab.session.sheets.colours import EMPTY, INK, RULE, SOFT_INK, colour_of, operation_colour
from alienlab.session.sheets.content import Labelling, Sheet, SheetCell
from alienlab.session.sheets.design import Design
from alienlab.session.sheets.layout import (
    MAX_HEADING_LINES,
    ROW_GAP,
    Heading,
    Heads,
    Row,
    SectionLayout,
    fits_in,
    lay_out,
    value_height,
)
from alienlab.session.sheets.legend import Legend, draw_track, legend_of
from alienlab.session.sheets.surface import Align, Box, Measure, Surface, Type
from alienlab.session.sheets.wrapping import wrap

Part = Heading | Heads | Row


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Its parts with the distance of their tops from the top of the page."""

    parts: tuple[tuple[float, Part], ...]
    has_legend: bool

    @property
    def bottom(self) -> float:
        top, part = self.parts[-1]
        return top + part.height


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """A sheet that is ready to be drawn."""

    sheet: Sheet
    design: Design
    measure: Measure
    left: float
    top: float
    width: float
    title: tuple[str, ...]
    common: tuple[str, ...]
    legend: Legend | None
    sections: tuple[SectionLayout, ...]
    are_values_written: bool
    """Beside numbers, which need little room, but some."""

    @property
    def header(self) -> float:
        """Height of what every page begins with."""
        design = self.design
        return len(self.title) * design.title.line + len(self.common) * design.text.line + design.text.size

    @property
    def legend_room(self) -> float:
        """Height of the legend with what parts it from what follows; 0 without one."""
        return 0.0 if self.legend is None else self.legend.height + 0.8 * self.design.text.size

    def pages(self, bottom: float) -> list[Page]:
        """``bottom`` is how far down a page may be filled; what is higher than a page stands alone."""
        return [_explained(page, self.legend_room, bottom) for page in _pages(self, bottom)]


def compose(
    sheet: Sheet, design: Design, measure: Measure, *, corner: tuple[float, float], width: float
) -> Composition:
    """``corner`` is the top left of what is drawn, ``width`` the room for headings."""
    return Composition(
        sheet=sheet,
        design=design,
        measure=measure,
        left=corner[0],
        top=corner[1],
        width=width,
        title=wrap(sheet.title, fits_in(width, design.title, measure), most=2),
        common=wrap(sheet.common, fits_in(width, design.text, measure), most=MAX_HEADING_LINES),
        legend=legend_of(sheet, design, measure, width),
        sections=tuple(lay_out(sheet, design, measure, width=width)),
        are_values_written=_are_values_written(sheet, design, measure),
    )


def _are_values_written(sheet: Sheet, design: Design, measure: Measure) -> bool:
    """Everywhere or nowhere."""
    scale, kind = sheet.scale, design.caption
    if scale is None or design.labels is not Labelling.NUMBERS:
        return False
    number = max(measure(cell.number, kind) for cell in sheet.cells)
    value = max((measure(scale.text(cell.value), kind) for cell in sheet.cells if cell.value is not None), default=0.0)
    return number + kind.size + value <= design.box[0]


def draw_page(surface: Surface, page: Page, made: Composition) -> None:
    """Everything but the foot."""
    design, top = made.design, made.top
    for line in made.title:
        surface.text((made.left, top), line, design.title, INK)
        top += design.title.line
    for line in made.common:
        surface.text((made.left, top), line, design.text, SOFT_INK)
        top += design.text.line
    if page.has_legend and made.legend is not None:
        made.legend.draw(surface, (made.left, top + 0.6 * design.text.size), made.measure)
    for top, part in page.parts:
        match part:
            case Heading():
                _draw_heading(surface, part, made, top)
            case Heads():
                _draw_heads(surface, part, made, top)
            case Row():
                _draw_row(surface, part, made, top)


def _pages(made: Composition, bottom: float) -> Iterator[Page]:
    """The first of them has the legend."""
    first = made.top + made.header
    parts: list[tuple[float, Part]] = []
    top, has_legend = first + made.legend_room, True
    for section in made.sections:
        for index, row in enumerate(section.rows):
            above = _above(section) if index == 0 else ()
            if parts and top + sum(part.height for part in (*above, row)) > bottom:
                yield Page(tuple(parts), has_legend)
                parts, top, has_legend = [], first, False
                above = _above(section, is_continued=index > 0)
            for part in (*above, row):
                parts.append((top, part))
                top += part.height
            top += made.design.row_gap
    yield Page(tuple(parts), has_legend)


def _explained(page: Page, room: float, bottom: float) -> Page:
    """With the legend above all, where there is so much room left beneath."""
    if page.has_legend or not room or page.bottom + room > bottom:
        return page
    return Page(tuple((top + room, part) for top, part in page.parts), has_legend=True)


def _above(section: SectionLayout, *, is_continued: bool = False) -> tuple[Heading | Heads, ...]:
    heading = section.heading
    if heading is not None and is_continued:
        heading = heading.continued()
    return tuple(part for part in (heading, section.heads) if part is not None)


def _draw_heading(surface: Surface, heading: Heading, made: Composition, top: float) -> None:
    kind = made.design.heading
    surface.line((made.left, top), (made.left + made.width, top), RULE)
    _draw_lines(surface, heading.lines, made.left, top + 0.6 * kind.size, made)


def _draw_lines(surface: Surface, lines: Sequence[str], left: float, top: float, made: Composition) -> None:
    for line in lines:
        surface.text((left, top), line, made.design.heading, INK)
        top += made.design.heading.line


def _draw_heads(surface: Surface, heads: Heads, made: Composition, top: float) -> None:
    design, kind = made.design, made.design.head
    grid = made.left + design.row_labels
    if heads.across:
        centre = grid + (design.width - design.row_labels) / 2
        surface.text((centre, top), heads.across, Type(kind.size), SOFT_INK, Align.CENTRE)
        top += kind.line
    deepest = max(map(len, heads.columns), default=0)
    if heads.down and design.row_labels:
        right = grid - ROW_GAP * kind.size
        at = top + max(0, deepest - 1) * kind.line
        surface.text((right, at), heads.down, Type(kind.size), SOFT_INK, Align.RIGHT)
    for number, lines in enumerate(heads.columns):
        centre = grid + number * (design.column_width + design.gutter) + design.box[0] / 2
        for place, line in enumerate(lines):
            at = top + (deepest - len(lines) + place) * kind.line
            surface.text((centre, at), line, kind, INK, Align.CENTRE)


def _draw_row(surface: Surface, row: Row, made: Composition, top: float) -> None:
    design, kind = made.design, made.design.head
    left = made.left + design.row_labels
    at = top + max(0.0, (row.image_height - len(row.label) * kind.line) / 2)
    for line in row.label:
        surface.text((left - ROW_GAP * kind.size, at), line, kind, INK, Align.RIGHT)
        at += kind.line
    for cell, caption in row.cells:
        _draw_cell(surface, cell, caption, (left, top, design.box[0], row.image_height), made)
        left += design.column_width + design.gutter


def _draw_cell(surface: Surface, cell: SheetCell, caption: Sequence[str], box: Box, made: Composition) -> None:
    design = made.design
    left, top, _, height = box
    width = _draw_image(surface, cell, box)
    top += height
    if design.has_strip:
        top += design.gap
        if cell.strip is not None:
            _draw_strip(surface, cell, (left, top, width, design.strip), made)
        top += design.strip
    if design.has_value:
        _draw_value(surface, cell, (left, top + design.gap, width, design.strip), made)
        top += value_height(design)
    top += design.gap
    for line in caption:
        surface.text((left, top), line, design.caption, INK)
        top += design.caption.line


def _draw_image(surface: Surface, cell: SheetCell, box: Box) -> float:
    """Return how wide it is."""
    try:
        picture = Pillow.fromarray(cell.load())
    except AlienLabError:
        left, top, width, height = box
        surface.fill(box, EMPTY)
        surface.line((left, top), (left + width, top + height), RULE)
        surface.line((left, top + height), (left + width, top), RULE)
        surface.frame(box, RULE)
        return width
    covered = surface.image(picture, box)
    surface.frame(covered, RULE)
    return covered[2]


def _draw_strip(surface: Surface, cell: SheetCell, box: Box, made: Composition) -> None:
    left, top, width, height = box
    draw_track(surface, box, made.sheet.regions)
    least = max(2.0 * surface.hairline, 0.25 * made.design.caption.size)  # a single module of many is seen
    for mark in cell.strip or ():
        wide = max((mark.end - mark.start) * width, least)
        start = min(left + mark.start * width, left + width - wide)
        surface.fill((start, top, wide, height), operation_colour(mark.operation))


def _draw_value(surface: Surface, cell: SheetCell, box: Box, made: Composition) -> None:
    """A patch of the bar's colour with the value beside it; without captions a stripe, with it beneath if it fits."""
    scale, kind = made.sheet.scale, made.design.caption
    if scale is None or cell.value is None:
        return
    left, top, width, height = box
    colour, text = colour_of(cell.value, scale), scale.text(cell.value)
    if made.design.labels is not Labelling.CAPTIONS:
        surface.fill(box, colour)
        if made.are_values_written:
            surface.text((left + width, top + height + made.design.gap), text, kind, SOFT_INK, Align.RIGHT)
        return
    side = 0.75 * kind.size
    surface.fill((left, top + 0.18 * kind.size, side, side), colour)
    if side + 0.4 * kind.size + made.measure(text, kind) <= made.design.column_width:
        surface.text((left + side + 0.4 * kind.size, top), text, kind, INK)
