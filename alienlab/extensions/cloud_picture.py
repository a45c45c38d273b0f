"""A cloud of points as a picture: seen from where the exhibit says, painted from the back to the front."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from alienlab.domain.events import Image
from alienlab.domain.laboratories.exhibits import Cloud
from alienlab.domain.laboratories.seeing import in_unit_box, view_axes
from alienlab.session.paths import regular_font

SIDE, MARGIN, DOT = 800, 0.18, 3
"""In pixels: the picture's side and a point's; the margin is a share of what the box takes."""
_EDGE, _INK, _TEXT = (78, 84, 92), (168, 175, 184), 15

Colour = tuple[int, int, int]
Corner = tuple[float, float, float]


def cloud_picture(cloud: Cloud, *, ground: Colour) -> Image:
    """SIDE × SIDE pixels: the box of the axes with their titles, and the points within it."""
    canvas = Pillow.new("RGB", (SIDE, SIDE), ground)
    view = _View(cloud)
    pen = ImageDraw.Draw(canvas)
    for start, end in _edges():
        pen.line([view.place(start), view.place(end)], fill=_EDGE)
    pixels = np.array(canvas)
    _splat(pixels, view, cloud)
    labelled = Pillow.fromarray(pixels)
    _label(ImageDraw.Draw(labelled), view, cloud)
    return np.array(labelled)


class _View:
    """Turns points of the unit box into pixels: parallel projection, third axis upwards."""

    def __init__(self, cloud: Cloud) -> None:
        self._right, self._up, self.towards = view_axes(cloud.turn, cloud.tilt).T
        self._scale = SIDE / np.sqrt(3.0) / (1.0 + MARGIN)

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns and rows [n, 2] of points [n, 3] of the unit box."""
        centred = points - 0.5
        across, up = centred @ self._right, centred @ self._up
        return np.stack([SIDE / 2 + across * self._scale, SIDE / 2 - up * self._scale], axis=1)

    def place(self, corner: Corner) -> tuple[float, float]:
        column, row = self.project(np.array([corner], dtype=np.float64))[0]
        return float(column), float(row)


def _splat(pixels: Image, view: _View, cloud: Cloud) -> None:
    """What is in front covers what is behind it."""
    unit = in_unit_box(cloud)
    order = np.argsort(unit @ view.towards, kind="stable")
    corners = np.rint(view.project(unit[order])).astype(np.int64) - DOT // 2
    corners = np.clip(corners, -DOT, SIDE)
    padded = np.zeros((SIDE + 2 * DOT, SIDE + 2 * DOT), np.int64)
    latest = padded.reshape(-1)
    ranks = np.arange(1, len(order) + 1)
    for down, across in itertools.product(range(DOT), repeat=2):
        places = (corners[:, 1] + DOT + down).clip(0, SIDE + 2 * DOT - 1) * (SIDE + 2 * DOT)
        places += (corners[:, 0] + DOT + across).clip(0, SIDE + 2 * DOT - 1)
        np.maximum.at(latest, places, ranks)
    seen = padded[DOT:-DOT, DOT:-DOT]
    colours = np.concatenate([np.zeros((1, 3), np.uint8), cloud.colours[order]])
    np.copyto(pixels, colours[seen], where=(seen > 0)[..., None])


def _label(pen: ImageDraw.ImageDraw, view: _View, cloud: Cloud) -> None:
    font = ImageFont.truetype(str(regular_font()), _TEXT)
    for place, axis in enumerate(cloud.axes):
        text = f"{axis.title} / {axis.unit}" if axis.unit else axis.title
        corner = [0.0, 0.0, 0.0]
        corner[place] = 1.09
        pen.text(view.place((corner[0], corner[1], corner[2])), text, font=font, fill=_INK, anchor="mm")


def _edges() -> Iterator[tuple[Corner, Corner]]:
    """The twelve edges of the unit box: from each corner to those that differ in one coordinate."""
    for x, y in itertools.product((0.0, 1.0), repeat=2):
        yield (0.0, x, y), (1.0, x, y)
        yield (x, 0.0, y), (x, 1.0, y)
        yield (x, y, 0.0), (x, y, 1.0)
