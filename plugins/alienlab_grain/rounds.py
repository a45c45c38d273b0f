"""Blurring and sharpening, again and again, as a camera does that films its own screen.

Pictures are float32 [channels, side, side], from -1 (dark) to 1 (light), and go on at the opposite edge.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]

SPREAD = 0.3
"""Standard deviation of a picture whose contrast is kept."""


class Limit(StrEnum):
    """What holds brightness within bounds."""

    SOFT = "soft"
    HARD = "hard"
    CONTRAST = "contrast"
    """Nothing does; instead the contrast is set to the same after each round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One round: the picture turned and enlarged, blurred, sharpened, made stronger, and held within bounds."""

    blur: float
    """Radius (standard deviation) of the Gaussian, in pixels."""
    sharpening: float
    """How many times what a wider blur takes away is added."""
    radius: float
    """Of that wider blur."""
    gain: float = 1.0
    limit: Limit = Limit.SOFT
    zoom: float = 1.0
    turn: float = 0.0
    """Degrees."""

    def transfer(self, frequency: NDArray[np.floating]) -> NDArray[np.floating]:
        """By what a wave grows in a round while it is weak; ``frequency`` in waves per pixel."""
        squared = (2 * np.pi * frequency) ** 2 / 2
        sharpened = 1 + self.sharpening * (1 - np.exp(-squared * self.radius**2))
        return self.gain * np.exp(-squared * self.blur**2) * sharpened

    @property
    def favoured(self) -> float | None:
        """The wavelength in pixels that grows most, where that is not the longest."""
        blur, radius = self.blur**2, self.radius**2
        if blur == 0:
            return 2.0 if self.sharpening * radius > 0 else None
        ratio = self.sharpening * (radius + blur) / (blur * (1 + self.sharpening))
        if ratio <= 1 or radius == 0:
            return None
        return 2 * math.pi / math.sqrt(2 * math.log(ratio) / radius)


def rounds(
    start: Picture,
    feedback: Feedback,
    number: int,
    *,
    after: Callable[[int, Picture], None] = lambda number, picture: None,
) -> Picture:
    """The picture after so many rounds; ``after`` is told each."""
    side = start.shape[-1]
    response = feedback.transfer(frequencies(side)).astype(np.float32)
    resample = resampling(side, zoom=feedback.zoom, turn=feedback.turn)
    picture = start
    for one in range(1, number + 1):
        picture = _limited(filtered(resample(picture), response), feedback.limit)
        after(one, picture)
    return picture


def filtered(picture: Picture, response: NDArray[np.float32]) -> Picture:
    """Each wave times its response."""
    waves = np.fft.rfft2(picture) * response
    return np.fft.irfft2(waves, s=picture.shape[-2:]).astype(np.float32)


def frequencies(side: int) -> NDArray[np.float64]:
    """In waves per pixel, as ``rfft2`` arranges them."""
    return np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None])


def resampling(side: int, *, zoom: float, turn: float) -> Callable[[Picture], Picture]:
    """Enlarges pictures around their middle and turns them, anticlockwise."""
    if zoom == 1 and turn % 360 == 0:
        return lambda picture: picture
    angle, middle = math.radians(turn), (side - 1) / 2
    places = np.arange(side) - middle
    across, down = np.meshgrid(places, places)
    column = (across * math.cos(angle) - down * math.sin(angle)) / zoom + middle
    row = (across * math.sin(angle) + down * math.cos(angle)) / zoom + middle
    left, above = np.floor(column).astype(int), np.floor(row).astype(int)
    right_share, below_share = ((column - left).astype(np.float32), (row - above).astype(np.float32))
    corners = [
        ((above + below) % side * side + (left + right) % side, _share(right_share, right) * _share(below_share, below))
        for below in (0, 1)
        for right in (0, 1)
    ]

    def resample(picture: Picture) -> Picture:
        flat = picture.reshape(len(picture), -1)
        total = sum(flat[:, place.ravel()] * share.ravel() for place, share in corners)
        return np.asarray(total, np.float32).reshape(picture.shape)

    return resample


def _share(of_second: NDArray[np.float32], second: int) -> NDArray[np.float32]:
    return of_second if second else 1 - of_second


def _limited(picture: Picture, limit: Limit) -> Picture:
    match limit:
        case Limit.SOFT:
            return np.tanh(picture)
        case Limit.HARD:
            return np.clip(picture, -1, 1)
        case Limit.CONTRAST:
            return np.float32(SPREAD) * picture / max(float(picture.std()), 1e-12)
