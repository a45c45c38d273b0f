"""The handwritten digits of scikit-learn: 1,797 images of 8×8 pixels, a quarter of them held out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from alienlab.api import Image

SIDE = 8
CLASSES = 10
_ENLARGED = 4
"""Pixels of a picture along each pixel of a digit."""


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Digits [n, 64], ink 1 and paper -1, and which they are [n]."""

    inputs: NDArray[np.float32]
    labels: NDArray[np.int64]

    def example(self, digit: int, number: int) -> NDArray[np.float32]:
        """[64]: the ``number``-th of a digit, from 1; after the last comes the first again."""
        of_class = self.inputs[self.labels == digit]
        return of_class[(number - 1) % len(of_class)]


@cache
def learned_and_held_out() -> tuple[Written, Written]:
    """Always the same quarter is held out of training."""
    pixels, digits = load_digits(return_X_y=True)
    inputs = (np.asarray(pixels, dtype=np.float32) / 8.0 - 1.0).astype(np.float32)
    labels = np.asarray(digits, dtype=np.int64)
    order = np.random.default_rng(0).permutation(len(labels))
    held = order[: len(order) // 4]
    kept = order[len(order) // 4 :]
    return Written(inputs[kept], labels[kept]), Written(inputs[held], labels[held])


@cache
def averages() -> NDArray[np.float32]:
    """[10, 64]: the average of each class in the learned part."""
    learned, _ = learned_and_held_out()
    return np.stack([learned.inputs[learned.labels == digit].mean(axis=0) for digit in range(CLASSES)])


def to_picture(flat: NDArray[np.floating]) -> Image:
    """Ink is white: RGB bytes [32, 32, 3] of [64]."""
    levels = np.rint((np.clip(np.nan_to_num(flat), -1, 1) + 1) * 127.5).astype(np.uint8).reshape(SIDE, SIDE)
    large = np.kron(levels, np.ones((_ENLARGED, _ENLARGED), np.uint8))
    return np.repeat(large[..., None], 3, axis=2)
