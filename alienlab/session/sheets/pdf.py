"""A sheet as a PDF: vector text, images at full resolution, as many pages as it takes."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image as Pillow
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from alienlab.domain.errors import SessionError
from alienlab.session.files import write_atomically
from alienlab.session.paths import bold_font, regular_font
from alienlab.session.sheets.colours import SOFT_INK
from alienlab.session.sheets.content import MAX_COLUMNS, Labelling, Sheet
from alienlab.session.sheets.design import Design, has_strips, has_values, largest
from alienlab.session.sheets.layout import row_label_width
from alienlab.session.sheets.page import Composition, Page, compose, draw_page
from alienlab.session.sheets.surface import Align, Box, Point, Type

_REGULAR, _BOLD = "AlienLab", "AlienLab-Bold"
_PAGES = (landscape(A4), A4)
_MARGIN = 14 * mm
_FOOT = 8 * mm
_ALONE = 25 * mm
"""Images at least this wide may be made smaller to stand on one page."""
_NARROWEST = 30 * mm
_CAPTIONED = 24 * mm
_NUMBERED = 5 * mm
"""Columns up to which captions, and numbers, cannot be read."""
_FULL = 0.75
"""The part of its paper from which on a page counts as full."""
_SHRINK = 0.96
_WORTH = {Labelling.CAPTIONS: 1.3, Labelling.NUMBERS: 1.1, Labelling.NONE: 1.0}
"""As many times larger an image has to be where it has lost its label."""
_TALLER = (1.0, 1.2, 1.4, 1.7, 2.0, 2.4)
"""How much higher than its image a cell may be, with what stands beneath it and above all."""


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """A sheet on pages of one orientation."""

    paper: tuple[float, float]
    made: Composition
    pages: tuple[Page, ...]

    @property
    def rank(self) -> tuple[bool, float, int]:
        """One page comes before many, then the larger images, somewhat for labels, then the fewer pages."""
        design = self.made.design
        return len(self.pages) == 1, round(design.box[0] * _WORTH[design.labels], 1), -len(self.pages)


def write_sheet_pdf(sheet: Sheet, path: Path) -> None:
    """Raises SessionError where it cannot be written, or does not go on the one page that is wanted."""
    _register_fonts()
    ways = ((one, paper) for paper in _PAGES for one in _variants(sheet, paper))
    layouts = [layout for one, paper in ways if (layout := _laid_out(one, paper)) is not None]
    if not layouts:
        raise SessionError(f"{len(sheet.cells)} images do not go on one page. Take more columns, or several pages.")
    layout = max(layouts, key=lambda layout: layout.rank)
    buffer = io.BytesIO()
    layout = _trimmed(layout)
    canvas = Canvas(buffer, pagesize=layout.paper, invariant=1, pageCompression=1)
    canvas.setTitle(" ".join(layout.made.title))
    canvas.setCreator("AlienLab")
    surface = _Points(canvas, layout.paper[1])
    for number, page in enumerate(layout.pages, start=1):
        draw_page(surface, page, layout.made)
        _draw_foot(surface, layout, number)
        canvas.showPage()
    canvas.save()
    write_atomically(path, buffer.getvalue())


def point_width(text: str, kind: Type) -> float:
    return kind.size * _unit_width(text, is_bold=kind.is_bold)


@lru_cache(maxsize=100_000)
def _unit_width(text: str, *, is_bold: bool) -> float:
    """The same texts are measured again for every size of the images that is tried."""
    return pdfmetrics.stringWidth(text, _BOLD if is_bold else _REGULAR, 1)


def _trimmed(layout: _Layout) -> _Layout:
    """A single page that would be empty for the most part ends where its images do."""
    width, height = layout.paper
    needed = layout.pages[0].bottom + _MARGIN
    return replace(layout, paper=(width, needed)) if len(layout.pages) == 1 and needed < _FULL * height else layout


def _variants(sheet: Sheet, paper: tuple[float, float]) -> list[Sheet]:
    """The sheet with as many columns as it has, or, where these are free, with what may fill the paper."""
    if not sheet.are_columns_free:
        return [sheet]
    width, height = largest(sheet)
    squares = len(sheet.cells) * (height / width) * (paper[0] - 2 * _MARGIN) / (paper[1] - 2 * _MARGIN)
    counts = {min(max(1, round(math.sqrt(squares * share))), MAX_COLUMNS) for share in _TALLER}
    return [replace(sheet, columns=count) for count in sorted(counts)]


def _laid_out(sheet: Sheet, paper: tuple[float, float]) -> _Layout | None:
    """All on one page where the images stay large enough, else on several; None where it must be one and is not."""
    boxes = _boxes(sheet, paper)
    legible = boxes if sheet.is_one_page else [box for box in boxes if box[0] >= _ALONE]
    alone = _first(sheet, paper, legible, _is_one_page)
    if alone is not None or sheet.is_one_page:
        return alone
    rows = sum(-(-len(section.cells) // sheet.columns) for section in sheet.sections)
    return _first(sheet, paper, boxes, lambda layout: _holds(layout, min(rows, 2))) or _paged(sheet, paper, boxes[-1])


def _first(
    sheet: Sheet,
    paper: tuple[float, float],
    boxes: Sequence[tuple[float, float]],
    serves: Callable[[_Layout], bool],
) -> _Layout | None:
    """The layout with the largest of the boxes that serves; a smaller one serves where a larger does."""
    start, end, found = 0, len(boxes), None
    while start < end:
        middle = (start + end) // 2
        layout = _paged(sheet, paper, boxes[middle])
        if serves(layout):
            found, end = layout, middle
        else:
            start = middle + 1
    return found


def _is_one_page(layout: _Layout) -> bool:
    return len(layout.pages) == 1 and layout.pages[0].bottom <= layout.paper[1] - _MARGIN


def _holds(layout: _Layout, rows: int) -> bool:
    """Whether the highest row goes so often on a page."""
    room = layout.paper[1] - 2 * _MARGIN - layout.made.header - layout.made.legend_room
    tallest = max(row.height for section in layout.made.sections for row in section.rows)
    return tallest <= room / rows - 8 * mm


def _boxes(sheet: Sheet, paper: tuple[float, float]) -> list[tuple[float, float]]:
    """Rooms of an image, the largest first."""
    _, widest = _design(sheet, paper, (1.0, 1.0))
    width, height = largest(sheet)
    sizes = [max(widest, mm)]
    while sizes[-1] > 2 * mm:
        sizes.append(sizes[-1] * _SHRINK)
    return [(size, size * height / width) for size in sizes]


def _paged(sheet: Sheet, paper: tuple[float, float], box: tuple[float, float]) -> _Layout:
    design, _ = _design(sheet, paper, box)
    usable = paper[0] - 2 * _MARGIN
    width = min(usable, max(design.width, 0.6 * usable))
    corner = (paper[0] - width) / 2, _MARGIN
    made = compose(sheet, design, point_width, corner=corner, width=width)
    return _Layout(paper, made, tuple(made.pages(paper[1] - _MARGIN)))


def _design(sheet: Sheet, paper: tuple[float, float], box: tuple[float, float]) -> tuple[Design, float]:
    """With the widest that an image may be on this paper."""
    labels = _labels(sheet, box[0])
    size = min(9.0, max(5.0, 6.0 + (box[0] - 30 * mm) / 60))
    if labels is not Labelling.CAPTIONS:
        size = min(7.5, max(4.0, box[0] / 4.5))
    gutter = 5 * mm if sheet.columns <= 8 and labels is Labelling.CAPTIONS else 2 * mm if sheet.columns <= 16 else mm
    design = Design(
        columns=sheet.columns,
        box=box,
        column_width=box[0],
        gutter=gutter,
        row_labels=0.0,
        title=Type(15.0, is_bold=True),
        text=Type(8.5),
        heading=Type(9.5, is_bold=True),
        caption=Type(size),
        labels=labels,
        has_strip=has_strips(sheet),
        has_value=has_values(sheet),
        is_whole=False,
    )
    usable = paper[0] - 2 * _MARGIN
    row_labels = row_label_width(sheet, design.head, point_width, most=0.2 * usable)
    design = replace(design, row_labels=row_labels)
    widest = (usable - row_labels - (sheet.columns - 1) * gutter) / sheet.columns
    least = _NARROWEST if labels is Labelling.CAPTIONS and not sheet.is_one_page else 0.0
    return replace(design, column_width=min(max(box[0], least), max(widest, box[0]))), widest


def _labels(sheet: Sheet, width: float) -> Labelling:
    """Fewer where there is no room, on a sheet that must go on one page."""
    labels = sheet.labels
    if not sheet.is_one_page:
        return labels
    if labels is Labelling.CAPTIONS and width < _CAPTIONED:
        labels = Labelling.NUMBERS
    return Labelling.NONE if labels is Labelling.NUMBERS and width < _NUMBERED else labels


@cache
def _register_fonts() -> None:
    for name, file in ((_REGULAR, regular_font()), (_BOLD, bold_font())):
        pdfmetrics.registerFont(TTFont(name, str(file)))


def _draw_foot(surface: _Points, layout: _Layout, number: int) -> None:
    pages = len(layout.pages)
    said = "AlienLab" if pages == 1 else f"AlienLab · page {number} of {pages}"
    right = layout.made.left + layout.made.width
    surface.text((right, layout.paper[1] - _FOOT - 7.0), said, Type(7.0), SOFT_INK, Align.RIGHT)


class _Points:
    """Draws on a PDF's canvas, which counts from the bottom."""

    hairline = 0.3

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas, self._height = canvas, height

    def text(self, at: Point, text: str, kind: Type, ink: str, align: Align = Align.LEFT) -> None:
        shift = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[align]
        self._canvas.setFillColor(HexColor(ink))
        self._canvas.setFont(_BOLD if kind.is_bold else _REGULAR, kind.size)
        left = at[0] - shift * (point_width(text, kind) if shift else 0.0)
        self._canvas.drawString(left, self._height - at[1] - kind.size, text)

    def fill(self, box: Box, colour: str) -> None:
        left, top, width, height = box
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(left, self._height - top - height, width, height, stroke=0, fill=1)

    def frame(self, box: Box, colour: str) -> None:
        left, top, width, height = box
        self._pen(colour)
        self._canvas.rect(left, self._height - top - height, width, height)

    def line(self, start: Point, end: Point, colour: str) -> None:
        self._pen(colour)
        self._canvas.line(start[0], self._height - start[1], end[0], self._height - end[1])

    def image(self, picture: Pillow.Image, box: Box) -> Box:
        """At full resolution: the page makes it smaller, not we."""
        left, top, width, height = box
        scale = min(width / picture.width, height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        self._canvas.drawImage(ImageReader(picture), left, self._height - top - high, wide, high)
        return left, top, wide, high

    def _pen(self, colour: str) -> None:
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(self.hairline)
