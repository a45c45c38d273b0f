"""A sheet as a PDF: vector text, images at full resolution, as many pages as it takes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from alienlab.domain.errors import AlienLabError
from alienlab.session.files import write_atomically
from alienlab.session.paths import bold_font, regular_font
from alienlab.session.sheet_content import Sheet, SheetCell
from alienlab.session.sheet_layout import (
    MAX_CAPTION_LINES,
    MAX_HEADING_LINES,
    Fits,
    Heading,
    Metrics,
    Row,
    lay_out,
    wrap,
)

_REGULAR, _BOLD = "AlienLab", "AlienLab-Bold"
_PAGE = landscape(A4)
_MARGIN = 14 * mm
_FOOT = 8 * mm
_LARGEST = 110 * mm
_NARROWEST = 30 * mm
_TITLE, _TEXT, _HEADING = 15.0, 8.5, 9.5
_LEADING = 1.3
_INK, _SOFT_INK, _RULE, _EMPTY = (HexColor(code) for code in ("#1c2128", "#59636e", "#c8ced6", "#eef0f2"))


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """Headings and rows with the distance of their tops from the top of the page."""

    parts: tuple[tuple[float, Heading | Row], ...]


@dataclass(frozen=True, slots=True)
class _Header:
    """What is repeated on every page."""

    title: tuple[str, ...]
    common: tuple[str, ...]

    @property
    def height(self) -> float:
        return (len(self.title) * _TITLE + len(self.common) * _TEXT) * _LEADING + 6 * mm


def write_sheet_pdf(sheet: Sheet, path: Path) -> None:
    """Raises SessionError where it cannot be written."""
    _register_fonts()
    width = _PAGE[0] - 2 * _MARGIN
    header = _Header(
        wrap(sheet.title, _fits(_BOLD, _TITLE, width), most=2),
        wrap(sheet.common, _fits(_REGULAR, _TEXT, width), most=MAX_HEADING_LINES),
    )
    metrics, caption_size = _metrics(sheet, header)
    pages = list(_pages(sheet, metrics, header, caption_size))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=_PAGE, invariant=1)
    canvas.setTitle(" ".join(header.title))
    canvas.setCreator("AlienLab")
    for number, page in enumerate(pages, start=1):
        _draw_page(canvas, page, header, metrics, caption_size)
        _draw_foot(canvas, f"AlienLab{'' if len(pages) == 1 else f' · page {number} of {len(pages)}'}")
        canvas.showPage()
    canvas.save()
    write_atomically(path, buffer.getvalue())


def _register_fonts() -> None:
    for name, file in ((_REGULAR, regular_font()), (_BOLD, bold_font())):
        pdfmetrics.registerFont(TTFont(name, str(file)))


def _fits(font: str, size: float, width: float) -> Fits:
    return lambda text: pdfmetrics.stringWidth(text, font, size) <= width


def _metrics(sheet: Sheet, header: _Header) -> tuple[Metrics, float]:
    """The grid in points, and the size of its captions."""
    gutter = 5 * mm if sheet.columns <= 8 else 2 * mm
    usable = _PAGE[0] - 2 * _MARGIN - (sheet.columns - 1) * gutter
    column = min(usable / sheet.columns, _LARGEST)
    caption_size = min(9.0, max(4.0, 5.0 + column / 60))
    tallest = max(cell.height / cell.width for cell in sheet.cells)
    height = min(column * tallest, _room(sheet, header, caption_size))
    column = min(column, max(height / tallest, _NARROWEST))
    metrics = Metrics(
        columns=sheet.columns,
        column_width=column,
        gutter=gutter,
        box=(column, height),
        caption_gap=1.2 * mm,
        caption_line=caption_size * _LEADING,
        row_gap=4.5 * mm,
        heading_line=_HEADING * _LEADING,
        heading_gap=2 * mm,
    )
    return metrics, caption_size


def _room(sheet: Sheet, header: _Header, caption_size: float) -> float:
    """Height for an image: with the longest caption it fits on a page, with a usual one twice."""
    page = _PAGE[1] - 2 * _MARGIN - header.height
    line = caption_size * _LEADING
    alone = page - (MAX_CAPTION_LINES + 1) * line - 12 * mm
    rows = sum(math.ceil(len(section.cells) / sheet.columns) for section in sheet.sections)
    return alone if rows == 1 else min(alone, page / 2 - 4 * line - 12 * mm)


def _pages(sheet: Sheet, metrics: Metrics, header: _Header, caption_size: float) -> Iterator[_Page]:
    sections = lay_out(
        sheet,
        metrics,
        caption_fits=_fits(_REGULAR, caption_size, metrics.column_width),
        heading_fits=_fits(_BOLD, _HEADING, _PAGE[0] - 2 * _MARGIN - 24 * mm),
    )
    first, bottom = _MARGIN + header.height, _PAGE[1] - _MARGIN
    parts: list[tuple[float, Heading | Row]] = []
    top = first
    for section in sections:
        heading = section.heading
        for index, row in enumerate(section.rows):
            needed = row.height + (heading.height if heading and index == 0 else 0.0)
            if parts and top + needed > bottom:
                yield _Page(tuple(parts))
                parts, top = [], first
            shown = heading if index == 0 or parts else _continued(heading)
            if shown is not None and (index == 0 or not parts):
                parts.append((top, shown))
                top += shown.height
            parts.append((top, row))
            top += row.height + metrics.row_gap
    yield _Page(tuple(parts))


def _continued(heading: Heading | None) -> Heading | None:
    if heading is None:
        return None
    return Heading((*heading.lines[:-1], f"{heading.lines[-1]} (continued)"), heading.height)


def _draw_page(canvas: Canvas, page: _Page, header: _Header, metrics: Metrics, caption_size: float) -> None:
    top = _draw_lines(canvas, header.title, _BOLD, _TITLE, _MARGIN, _MARGIN, _INK)
    _draw_lines(canvas, header.common, _REGULAR, _TEXT, _MARGIN, top, _SOFT_INK)
    for top, part in page.parts:
        if isinstance(part, Heading):
            canvas.setStrokeColor(_RULE)
            canvas.setLineWidth(0.4)
            canvas.line(_MARGIN, _up(top - 1 * mm), _PAGE[0] - _MARGIN, _up(top - 1 * mm))
            _draw_lines(canvas, part.lines, _BOLD, _HEADING, _MARGIN, top, _INK)
        else:
            _draw_row(canvas, part, metrics, caption_size, top)


def _draw_row(canvas: Canvas, row: Row, metrics: Metrics, caption_size: float, top: float) -> None:
    left = _MARGIN
    for cell, caption in row.cells:
        _draw_image(canvas, cell, left, top, metrics.box)
        line_top = top + metrics.box[1] + metrics.caption_gap
        _draw_lines(canvas, caption, _REGULAR, caption_size, left, line_top, _INK)
        left += metrics.column_width + metrics.gutter


def _draw_image(canvas: Canvas, cell: SheetCell, left: float, top: float, box: tuple[float, float]) -> None:
    canvas.setStrokeColor(_RULE)
    canvas.setLineWidth(0.3)
    try:
        picture = Pillow.fromarray(cell.load())
    except AlienLabError:
        canvas.setFillColor(_EMPTY)
        canvas.rect(left, _up(top + box[1]), box[0], box[1], fill=1)
        canvas.line(left, _up(top), left + box[0], _up(top + box[1]))
        canvas.line(left, _up(top + box[1]), left + box[0], _up(top))
        return
    scale = min(box[0] / picture.width, box[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    canvas.drawImage(ImageReader(picture), left, _up(top + height), width, height)
    canvas.rect(left, _up(top + height), width, height)


def _draw_lines(
    canvas: Canvas, lines: tuple[str, ...], font: str, size: float, left: float, top: float, ink: Color
) -> float:
    """Draw lines below ``top``; return where the next one would begin."""
    canvas.setFillColor(ink)
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(left, _up(top + size), line)
        top += size * _LEADING
    return top


def _draw_foot(canvas: Canvas, text: str) -> None:
    canvas.setFillColor(_SOFT_INK)
    canvas.setFont(_REGULAR, 7)
    canvas.drawRightString(_PAGE[0] - _MARGIN, _FOOT, text)


def _up(distance_from_top: float) -> float:
    """PDF counts from the bottom."""
    return _PAGE[1] - distance_from_top
