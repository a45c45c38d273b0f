"""A sheet as one PNG image."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image as Pillow

from alienlab.domain.errors import SessionError
from alienlab.session.files import write_atomically
from alienlab.session.sheets.colours import GROUND
from alienlab.session.sheets.content import Labelling, Sheet
from alienlab.session.sheets.design import Design, has_strips, has_values, largest
from alienlab.session.sheets.layout import row_label_width
from alienlab.session.sheets.page import Composition, Page, compose, draw_page
from alienlab.session.sheets.pixels import Pixels, pixel_width
from alienlab.session.sheets.surface import Type

_USUAL_SIDE = 256
"""Pixels to which small images are enlarged, by whole numbers."""
_SMALLER_SIDES = (512, 256, 128, 64, 32)
_MIN_COLUMN = 144
"""Where there are captions."""
_CAPTIONED_COLUMNS = 11
"""On a page that is seen as a whole, beneath more of them words are too small."""
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


def draw_sheet_png(sheet: Sheet, *, most_pixels: int | None = None, least_width: int = 1) -> Pillow.Image:
    """The sheet as one picture, with ``most_pixels`` the same made smaller.

    A high one keeps at least ``least_width``, as far as it has it, so that it can be read from top to bottom.
    """
    made, page = _composed(sheet, is_preview=most_pixels is not None)
    width, height = _size(made, page)
    share = 1.0
    if most_pixels is not None:
        share = min(1.0, max(math.sqrt(most_pixels / (width * height)), least_width / width))
    picture = Pillow.new("RGB", (max(1, int(width * share)), max(1, int(height * share))), GROUND)
    draw_page(Pixels(picture, share=share), page, made)
    return picture


def enlargement(width: int, height: int) -> int:
    """Whole number by which an image of this size is enlarged so that it is easily seen."""
    return max(1, _USUAL_SIDE // max(width, height))


def _composed(sheet: Sheet, *, is_preview: bool) -> tuple[Composition, Page]:
    """At full size where that fits on one image, otherwise with smaller tiles; a preview may have more pixels."""
    smallest = None
    most_pixels = _MAX_ON_PAGE if sheet.is_one_page else _MAX_PIXELS
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
    if smallest is None or not is_preview:
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
    is_crowded = box[0] < _MIN_COLUMN or sheet.columns > _CAPTIONED_COLUMNS
    if labels is Labelling.CAPTIONS and sheet.is_one_page and is_crowded:
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
