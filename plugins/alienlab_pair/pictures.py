"""The two pictures that the laboratory draws itself: a cat in a party hat, and a fox at night."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from alienlab.api import Image

SIDE = 32
_FINE = 16
"""Each pixel is drawn as this many by this many, and averaged."""

Colour = tuple[int, int, int]


class _Pen:
    """Draws in units of the finished picture's pixels."""

    def __init__(self, ground: Colour) -> None:
        self._image = Pillow.new("RGB", (SIDE * _FINE, SIDE * _FINE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def shape(self, colour: Colour, *corners: tuple[float, float]) -> None:
        self._draw.polygon(_fine(corners), fill=colour)

    def disc(self, colour: Colour, x: float, y: float, across: float, down: float | None = None) -> None:
        """An ellipse about (x, y) with these half-axes."""
        down = across if down is None else down
        self._draw.ellipse(_fine([(x - across, y - down), (x + across, y + down)]), fill=colour)

    def line(self, colour: Colour, width: float, *points: tuple[float, float]) -> None:
        self._draw.line(_fine(points), fill=colour, width=round(width * _FINE))

    def image(self) -> Image:
        return np.asarray(self._image.resize((SIDE, SIDE), Pillow.Resampling.BOX))


def cat() -> Image:
    """A grey cat in a party hat before a warm wall, [32, 32, 3]."""
    pen = _Pen((240, 196, 120))
    fur, dark, inner = (122, 126, 142), (52, 52, 66), (232, 164, 172)
    _ears(pen, fur, inner, top=9.0)
    pen.disc(fur, 16, 21, 10.5, 9)
    pen.disc((206, 208, 216), 16, 25, 5.5, 4)
    for x in (11.5, 20.5):
        pen.disc((190, 226, 96), x, 19.5, 2.4, 2.2)
        pen.disc((20, 22, 28), x, 19.5, 0.9, 2.0)
    pen.shape(inner, (14.6, 23), (17.4, 23), (16, 24.6))
    for side in (-1, 1):
        pen.line(dark, 0.5, (16, 24.4), (16 + 2.2 * side, 26.2))
        for drop in (-0.8, 1.2):
            pen.line((244, 240, 232), 0.45, (16 + 4 * side, 24.4), (16 + 11.5 * side, 24.4 + drop))
    pen.shape((214, 52, 98), (10.5, 12.6), (21.5, 12.6), (16, 1.2))
    pen.shape((92, 208, 222), (12.1, 9.4), (19.9, 9.4), (18.8, 7.0), (13.2, 7.0))
    pen.disc((255, 236, 96), 16, 1.8, 1.7)
    return pen.image()


def fox() -> Image:
    """A fox's face before a night sky with a moon, [32, 32, 3]."""
    pen = _Pen((44, 72, 128))
    fur, white, dark = (232, 122, 40), (250, 240, 226), (44, 32, 34)
    pen.disc((250, 236, 172), 27, 5, 3.4)
    for x, y in ((4, 5), (11, 3), (29, 15), (2.5, 16)):
        pen.disc((226, 232, 250), x, y, 0.6)
    for side in (-1, 1):
        pen.shape(fur, (16 + 11.5 * side, 4), (16 + 12 * side, 17), (16 + 2 * side, 12))
        pen.shape(dark, (16 + 10.3 * side, 7), (16 + 10.4 * side, 14), (16 + 5 * side, 11.5))
    pen.shape(fur, (4, 15), (10, 11), (22, 11), (28, 15), (24, 23), (16, 30.5), (8, 23))
    for side in (-1, 1):
        pen.shape(white, (16 + 12 * side, 15.5), (16 + 8 * side, 24), (16, 30.5), (16 + 2.4 * side, 22))
        pen.disc(dark, 16 + 4.6 * side, 17.6, 1.5)
        pen.disc(white, 16 + 4.2 * side, 17.0, 0.5)
    pen.disc(dark, 16, 28.6, 2.2, 1.7)
    return pen.image()


def drawn(name: str) -> Image:
    return _DRAWN[name]()


def _ears(pen: _Pen, fur: Colour, inner: Colour, *, top: float) -> None:
    for side in (-1, 1):
        pen.shape(fur, (16 + 10.4 * side, top), (16 + 10.4 * side, 20), (16 + 2.5 * side, 14))
        pen.shape(inner, (16 + 9.2 * side, top + 2.4), (16 + 9.2 * side, 16.5), (16 + 5 * side, 14.2))


def _fine(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * _FINE, y * _FINE) for x, y in points]


_DRAWN: dict[str, Callable[[], Image]] = {"cat": cat, "fox": fox}
