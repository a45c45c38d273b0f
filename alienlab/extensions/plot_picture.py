"""A plot as a picture, painted with Pillow and the font that comes with AlienLab."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from alienlab.domain.events import Image
from alienlab.domain.laboratories.exhibits import Curve, Plot, Scale
from alienlab.session.paths import bold_font, regular_font

WIDTH, HEIGHT = 1000, 640
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 24, 76, 60
_TEXT, _TITLE, _TICKS = 15, 18, 6
_HEAD, _LEGEND = 24, 54
"""Rows of the title and of the curves' names."""
_RULE, _INK, _STRONG = (52, 57, 63), (168, 175, 184), (230, 233, 237)
COLOURS = ((86, 180, 233), (230, 159, 0), (0, 158, 115), (204, 121, 167), (213, 94, 0), (240, 228, 66), (0, 114, 178))
"""After Okabe and Ito, "Color Universal Design" (2008)."""

Ends = tuple[float, float]


def plot_picture(plot: Plot, *, ground: tuple[int, int, int]) -> Image:
    """WIDTH × HEIGHT pixels: curves, axes with their titles, and the names of the curves."""
    canvas = Pillow.new("RGB", (WIDTH, HEIGHT), ground)
    pen = ImageDraw.Draw(canvas)
    across = _ends(plot.x, [curve.x for curve in plot.curves])
    up = _ends(plot.y, [curve.y for curve in plot.curves])
    _draw_axes(pen, plot, across, up)
    inner = Pillow.new("RGB", (WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM), ground)
    _draw_grid(ImageDraw.Draw(inner), inner.size, across, up)
    for place, curve in enumerate(plot.curves):
        _draw_curve(ImageDraw.Draw(inner), inner.size, curve, across, up, COLOURS[place % len(COLOURS)])
    canvas.paste(inner, (_LEFT, _TOP))
    _draw_legend(pen, plot)
    return np.array(canvas)


def _ends(scale: Scale, values: list[NDArray]) -> Ends:
    """Of an axis; where it has none of its own, those of the curves."""
    if scale.low != scale.high:
        return scale.low, scale.high
    found = np.concatenate([np.asarray(one, np.float64) for one in values]) if values else np.zeros(0)
    found = found[np.isfinite(found)]
    if not len(found):
        return 0.0, 1.0
    low, high = float(found.min()), float(found.max())
    return (low, high) if low < high else (low - 0.5, low + 0.5)


def ticks(ends: Ends) -> list[float]:
    """About six round numbers between the ends."""
    span = abs(ends[1] - ends[0])
    rough = span / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = min((1, 2, 5, 10), key=lambda factor: abs(factor * power - rough)) * power
    low = min(ends)
    first = math.ceil(low / step - 1e-9)
    count = int((max(ends) - first * step) / step + 1e-9) + 1
    return [(first + place) * step for place in range(count)]


def _draw_axes(pen: ImageDraw.ImageDraw, plot: Plot, across: Ends, up: Ends) -> None:
    text, bold = (
        ImageFont.truetype(str(file), size) for file, size in ((regular_font(), _TEXT), (bold_font(), _TITLE))
    )
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    pen.text((_LEFT, _HEAD), plot.title, font=bold, fill=_STRONG, anchor="lm")
    for value in ticks(across):
        column = _LEFT + _share(value, across) * (width - 1)
        pen.text((column, HEIGHT - _BOTTOM + 8), f"{value:.6g}", font=text, fill=_INK, anchor="ma")
    for value in ticks(up):
        row = _TOP + (1 - _share(value, up)) * (height - 1)
        pen.text((_LEFT - 8, row), f"{value:.6g}", font=text, fill=_INK, anchor="rm")
    pen.text((_LEFT + width / 2, HEIGHT - 14), titled(plot.x), font=text, fill=_INK, anchor="mm")
    pen.text((WIDTH - _RIGHT, _HEAD), titled(plot.y), font=text, fill=_INK, anchor="rm")


def titled(scale: Scale) -> str:
    """An axis's title with its unit."""
    return f"{scale.title} / {scale.unit}" if scale.unit else scale.title


def _draw_grid(pen: ImageDraw.ImageDraw, size: tuple[int, int], across: Ends, up: Ends) -> None:
    place = _placer(size, across, up)
    for value in ticks(across):
        column, _ = place(value, up[0])
        pen.line([(column, 0), (column, size[1])], fill=_RULE)
    for value in ticks(up):
        _, row = place(across[0], value)
        pen.line([(0, row), (size[0], row)], fill=_RULE)


def _draw_curve(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], curve: Curve, across: Ends, up: Ends, colour: tuple[int, int, int]
) -> None:
    """In pieces, where values are missing."""
    place = _placer(size, across, up)
    seen = np.isfinite(np.asarray(curve.y, np.float64))
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y, is_there in zip(curve.x.tolist(), curve.y.tolist(), seen.tolist(), strict=True):
        if is_there:
            pieces[-1].append(place(x, y))
        elif pieces[-1]:
            pieces.append([])
    for piece in pieces:
        if curve.is_line and len(piece) > 1:
            pen.line(piece, fill=colour, width=2)
        else:
            for column, row in piece:
                pen.ellipse([(column - 2, row - 2), (column + 2, row + 2)], fill=colour)


def _placer(size: tuple[int, int], across: Ends, up: Ends) -> Callable[[float, float], tuple[float, float]]:
    """Where a value stands, kept near the picture so that what is far away stays a number that can be drawn."""

    def place(x: float, y: float) -> tuple[float, float]:
        column = _share(x, across) * (size[0] - 1)
        row = (1 - _share(y, up)) * (size[1] - 1)
        return min(max(column, -(2.0**15)), 2.0**15), min(max(row, -(2.0**15)), 2.0**15)

    return place


def _share(value: float, ends: Ends) -> float:
    return (value - ends[0]) / (ends[1] - ends[0])


def _draw_legend(pen: ImageDraw.ImageDraw, plot: Plot) -> None:
    """In a row of its own beneath the title, as far as there is room, where there are several curves."""
    if len(plot.curves) < 2:
        return
    font = ImageFont.truetype(str(regular_font()), _TEXT)
    left = float(_LEFT)
    for place, curve in enumerate(plot.curves):
        name = curve.name[:60]
        width = 30 + pen.textlength(name, font=font)
        if left + width > WIDTH - _RIGHT:
            return
        pen.line([(left, _LEGEND), (left + 20, _LEGEND)], fill=COLOURS[place % len(COLOURS)], width=3)
        pen.text((left + 28, _LEGEND), name, font=font, fill=_STRONG, anchor="lm")
        left += width + 20
