"""Draws points in three dimensions into an array. No Qt."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.events import Image
from alienlab.domain.laboratories.exhibits import Cloud
from alienlab.domain.laboratories.seeing import in_unit_box, view_axes

CORNERS = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])
"""Of the cube that the axes span."""
EDGES = tuple((a, b) for a in range(8) for b in range(a + 1, 8) if (a ^ b) in (1, 2, 4))
REACH = 1.75
"""Half of what the shorter side of a picture shows; the cube's corners are 1.73 from its middle."""
DISTANCES = 4
"""Sizes of points, from the farthest to the nearest."""
CROWD = 3000
"""Points from which on they are drawn smaller, so that they hide less of each other."""


def in_cube(cloud: Cloud) -> NDArray[np.float32]:
    """The points with each axis from −1 to 1."""
    return (in_unit_box(cloud) * 2.0 - 1.0).astype(np.float32)


def turned(points: NDArray[np.floating], turn: float, tilt: float) -> NDArray[np.floating]:
    """What is to the right, up and towards the viewer, for points [n, 3]. The third axis stands upright."""
    return points @ view_axes(turn, tilt).astype(points.dtype)


def on_screen(seen: NDArray[np.floating], width: int, height: int, zoom: float) -> NDArray[np.floating]:
    """Pixels [n, 2] of turned points."""
    scale = min(width, height) / (2 * REACH) * zoom
    return np.stack([width / 2 + seen[:, 0] * scale, height / 2 - seen[:, 1] * scale], axis=1)


def drawn(
    points: NDArray[np.float32],
    colours: NDArray[np.uint8],
    *,
    turn: float,
    tilt: float,
    zoom: float,
    ground: Image,
) -> Image:
    """``ground`` [height, width, 3] with the points on it, near ones before and larger than far ones."""
    image = ground.copy()
    height, width = image.shape[:2]
    seen = turned(points, turn, tilt)
    places = np.rint(on_screen(seen, width, height, zoom)).astype(np.int64)
    order = np.argsort(seen[:, 2], kind="stable")
    places, colours = places[order], colours[order]
    sizes = np.clip(((seen[order, 2] / 1.74 + 1) * DISTANCES / 2).astype(np.int64), 0, DISTANCES - 1)
    starts = np.searchsorted(sizes, range(DISTANCES + 1))
    smallest = 1 if len(points) > CROWD else 2
    flat = image.reshape(-1, 3)
    for size in range(DISTANCES):
        some = slice(starts[size], starts[size + 1])
        x, y = places[some, 0], places[some, 1]
        for dx, dy in _disc(smallest + size // 2):
            across, down = x + dx, y + dy
            inside = (across >= 0) & (across < width) & (down >= 0) & (down < height)
            flat[down[inside] * width + across[inside]] = colours[some][inside]
    return image


@cache
def _disc(radius: int) -> tuple[tuple[int, int], ...]:
    """Pixels of a point around its middle."""
    reach = range(-radius, radius + 1)
    return tuple((x, y) for y in reach for x in reach if x * x + y * y <= radius * radius + 0.8 * radius)
