"""How a cloud of points is seen, in the window and in its picture: the box of its axes, and the direction of view."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.laboratories.exhibits import Cloud, Scale


def in_unit_box(cloud: Cloud) -> NDArray[np.float64]:
    """The points [n, 3] with each axis from 0 to 1; an axis without extent is fitted to the points."""
    points = np.asarray(cloud.points, dtype=np.float64)
    columns = []
    for place, axis in enumerate(cloud.axes):
        low, high = _ends(axis, points[:, place])
        columns.append((points[:, place] - low) / (high - low))
    return np.stack(columns, axis=1)


def view_axes(turn: float, tilt: float) -> NDArray[np.float64]:
    """Right, up and towards the viewer as columns [3, 3], for angles in degrees. The third axis stands upright."""
    a, b = math.radians(turn), math.radians(tilt)
    right = np.array([math.cos(a), math.sin(a), 0.0])
    away = np.array([-math.sin(a), math.cos(a), 0.0])
    up = np.array([0.0, 0.0, math.cos(b)]) + math.sin(b) * away
    near = np.array([0.0, 0.0, math.sin(b)]) - math.cos(b) * away
    return np.stack([right, up, near], axis=1)


def _ends(axis: Scale, values: NDArray[np.float64]) -> tuple[float, float]:
    if axis.low != axis.high:
        return axis.low, axis.high
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    return (low, high) if low < high else (low - 0.5, low + 0.5)
