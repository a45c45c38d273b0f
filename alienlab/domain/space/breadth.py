"""How many different things a mind imagines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.errors import SweepError
from alienlab.domain.recognition import Recognition

SURE = 0.5
"""Probability from which an image counts as of a concept."""


@dataclass(frozen=True, slots=True)
class Breadth:
    """Of images at random points of concept space."""

    images: int
    vendi: float
    """Effective number of different images, 1 to ``images``."""
    distance: float
    """Mean perceptual distance of two images, 1 − cosine."""
    concepts: tuple[tuple[str, int], ...]
    """Known subjects that turned up, and how often, the most frequent first."""
    nothing: int
    """Images of nothing that the recogniser knows, or of nothing for sure."""

    @classmethod
    def of(cls, embeddings: NDArray[np.float32], recognitions: Sequence[Recognition]) -> Breadth:
        """From embeddings [images, dims] of length 1. Raises SweepError for fewer than two images."""
        if len(embeddings) < 2:
            raise SweepError("Breadth is a matter of several images. Take at least two points.")
        best = [recognition.subjects[0] for recognition in recognitions if not recognition.is_lost]
        counts = Counter(word for word, probability in best if probability >= SURE)
        return cls(
            images=len(embeddings),
            vendi=vendi_score(embeddings),
            distance=mean_distance(embeddings),
            concepts=tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))),
            nothing=len(recognitions) - counts.total(),
        )


def vendi_score(embeddings: NDArray[np.float32]) -> float:
    """Effective number of different images (Friedman and Dieng, 2023).

    The exponential of the entropy of the eigenvalues of K/n, K being the cosines of n embeddings [n, dims] of
    length 1: n where all are orthogonal, 1 where all are the same.
    """
    exact = embeddings.astype(np.float64)
    values = np.linalg.svd(exact, compute_uv=False) ** 2 / len(exact)
    values = values[values > 1e-12]
    return float(np.exp(-(values * np.log(values)).sum()))


def mean_distance(embeddings: NDArray[np.float32]) -> float:
    """Of all pairs of embeddings [n, dims] of length 1: 1 − cosine."""
    exact = embeddings.astype(np.float64)
    count = len(exact)
    cosines = np.square(exact.sum(axis=0)).sum() - np.square(exact).sum()
    return float(1.0 - cosines / (count * (count - 1)))
