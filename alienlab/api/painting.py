"""From numbers to pixels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from cmap import Colormap
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from alienlab.domain.events import Image


def colour_map(values: NDArray[np.floating], name: str = "viridis", *, low: float = 0.0, high: float = 1.0) -> Image:
    """Colours [..., 3] of values [...]: ``low`` and below is one end of the map, ``high`` and above the other.

    ``name`` is one of the cmap library's; NaN becomes black.
    """
    table = _table(name)
    span = (high - low) or 1.0
    places = np.clip(np.nan_to_num((np.asarray(values) - low) / span), 0.0, 1.0) * (len(table) - 1)
    colours = table[np.rint(places).astype(np.int64)]
    return np.where(np.isnan(values)[..., None], np.uint8(0), colours)


def to_bytes(values: NDArray[np.floating]) -> Image:
    """RGB bytes of values from 0 to 1: [h, w, 3] as it is, [h, w] as grey. What lies outside is cut off."""
    grey_or_colour = np.asarray(values)
    if grey_or_colour.ndim == 2:
        grey_or_colour = np.repeat(grey_or_colour[..., None], 3, axis=2)
    return np.rint(np.clip(np.nan_to_num(grey_or_colour), 0.0, 1.0) * 255).astype(np.uint8)


def paint_curves(
    curves: Iterable[tuple[NDArray[np.floating], NDArray[np.floating], tuple[int, int, int]]],
    image: Image,
    *,
    x: tuple[float, float],
    y: tuple[float, float],
) -> Image:
    """A copy of ``image`` with lines through (x, y) points, each in its colour; ``y`` grows upwards.

    ``x`` and ``y`` are the values at the edges. What lies outside is left out.
    """
    height, width = image.shape[:2]
    painted = Pillow.fromarray(np.ascontiguousarray(image))
    pen = ImageDraw.Draw(painted)
    for across, up, colour in curves:
        columns = (np.asarray(across, dtype=np.float64) - x[0]) / (x[1] - x[0]) * (width - 1)
        rows = (y[1] - np.asarray(up, dtype=np.float64)) / (y[1] - y[0]) * (height - 1)
        seen = np.isfinite(columns) & np.isfinite(rows)
        points = np.column_stack([columns[seen], rows[seen]]).clip(-(2**15), 2**15)
        pen.line([tuple(point) for point in points.tolist()], fill=colour)
    return np.array(painted)


@lru_cache(maxsize=16)
def _table(name: str) -> NDArray[np.uint8]:
    """256 colours. Raises ValueError for an unknown map."""
    return np.rint(Colormap(name)(np.linspace(0.0, 1.0, 256))[:, :3] * 255).astype(np.uint8)
