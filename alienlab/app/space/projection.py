"""Many points laid out in two dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 3
"""Points; fewer have no plane of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Points in the plane in which they differ most."""

    places: NDArray[np.float64]
    """[points, 2]"""
    shares: tuple[float, float]
    """Of the variance of the points, that along the first axis and that along the second one."""


def project(points: NDArray[np.float32]) -> Projection:
    """By their first two principal components; the same points give the same places."""
    # They take seconds to import, and are needed in the thread that computes only.
    from sklearn.decomposition import PCA  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    if len(points) < FEWEST or not np.ptp(points, axis=0).any():
        return Projection(np.zeros((len(points), 2)), (0.0, 0.0))
    # One thread: others would take the time of the worker that renders, and add up in another order.
    with threadpool_limits(limits=1):
        analysis = PCA(2, random_state=0)
        places = np.asarray(analysis.fit_transform(points.astype(np.float64)))
    first, second = (float(share) for share in analysis.explained_variance_ratio_)
    return Projection(places, (first, second))
