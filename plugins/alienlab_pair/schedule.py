"""How much of an image is left along the way to pure noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LEAST = 1e-4
"""Share of the variance that is left at the very end, so that no step divides by zero."""


def share_left(times: NDArray[np.floating], schedule: str) -> NDArray[np.float64]:
    """ᾱ: the share of the image's variance at times from 0 (the image) to 1 (pure noise)."""
    times = np.asarray(times, dtype=np.float64)
    if schedule == "linear":
        return np.maximum(_LEAST, _linear(times))
    return np.maximum(_LEAST, np.cos(times * np.pi / 2) ** 2)


def noised(
    images: NDArray[np.floating], noise: NDArray[np.floating], times: NDArray[np.floating], schedule: str
) -> NDArray[np.float32]:
    """√ᾱ · image + √(1 − ᾱ) · noise; ``times`` has one entry for each image."""
    left = share_left(times, schedule).reshape(-1, 1, 1, 1)
    return (np.sqrt(left) * images + np.sqrt(1 - left) * noise).astype(np.float32)


def _linear(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of Stable Diffusion: the roots of β grow evenly from √0.00085 to √0.012 in 1000 steps."""
    betas = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    logs = np.concatenate([[0.0], np.cumsum(np.log1p(-betas))])
    return np.exp(np.interp(times * 1000, np.arange(1001), logs))
