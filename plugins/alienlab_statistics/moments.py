"""Statistics of pictures, and pictures that have them. Pictures are arrays [n, 32, 32, 3] of bytes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from alienlab.api import Image

SIDE = 32
VALUES = SIDE * SIDE * 3
_ROWS_AT_ONCE = 1000

Pictures = NDArray[np.uint8]


def average(pictures: Pictures, *, contrast: float) -> Image:
    """The mean picture, its differences from its own mean colour enlarged."""
    mean = pictures.mean(axis=0, dtype=np.float64)
    centre = mean.mean(axis=(0, 1))
    return _bytes(centre + contrast * (mean - centre))


def drawn_pixel_by_pixel(pictures: Pictures, number: int, random: np.random.Generator, *, by_place: bool) -> Pictures:
    """Each pixel is the pixel of a picture drawn at random, at the same place or at any."""
    places = SIDE * SIDE
    pixels = pictures.reshape(len(pictures), places, 3)
    chosen = random.integers(len(pictures), size=(number, places))
    where = np.arange(places) if by_place else random.integers(places, size=(number, places))
    return pixels[chosen, where].reshape(number, SIDE, SIDE, 3)


def drawn_from_gaussian(pictures: Pictures, number: int, random: np.random.Generator) -> NDArray[np.floating]:
    """Samples [number, 3072] of the Gaussian with the mean and the whole covariance of the pictures.

    Sums of the centred pictures with weights from N(0, 1/(n-1)) have exactly this covariance, so that no matrix of
    3072 × 3072 values is needed.
    """
    mean = pictures.reshape(len(pictures), VALUES).mean(axis=0, dtype=np.float64).astype(np.float32)
    weights = random.standard_normal((number, len(pictures)), dtype=np.float32) / np.sqrt(max(1, len(pictures) - 1))
    drawn = np.tile(mean, (number, 1))
    for start in range(0, len(pictures), _ROWS_AT_ONCE):
        rows = pictures[start : start + _ROWS_AT_ONCE].reshape(-1, VALUES) - mean
        drawn += weights[:, start : start + _ROWS_AT_ONCE] @ rows
    return drawn


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Principal components, the strongest first."""

    mean: NDArray[np.floating]
    """[3072]"""
    axes: NDArray[np.floating]
    """[components, 3072], each of length 1."""
    variances: NDArray[np.float64]
    """[components]"""

    def __len__(self) -> int:
        return len(self.axes)

    @classmethod
    def of(cls, pictures: Pictures) -> Components:
        """Of all pictures; as many as there are values, or pictures but one.

        The smaller one of two matrices with the same eigenvalues is taken apart: of the products of values with
        values, or of pictures with pictures.
        """
        rows = pictures.reshape(len(pictures), VALUES).astype(np.float32)
        mean = rows.mean(axis=0)
        rows -= mean
        kept = max(1, min(len(rows) - 1, VALUES))
        by_picture = len(rows) <= VALUES
        products = (rows @ rows.T if by_picture else rows.T @ rows).astype(np.float64)
        sums, vectors = eigh(products, overwrite_a=True, check_finite=False)
        vectors = vectors[:, ::-1][:, :kept].astype(np.float32)
        axes = vectors.T @ rows if by_picture else np.ascontiguousarray(vectors.T)
        axes /= np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), 1e-12)
        return cls(mean, axes, np.maximum(sums[::-1][:kept], 0.0) / max(1, len(rows) - 1))

    def drawn(self, number: int, random: np.random.Generator, *, first: int) -> NDArray[np.floating]:
        """Samples [number, 3072] of the Gaussian with the ``first`` components alone."""
        first = min(first, len(self))
        # All weights are drawn, so that with more components the same pictures go on to become finer.
        weights = random.standard_normal((number, len(self)), dtype=np.float32)[:, :first]
        return self.mean + (weights * np.sqrt(self.variances[:first]).astype(np.float32)) @ self.axes[:first]

    def rebuilt(self, pictures: Pictures, *, first: int) -> NDArray[np.floating]:
        """The pictures, projected onto the ``first`` components."""
        axes = self.axes[: min(first, len(self))]
        rows = pictures.reshape(len(pictures), VALUES).astype(np.float32) - self.mean
        return self.mean + (rows @ axes.T) @ axes

    def shares(self) -> NDArray[np.float64]:
        """The part of all variance that the first 1, 2, 3 … components hold."""
        total = self.variances.sum()
        return np.cumsum(self.variances) / total if total > 0 else np.ones(len(self))


def as_pictures(rows: NDArray[np.floating]) -> Pictures:
    """Samples [n, 3072] as pictures; what lies outside 0 to 255 is cut off."""
    return _bytes(rows).reshape(len(rows), SIDE, SIDE, 3)


def as_eigenpictures(axes: NDArray[np.floating]) -> Pictures:
    """Components as pictures: grey is none, and the largest value of each is full colour."""
    largest = np.abs(axes).max(axis=1, keepdims=True)
    return as_pictures(127.5 + 127.5 * axes / np.where(largest > 0, largest, 1.0))


def _bytes(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.rint(np.clip(values, 0, 255)).astype(np.uint8)
