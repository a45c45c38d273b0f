"""What is done to latents: arrays [channels, height, width]."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

Latents = NDArray[np.float32]


class Operation(StrEnum):
    """What is done to chosen channels within a box; the plugin's declaration names them."""

    ZERO = "zero"
    SCALE = "scale"
    NOISE = "noise"
    RANDOMIZE = "randomize"
    AVERAGE = "average"
    BLUR = "blur"
    OTHER = "other"
    MIRROR = "mirror"


def altered(
    latents: Latents,
    operation: Operation,
    amount: float,
    *,
    channels: Sequence[int],
    box: Sequence[float],
    other: Latents,
    random: np.random.Generator,
) -> Latents:
    """A copy with the operation carried out on the channels, within the box of fractions (left, top, right, bottom)."""
    result = latents.copy()
    rows, columns = slices_of(box, latents.shape[1], latents.shape[2])
    # Drawn whole, so that what one channel gets does not depend on which others are chosen, nor on the box.
    drawn = random.standard_normal(latents.shape, dtype=np.float32)
    for channel in channels:
        part = result[channel, rows, columns]
        noise = part.mean() + part.std() * drawn[channel, rows, columns]
        match operation:
            case Operation.ZERO:
                made = np.zeros_like(part)
            case Operation.SCALE:
                made = amount * part
            case Operation.NOISE:
                made = (1 - amount) * part + amount * noise
            case Operation.RANDOMIZE:
                made = noise
            case Operation.AVERAGE:
                made = np.full_like(part, part.mean())
            case Operation.BLUR:
                made = gaussian_filter(part, abs(amount), mode="nearest")
            case Operation.OTHER:
                made = (1 - amount) * part + amount * other[channel, rows, columns]
            case Operation.MIRROR:
                made = part[:, ::-1].copy()
        result[channel, rows, columns] = made
    return result


def slices_of(box: Sequence[float], height: int, width: int) -> tuple[slice, slice]:
    """Rows and columns that a box of fractions covers, one at least; all of them where it is empty."""
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        return slice(0, height), slice(0, width)
    first_row, first_column = (min(int(part * size), size - 1) for part, size in ((top, height), (left, width)))
    return (
        slice(first_row, max(first_row + 1, int(np.ceil(bottom * height)))),
        slice(first_column, max(first_column + 1, int(np.ceil(right * width)))),
    )


def noised(values: NDArray[np.floating], share: float, noise: NDArray[np.floating]) -> NDArray[np.floating]:
    """Values as a schedule leaves them where ``share`` (ᾱ) of their variance is left: √ᾱ·x + √(1−ᾱ)·ε."""
    return np.sqrt(share) * values + np.sqrt(1 - share) * noise


def decibels(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio of two images of bytes; infinite where they are equal."""
    error = float(np.mean((one.astype(np.float64) - other.astype(np.float64)) ** 2))
    return float("inf") if error == 0 else 10 * float(np.log10(255**2 / error))
