"""A sheet as one PNG image."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.session.files import write_atomically
from alienlab.session.paths import bold_font, regular_font
from alienlab.session.sheet_content import Sheet, SheetCell
from alienlab.session.sheet_layout import MAX_HEADING_LINES, Fits, Metrics, Row, SectionLayout, lay_out, wrap

GROUND = "#ffffff"
INK = "#1c2128"
SOFT_INK = "#59636e"
RULE = "#c8ced6"
EMPTY = "#eef0f2"

_USUAL_SIDE = 256
"""Pixels to which small images are enlarged, by whole numbers."""
_SMALLER_SIDES = (512, 256, 128, 64)
_MIN_COLUMN = 144
_MIN_WIDTH = 640
_MAX_PIXELS = 64_000_000
_MAX_SIDE = 32_000


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """Sizes that grow with the tiles, so that the text is read as easily beside large ones."""

    unit: float
    title: ImageFont.FreeTypeFont
    heading: ImageFont.FreeTypeFont
    text: ImageFont.FreeTypeFont
    caption: ImageFont.FreeTypeFont

    @classmethod
    def beside(cls, side: float) -> _Look:
        unit = min(max(side / 340, 1.0), 2.5)

        def font(path: Path, size: float) -> ImageFont.FreeTypeFont:
            return ImageFont.truetype(path, round(size * unit))

        return cls(
            unit, font(bold_font(), 30), font(bold_font(), 18), font(regular_font(), 17), font(regular_font(), 15)
        )

    def __call__(self, length: float) -> int:
        return round(length * self.unit)


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """Everything measured, in pixels."""

    look: _Look
    metrics: Metrics
    title: tuple[str, ...]
    common: tuple[str, ...]
    sections: list[SectionLayout]
    width: int
    height: int


def write_sheet_png(sheet: Sheet, path: Path) -> None:
    """Raises SessionError where it cannot be written, or would be too large for one image."""
    page = draw_sheet_png(sheet)
    buffer = io.BytesIO()
    page.save(buffer, "PNG", optimize=page.width * page.height < 4_000_000)
    write_atomically(path, buffer.getvalue())


def draw_sheet_png(sheet: Sheet, *, most_pixels: int | None = None) -> Pillow.Image:
    """The sheet as one picture; with ``most_pixels`` it is made smaller."""
    plan = _plan(sheet)
    page = Pillow.new("RGB", (plan.width, plan.height), GROUND)
    _draw(page, plan)
    share = 1.0 if most_pixels is None else math.sqrt(most_pixels / (page.width * page.height))
    if share < 1.0:
        page.thumbnail((max(1, int(page.width * share)), max(1, int(page.height * share))))
    return page


def enlargement(width: int, height: int) -> int:
    """Whole number by which an image of this size is enlarged so that it is easily seen."""
    return max(1, _USUAL_SIDE // max(width, height))


def _plan(sheet: Sheet) -> _Plan:
    """At full size where that fits on one image, otherwise with smaller tiles."""
    width = max(cell.width * enlargement(cell.width, cell.height) for cell in sheet.cells)
    height = max(cell.height * enlargement(cell.width, cell.height) for cell in sheet.cells)
    longer = max(width, height)
    for side in (longer, *(side for side in _SMALLER_SIDES if side < longer)):
        plan = _plan_with(sheet, (round(width * side / longer), round(height * side / longer)))
        if plan.width * plan.height <= _MAX_PIXELS and max(plan.width, plan.height) <= _MAX_SIDE:
            return plan
    raise SessionError(f"{len(sheet.cells)} images are too many for one PNG sheet. Write a PDF, or take more columns.")


def _plan_with(sheet: Sheet, box: tuple[int, int]) -> _Plan:
    look = _Look.beside(max(box))
    metrics = Metrics(
        columns=sheet.columns,
        column_width=max(box[0], _MIN_COLUMN),
        gutter=look(20),
        box=box,
        caption_gap=look(8),
        caption_line=look(20),
        row_gap=look(24),
        heading_line=look(25),
        heading_gap=look(12),
    )
    width = max(round(metrics.width), _MIN_WIDTH - 2 * look(40))
    title = wrap(sheet.title, _fits(look.title, width), most=2)
    shared = wrap(sheet.common, _fits(look.text, width), most=MAX_HEADING_LINES)
    sections = lay_out(
        sheet,
        metrics,
        caption_fits=_fits(look.caption, metrics.column_width),
        heading_fits=_fits(look.heading, width),
    )
    margin = look(40)
    plan = _Plan(look, metrics, title, shared, sections, width + 2 * margin, 0)
    bottom = max((top + height for top, height in _extents(plan)), default=0)
    return _Plan(look, metrics, title, shared, sections, plan.width, round(bottom) + margin)


def _fits(font: ImageFont.FreeTypeFont, width: float) -> Fits:
    return lambda text: font.getlength(text) <= width


def _header_height(plan: _Plan) -> float:
    look = plan.look
    return look(40) + len(plan.title) * look(38) + len(plan.common) * look(24) + look(20)


def _placed(plan: _Plan) -> Iterator[tuple[float, SectionLayout | Row]]:
    """Top of every section and row, down the page."""
    top = _header_height(plan)
    for index, section in enumerate(plan.sections):
        if index:
            top += plan.look(16)
        if section.heading is not None:
            yield top, section
            top += section.heading.height
        for row in section.rows:
            yield top, row
            top += row.height + plan.metrics.row_gap


def _extents(plan: _Plan) -> Iterator[tuple[float, float]]:
    for top, part in _placed(plan):
        if isinstance(part, Row):
            yield top, part.height


def _draw(page: Pillow.Image, plan: _Plan) -> None:
    draw, look = ImageDraw.Draw(page), plan.look
    left, top = look(40), float(look(40))
    for line in plan.title:
        draw.text((left, top), line, INK, look.title)
        top += look(38)
    for line in plan.common:
        draw.text((left, top), line, SOFT_INK, look.text)
        top += look(24)
    for top, part in _placed(plan):
        if isinstance(part, Row):
            _draw_row(page, draw, plan, part, round(top))
        else:
            _draw_heading(draw, plan, part, round(top))


def _draw_heading(draw: ImageDraw.ImageDraw, plan: _Plan, section: SectionLayout, top: int) -> None:
    left, look = plan.look(40), plan.look
    draw.line((left, top - look(8), plan.width - left, top - look(8)), RULE, 1)
    for line in section.heading.lines if section.heading else ():
        draw.text((left, top), line, INK, look.heading)
        top += round(plan.metrics.heading_line)


def _draw_row(page: Pillow.Image, draw: ImageDraw.ImageDraw, plan: _Plan, row: Row, top: int) -> None:
    metrics = plan.metrics
    left = float(plan.look(40))
    for cell, caption in row.cells:
        _draw_image(page, draw, cell, (round(left), top), metrics.box)
        line_top = top + metrics.box[1] + metrics.caption_gap
        for line in caption:
            draw.text((round(left), round(line_top)), line, INK, plan.look.caption)
            line_top += metrics.caption_line
        left += metrics.column_width + metrics.gutter


def _draw_image(
    page: Pillow.Image,
    draw: ImageDraw.ImageDraw,
    cell: SheetCell,
    corner: tuple[int, int],
    box: tuple[float, float],
) -> None:
    left, top = corner
    try:
        picture = _scaled(Pillow.fromarray(cell.load()), round(box[0]), round(box[1]))
    except AlienLabError:
        right, bottom = left + round(box[0]), top + round(box[1])
        draw.rectangle((left, top, right - 1, bottom - 1), EMPTY, RULE)
        draw.line((left, top, right - 1, bottom - 1), RULE)
        draw.line((left, bottom - 1, right - 1, top), RULE)
        return
    page.paste(picture, (left, top))
    draw.rectangle((left - 1, top - 1, left + picture.width, top + picture.height), outline=RULE)


def _scaled(picture: Pillow.Image, width: int, height: int) -> Pillow.Image:
    """Enlarged by a whole number with its pixels kept, or made smaller smoothly; never stretched."""
    factor = min(width // picture.width, height // picture.height)
    if factor >= 1:
        size = picture.width * factor, picture.height * factor
        return picture.resize(size, Pillow.Resampling.NEAREST)
    smaller = picture.copy()
    smaller.thumbnail((width, height), Pillow.Resampling.LANCZOS)
    return smaller
