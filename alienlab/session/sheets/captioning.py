"""Images with captions in a band beneath them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw

from alienlab.domain.events import Image
from alienlab.session.sheets.colours import GROUND, INK
from alienlab.session.sheets.layout import fits_in
from alienlab.session.sheets.pixels import font_of, pixel_width
from alienlab.session.sheets.png import enlargement
from alienlab.session.sheets.surface import Type
from alienlab.session.sheets.wrapping import wrap

MOST_LINES = 6
_LETTERS = 26
"""Sizes of type that go into the width of an image, about."""
_SMALLEST = 12


def captioned(images: Sequence[Image], captions: Sequence[str]) -> list[Image]:
    """All of one size again, the band as high as the longest caption needs; small images enlarged by whole numbers.

    The images are of one size; there is a caption for each.
    """
    height, width, _ = images[0].shape
    factor = enlargement(width, height)
    kind = Type(max(_SMALLEST, round(width * factor / _LETTERS)))
    room = fits_in(width * factor - 1.2 * kind.size, kind, pixel_width)
    lines = [wrap(caption, room, most=MOST_LINES) for caption in captions]
    band = round(max(map(len, lines)) * kind.line + 0.9 * kind.size)
    band += (height * factor + band) % 2  # films want even sides
    return [_with_band(image, own, factor, band, kind) for image, own in zip(images, lines, strict=True)]


def _with_band(image: Image, lines: Sequence[str], factor: int, band: int, kind: Type) -> Image:
    picture = Pictures.fromarray(image)
    size = picture.width * factor, picture.height * factor
    framed = Pictures.new("RGB", (size[0], size[1] + band), GROUND)
    framed.paste(picture.resize(size, Pictures.Resampling.NEAREST), (0, 0))
    draw = ImageDraw.Draw(framed)
    top = size[1] + 0.35 * kind.size
    for line in lines:
        draw.text((round(0.6 * kind.size), round(top + kind.size)), line, INK, font_of(kind), "ls")
        top += kind.line
    return np.asarray(framed)
