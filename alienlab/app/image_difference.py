"""What differs between two images, pixel by pixel. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.events import Image

LUMA = (0.2126, 0.7152, 0.0722)
"""Weights of red, green and blue in the luminance of a screen (Rec. 709, of the values as they are stored)."""
MOST_SHOWN = 99.0
"""Percentile of the differences that the automatic range reaches, so that a few pixels do not pale all others."""
SPANS = (4, 8, 16, 32, 64, 128, 255)
"""Ranges that the automatic one takes the smallest sufficient of."""


class Channel(StrEnum):
    LUMINANCE = "luminance"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"


class Span(StrEnum):
    """How large a difference the ends of the colour map stand for, of 255."""

    AUTO = "auto"
    QUARTER = "64"
    WHOLE = "255"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Difference:
    """B − A of one channel, of 255."""

    values: NDArray[np.float64]
    """Height × width of the larger image; NaN where one of both does not reach."""
    mean: float
    """Of the absolute differences."""
    largest: float
    """The difference that is furthest from 0."""
    place: tuple[int, int]
    """Its column and row."""
    usual: float
    """``MOST_SHOWN`` percent of the absolute differences are no larger."""

    def span(self, wanted: Span) -> int:
        """The difference that the ends of the colour map stand for."""
        if wanted is not Span.AUTO:
            return int(wanted)
        return next((span for span in SPANS if self.usual <= span), SPANS[-1])


def difference(a: Image, b: Image, channel: Channel) -> Difference:
    """Of images of unlike sizes the smaller one is enlarged to the other without filter and without stretching."""
    width, height = common_size(a, b)
    values = _laid(_values(b, channel), width, height) - _laid(_values(a, channel), width, height)
    far = np.abs(values)
    row, column = np.unravel_index(int(np.nanargmax(far)), far.shape)
    return Difference(
        values=values,
        mean=float(np.nanmean(far)),
        largest=float(values[row, column]),
        place=(int(column), int(row)),
        usual=float(np.nanpercentile(far, MOST_SHOWN)),
    )


def common_size(a: Image, b: Image) -> tuple[int, int]:
    """Width and height of the one with more pixels."""
    larger = max(a, b, key=lambda image: image.shape[0] * image.shape[1])
    return larger.shape[1], larger.shape[0]


def _values(image: Image, channel: Channel) -> NDArray[np.float64]:
    if channel is Channel.LUMINANCE:
        return image[..., :3].astype(np.float64) @ np.array(LUMA)
    return image[..., (Channel.RED, Channel.GREEN, Channel.BLUE).index(channel)].astype(np.float64)


def _laid(values: NDArray[np.float64], width: int, height: int) -> NDArray[np.float64]:
    """``values`` in the middle of width × height, as large as fits; NaN around them."""
    own_height, own_width = values.shape
    scale = min(width / own_width, height / own_height)
    columns, is_column = _indices(own_width, width, scale)
    rows, is_row = _indices(own_height, height, scale)
    return np.where(np.outer(is_row, is_column), values[np.ix_(rows, columns)], np.nan)


def _indices(own: int, length: int, scale: float) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each place the nearest of ``own`` values, and whether there is one."""
    places = np.floor((np.arange(length) + 0.5 - (length - own * scale) / 2) / scale).astype(np.intp)
    return np.clip(places, 0, own - 1), (places >= 0) & (places < own)
