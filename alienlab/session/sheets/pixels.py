"""Pixels that a sheet is drawn on, as large as it is laid out or smaller."""

from __future__ import annotations

from functools import cache, lru_cache

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from alienlab.session.paths import bold_font, regular_font
from alienlab.session.sheets.surface import Align, Box, Point, Type


@lru_cache(maxsize=100_000)
def pixel_width(text: str, kind: Type) -> float:
    return font_of(kind).getlength(text)


def font_of(kind: Type) -> ImageFont.FreeTypeFont:
    return _font(max(1.0, float(round(kind.size))), is_bold=kind.is_bold)


@cache
def _font(size: float, *, is_bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(bold_font() if is_bold else regular_font(), size)


class Pixels:
    """Draws into a Pillow image; what is drawn stands on whole pixels.

    With a ``share`` below 1 everything is drawn so much smaller than it is laid out: a preview costs what is seen
    of it, and has its lines and its words where the sheet has them.
    """

    def __init__(self, picture: Pillow.Image, *, share: float = 1.0) -> None:
        self._picture = picture
        self._share = share
        self._draw = ImageDraw.Draw(picture)

    @property
    def hairline(self) -> float:
        return 1.0 / self._share

    def text(self, at: Point, text: str, kind: Type, ink: str, align: Align = Align.LEFT) -> None:
        anchor = {Align.LEFT: "ls", Align.CENTRE: "ms", Align.RIGHT: "rs"}[align]
        place = round(at[0] * self._share), round((at[1] + kind.size) * self._share)
        self._draw.text(place, text, ink, self._font(kind), anchor)

    def fill(self, box: Box, colour: str) -> None:
        left, top, right, bottom = self._edges(box)
        self._draw.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), colour)

    def frame(self, box: Box, colour: str) -> None:
        left, top, right, bottom = self._edges(box)
        self._draw.rectangle((left - 1, top - 1, right, bottom), outline=colour)

    def line(self, start: Point, end: Point, colour: str) -> None:
        self._draw.line(tuple(round(place * self._share) for place in (*start, *end)), colour, 1)

    def image(self, picture: Pillow.Image, box: Box) -> Box:
        """Enlarged by a whole number with its pixels kept, or made smaller smoothly; never stretched."""
        left, top, right, bottom = _edges(box)
        width, height = _scaled_size(picture, right - left, bottom - top)
        covered = (float(left), float(top), float(width), float(height))
        at_left, at_top, at_right, at_bottom = self._edges(covered)
        self._picture.paste(_scaled(picture, at_right - at_left, at_bottom - at_top), (at_left, at_top))
        return covered

    def _font(self, kind: Type) -> ImageFont.FreeTypeFont:
        size = max(1, round(kind.size)) * self._share
        return _font(max(1.0, round(4 * size) / 4), is_bold=kind.is_bold)

    def _edges(self, box: Box) -> tuple[int, int, int, int]:
        share = self._share
        return _edges((box[0] * share, box[1] * share, box[2] * share, box[3] * share))


def _edges(box: Box) -> tuple[int, int, int, int]:
    left, top, width, height = box
    return round(left), round(top), round(left + width), round(top + height)


def _scaled_size(picture: Pillow.Image, width: int, height: int) -> tuple[int, int]:
    factor = min(width / picture.width, height / picture.height)
    if factor >= 1:
        factor = int(factor)
    return max(1, round(picture.width * factor)), max(1, round(picture.height * factor))


def _scaled(picture: Pillow.Image, width: int, height: int) -> Pillow.Image:
    is_whole = width % picture.width == 0 and height % picture.height == 0
    kind = Pillow.Resampling.NEAREST if is_whole else Pillow.Resampling.LANCZOS
    return picture.resize((max(1, width), max(1, height)), kind)
