"""What repeats in an image: how large, and how regular."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.events import Image

_FINE = (0.12, 0.45)
"""Cycles a pixel of what counts as fine: neither shapes nor what two pixels make."""
_RINGS = 19
_PEAKS = 24
"""Places of the spectrum that a grid and its multiples take."""


def regularity(image: Image) -> float:
    """Share of the fine detail's power that a few frequencies have: near 1 for a grid, a tenth without one."""
    power, frequency = _spectrum(image)
    fine = np.sort(power[(frequency > _FINE[0]) & (frequency < _FINE[1])])[::-1]
    return float(fine[:_PEAKS].sum() / fine.sum()) if fine.sum() > 0 else 0.0


def grain_size(image: Image) -> float:
    """Wavelength in pixels of what repeats most, to a fifth of it.

    The spectrum's power in rings of equal ratio, times their frequency: slow changes, which every picture has, count
    less than what comes again and again.
    """
    power, frequency = _spectrum(image)
    edges = np.geomspace(2.0 / min(power.shape), 0.5, _RINGS + 1)
    middles = np.sqrt(edges[:-1] * edges[1:])
    rings = np.digitize(frequency, edges)
    strength = [power[rings == ring + 1].sum() * middle for ring, middle in enumerate(middles)]
    return float(1.0 / middles[int(np.argmax(strength))])


def _spectrum(image: Image) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Power of the brightness, and the frequency of each place in cycles a pixel."""
    grey = image.astype(np.float64).mean(axis=-1)
    window = np.hanning(grey.shape[0])[:, None] * np.hanning(grey.shape[1])
    power = np.abs(np.fft.fft2((grey - grey.mean()) * window)) ** 2
    return power, np.hypot(np.fft.fftfreq(grey.shape[0])[:, None], np.fft.fftfreq(grey.shape[1]))
