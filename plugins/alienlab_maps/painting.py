"""From counts of values to pixels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Image, colour_map

COLOURS = "bids:inferno"
_TRACE = np.array((110, 225, 255), np.uint8)
"""Of the values of one start, on top of the others."""


def painted_counts(counts: NDArray[np.integer], full: int, *, logarithmic: bool, faintest: float = 0.0) -> Image:
    """Bright where many values are; ``full`` of them are brightest. What is not empty has at least ``faintest``."""
    return np.take(_tones(full, logarithmic, faintest), np.minimum(counts, full), axis=0)


def thickened(counts: NDArray[np.integer], least: int) -> NDArray[np.integer]:
    """Where at least so many are, the row below has as many: fine lines stay seen where a picture is made smaller."""
    thicker = counts.copy()
    thicker[1:] = np.maximum(counts[1:], np.where(counts[:-1] >= least, counts[:-1], 0))
    return thicker


def with_trace(pixels: Image, values: NDArray[np.float64], row_height: int) -> Image:
    """The pixels with a dot at one value from 0 to 1 for each row of ``row_height`` pixels."""
    width = pixels.shape[1]
    traced = pixels.copy()
    for row, value in enumerate(values):
        column = min(int(value * width), width - 1)
        dot = slice(row * row_height, row * row_height + max(1, row_height // 2))
        traced[dot, max(0, column - 1) : column + 2] = _TRACE
    return traced


@lru_cache(maxsize=16)
def _tones(full: int, logarithmic: bool, faintest: float) -> Image:
    counts = np.arange(full + 1, dtype=np.float64)
    tones = np.log1p(counts) / np.log1p(full) if logarithmic else counts / full
    tones = np.where(counts > 0, faintest + (1 - faintest) * tones, 0.0)
    return colour_map(tones, COLOURS)
