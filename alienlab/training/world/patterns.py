"""Pure patterns, with nothing in front of them."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alienlab.training.world.backgrounds import OVERSAMPLING, varied
from alienlab.training.world.colours import COLOURS
from alienlab.training.world.scenes import Background, Pattern


def draw_pattern(pattern: Pattern, background: Background, size: int, generator: random.Random) -> Image.Image:
    """Two colours mixed by the pattern's share of the second one."""
    side = size * OVERSAMPLING
    first, second = (np.array(varied(COLOURS[name], generator), np.float32) for name in background.colours)
    share = _share(pattern, side, generator)[..., None]
    image = Image.fromarray((first * (1 - share) + second * share).astype(np.uint8), "RGB")
    return image.resize((size, size), Image.Resampling.BOX)


def _share(pattern: Pattern, side: int, generator: random.Random) -> NDArray[np.float32]:
    """[side, side] in 0 to 1."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    scale = generator.uniform(4, 7)
    chance = np.random.default_rng(generator.getrandbits(32))
    if pattern is Pattern.CHECKERBOARD:
        return ((np.floor(x * scale) + np.floor(y * scale)) % 2).astype(np.float32)
    if pattern is Pattern.WAVES:
        return _soft(np.sin(6.28 * scale * (y + 0.05 * np.sin(6.28 * 2 * x + scale))))
    if pattern is Pattern.RINGS:
        return _soft(np.sin(6.28 * scale * np.hypot(x - generator.uniform(0.3, 0.7), y - generator.uniform(0.3, 0.7))))
    if pattern is Pattern.BLOBS:
        return _soft(3 * _resized(chance.standard_normal((7, 7)), side, Image.Resampling.BICUBIC))
    if pattern is Pattern.CONFETTI:
        return (_resized(chance.random((18, 18)), side, Image.Resampling.NEAREST) > 0.72).astype(np.float32)
    return _resized(chance.random((9, 9)), side, Image.Resampling.NEAREST)


def _soft(wave: NDArray) -> NDArray[np.float32]:
    return (0.5 + 0.5 * np.tanh(2.5 * wave)).astype(np.float32)


def _resized(grid: NDArray, side: int, how: Image.Resampling) -> NDArray[np.float32]:
    return np.asarray(Image.fromarray(grid.astype(np.float32)).resize((side, side), how))
