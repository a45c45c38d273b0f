"""How alike the images are that were rendered in two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from alienlab.bench.loop import Images
from alienlab.domain.effects import Verdict

WORST = 5
"""Percentile of the signal-to-noise ratios that counts."""
COMPARABLE = (Verdict.NOTHING, Verdict.NUANCE, Verdict.ALTERED)
"""A destroyed image may rightly diverge."""


def comparable(loop: Images, exact: Images, default: Images, verdicts: Mapping[str, Verdict]) -> list[str]:
    """Modules whose images are there in all three ways and are not known to be destroyed."""
    return [
        path for path in loop if path in exact and path in default and verdicts.get(path, Verdict.ALTERED) in COMPARABLE
    ]


def likeness_figures(loop: Images, exact: Images, default: Images, paths: Sequence[str]) -> dict[str, float]:
    """Beside the loop's images, those of the engine in fp32 and at its default; empty where there is no path."""
    if not paths:
        return {}
    return {
        "psnr_exact_db": _psnr(loop, exact, paths),
        "psnr_default_db": _psnr(loop, default, paths),
        "largest_difference_exact": _largest(loop, exact, paths),
        "largest_difference_default": _largest(loop, default, paths),
    }


def _psnr(images: Images, others: Images, paths: Sequence[str]) -> float:
    return float(np.percentile([psnr(images[path], others[path]) for path in paths], WORST))


def psnr(image: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio in dB; equal images count as half a step of rounding apart in each pixel."""
    error = float(np.mean((image.astype(np.float64) - other) ** 2))
    return 10.0 * float(np.log10(255.0**2 / max(error, 0.25**2)))


def _largest(images: Images, others: Images, paths: Sequence[str]) -> float:
    """Of all pixels, in steps of 255."""
    return float(max(np.abs(images[path].astype(int) - others[path]).max() for path in paths))
