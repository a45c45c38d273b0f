"""At which scale a picture has its grains."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab_grain.rounds import Picture

Numbers = NDArray[np.float64]

_SMOOTH = 1.5
"""Standard deviation of the smoothing of spectra in which the peak is looked for, in waves per picture."""


def spectrum(picture: Picture) -> tuple[Numbers, Numbers]:
    """Mean power of the waves of each frequency, by waves per picture from 1; all channels together."""
    side = picture.shape[-1]
    waves = np.abs(np.fft.rfft2(picture.astype(np.float64))) ** 2
    columns = np.arange(waves.shape[-1])
    twice = np.where((columns == 0) | (2 * columns == side), 1.0, 2.0)
    rows = np.fft.fftfreq(side, 1 / side)
    rings = np.rint(np.hypot(rows[:, None], columns[None])).astype(np.int64)
    power = (waves.mean(axis=0) * twice).ravel()
    weights = np.broadcast_to(twice, rings.shape).ravel()
    most = side // 2
    total = np.bincount(rings.ravel(), power, minlength=most + 1)[1 : most + 1]
    counts = np.bincount(rings.ravel(), weights, minlength=most + 1)[1 : most + 1]
    return np.arange(1, most + 1, dtype=np.float64), total / counts / side**4


def grain_size(picture: Picture) -> float | None:
    """Pixels from one light grain to the next: the wavelength at the peak of the spectrum; None where there is none.

    The middle of what is above half of the smoothed peak, weighted by its power.
    """
    numbers, power = spectrum(picture)
    if not np.isfinite(power).all() or power.max() <= 0:
        return None
    smooth = _smoothed(power)
    peak = int(np.argmax(smooth))
    if peak == 0:
        return None
    low = high = peak
    while low > 0 and smooth[low - 1] > smooth[peak] / 2:
        low -= 1
    while high < len(smooth) - 1 and smooth[high + 1] > smooth[peak] / 2:
        high += 1
    chosen = slice(low, high + 1)
    return picture.shape[-1] / float(np.average(numbers[chosen], weights=smooth[chosen]))


def _smoothed(power: Numbers) -> Numbers:
    offsets = np.arange(-4, 5)
    weights = np.exp(-0.5 * (offsets / _SMOOTH) ** 2)
    padded = np.pad(power, 4, mode="edge")
    return np.asarray(np.convolve(padded, weights / weights.sum(), mode="valid"), np.float64)
