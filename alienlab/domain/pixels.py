"""Whether two images are the same, pixel by pixel."""

from __future__ import annotations

import numpy as np

from alienlab.domain.events import Image


def pixel_difference(before: Image, now: Image) -> str:
    """In what two images differ, in a few words; empty where they are identical."""
    if before.shape != now.shape:
        return f"different size: {before.shape[1]}×{before.shape[0]}, now {now.shape[1]}×{now.shape[0]}"
    largest = int(np.abs(before.astype(np.int16) - now.astype(np.int16)).max(initial=0))
    return f"largest pixel difference {largest} of 255" if largest else ""
