"""A sheet as one PNG image."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from alienlab.domain.errors import SessionError
from alienlab.session.files import write_atomically
from alienlab.session.paths import bold_font, regular_font
from alienlab.session.sheets.colours import GROUND
from alienlab.session.sheets.content import Labelling, Sheet
from alienlab.session.sheets.design import Design, has_strips, has_values, largest
from alienlab.session.sheets.layout import row_label_width
from alienlab.session.sheets.page import Composition, Page, compose, draw_page
from alienlab.session.sheets.surface import Align, Box, Point, Type

_USUAL_SIDE = 256
"""Pixels to which small images are enlarged, by whole numbers."""
_SMALLER_SIDES = (512, 256, 128, 64, 32)
_MIN_COLUMN = 144
"""Where there are captions."""
_MIN_WIDTH = 640
_MAX_PIXELS = 64_000_000
_MAX_ON_PAGE = 20_000_000
"""For what shall be seen as a whole."""
_MAX_SIDE = 32_000
_ROOM_OF_NUMBERS = 40
"""Pixels of a column up to which nothing can be read beneath it."""


def write_sheet_png(sheet: Sheet, path: Path) -> None:
    """Raises SessionError where it cannot be written, or would be too large for one image."""
    page = draw_sheet_png(sheet)
    buffer = io.BytesIO()
    page.save(buffer, "PNG", optimize=page.width * page.height < 4_000_000)
    write_atomically(path, buffer.getvalue())


def draw_sheet_png(sheet: Sheet, *, most_pixels: int | None = None) -> Pillow.Image:
    """The sheet as one picture; with ``most_pixels`` its images, and in the end all of it, are made smaller."""
    made, page = _composed(sheet, most_pixels or (_MAX_ON_PAGE if sheet.is_one_page else _MAX_PIXELS))
    picture = Pillow.new("RGB", _size(made, page), GROUND)
    draw_page(_Pixels(picture), page, made)
    share = 1.0 if most_pixels is None else math.sqrt(most_pixels / (picture.width * picture.height))
    if share < 1.0:
        picture.thumbnail((max(1, int(picture.width * share)), max(1, int(picture.height * share))))
    return picture


def enlargement(width: int, height: int) -> int:
    """Whole number by which an image of this size is enlarged so that it is easily seen."""
    return max(1, _USUAL_SIDE // max(width, height))


@lru_cache(maxsize=100_000)
def pixel_width(text: str, kind: Type) -> float:
    return font_of(kind).getlength(text)


def _composed(sheet: Sheet, most_pixels: int) -> tuple[Composition, Page]:
    """At full size where that fits on one image, otherwise with smaller tiles."""
    smallest = None
    rows = sum(math.ceil(len(section.cells) / sheet.columns) for section in sheet.sections)
    for box in _boxes(*largest(sheet)):
        if rows * box[1] > _MAX_SIDE or sheet.columns * box[0] > _MAX_SIDE:
            continue
        made = _composed_with(sheet, box)
        [page] = made.pages(math.inf)
        width, height = _size(made, page)
        if max(width, height) <= _MAX_SIDE:
            if width * height <= most_pixels:
                return made, page
            smallest = made, page
    if smallest is None or most_pixels >= _MAX_ON_PAGE:
        raise SessionError(
            f"{len(sheet.cells)} images are too many for one PNG sheet. Write a PDF, or take more columns."
        )
    return smallest


def _boxes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """Rooms of an image, the largest first: whole multiples, then smaller ones."""
    for factor in range(enlargement(width, height), 0, -1):
        yield width * factor, height * factor
    longer = max(width, height)
    for side in (side for side in _SMALLER_SIDES if side < longer):
        yield max(1, round(width * side / longer)), max(1, round(height * side / longer))


def _composed_with(sheet: Sheet, box: tuple[int, int]) -> Composition:
    unit = min(max(max(box) / 340, 1.0), 2.5)
    whole = min(max(box[0] * sheet.columns / 1400, unit), 4.0) if sheet.is_one_page else unit

    def sized(length: float) -> int:
        return round(length * unit)

    def headed(length: float) -> int:
        """What is read while the page is seen as a whole."""
        return round(length * whole)

    labels = sheet.labels
    if labels is Labelling.CAPTIONS and sheet.is_one_page and box[0] < _MIN_COLUMN:
        labels = Labelling.NUMBERS
    if labels is Labelling.NUMBERS and box[0] < _ROOM_OF_NUMBERS:
        labels = Labelling.NONE
    caption = Type(sized(15 if labels is Labelling.CAPTIONS else 13 if box[0] >= 96 else 11))
    design = Design(
        columns=sheet.columns,
        box=(float(box[0]), float(box[1])),
        column_width=max(box[0], _MIN_COLUMN) if labels is Labelling.CAPTIONS else box[0],
        gutter=sized(20) if labels is Labelling.CAPTIONS else max(4, min(sized(20), box[0] // 10)),
        row_labels=0.0,
        title=Type(headed(30), is_bold=True),
        text=Type(headed(17)),
        heading=Type(headed(18), is_bold=True),
        caption=caption,
        labels=labels,
        has_strip=has_strips(sheet),
        has_value=has_values(sheet),
        is_whole=True,
    )
    design = replace(design, row_labels=row_label_width(sheet, design.head, pixel_width, most=headed(260)))
    margin = headed(40)
    width = max(round(design.width), _MIN_WIDTH - 2 * margin)
    return compose(sheet, design, pixel_width, corner=(margin, margin), width=width)


def _size(made: Composition, page: Page) -> tuple[int, int]:
    """The page with its margins."""
    margin = round(made.left)
    return round(made.width) + 2 * margin, math.ceil(page.bottom) + margin


@cache
def font_of(kind: Type) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(bold_font() if kind.is_bold else regular_font(), max(1, round(kind.size)))


class _Pixels:
    """Draws into a Pillow image; what is drawn stands on whole pixels."""

    hairline = 1.0

    def __init__(self, picture: Pillow.Image) -> None:
        self._picture = picture
        self._draw = ImageDraw.Draw(picture)

    def text(self, at: Point, text: str, kind: Type, ink: str, align: Align = Align.LEFT) -> None:
        anchor = {Align.LEFT: "ls", Align.CENTRE: "ms", Align.RIGHT: "rs"}[align]
        self._draw.text((round(at[0]), round(at[1] + kind.size)), text, ink, font_of(kind), anchor)

    def fill(self, box: Box, colour: str) -> None:
        left, top, right, bottom = _edges(box)
        self._draw.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), colour)

    def frame(self, box: Box, colour: str) -> None:
        left, top, right, bottom = _edges(box)
        self._draw.rectangle((left - 1, top - 1, right, bottom), outline=colour)

    def line(self, start: Point, end: Point, colour: str) -> None:
        self._draw.line((round(start[0]), round(start[1]), round(end[0]), round(end[1])), colour, 1)

    def image(self, picture: Pillow.Image, box: Box) -> Box:
        """Enlarged by a whole number with its pixels kept, or made smaller smoothly; never stretched."""
        left, top, right, bottom = _edges(box)
        scaled = _scaled(picture, right - left, bottom - top)
        self._picture.paste(scaled, (left, top))
        return left, top, scaled.width, scaled.height


def _edges(box: Box) -> tuple[int, int, int, int]:
    left, top, width, height = box
    return round(left), round(top), round(left + width), round(top + height)


def _scaled(picture: Pillow.Image, width: int, height: int) -> Pillow.Image:
    factor = min(width // picture.width, height // picture.height)
    if factor >= 1:
        size = picture.width * factor, picture.height * factor
        return picture.resize(size, Pillow.Resampling.NEAREST)
    smaller = picture.copy()
    smaller.thumbnail((width, height), Pillow.Resampling.LANCZOS)
    return smaller
