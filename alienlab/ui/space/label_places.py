"""Where the labels of many points stand so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

DOT = 7.0
"""Pixels around a point that its own label keeps clear, unless more is asked for."""
_CORE = 4.0
"""Pixels around a point that has a label which no other label covers."""
_AIR = 2.0
"""Pixels between labels, at least."""

Box = NDArray[np.float64]
"""Left, top, right and bottom."""


def placed(
    points: NDArray[np.float64],
    widths: Sequence[float],
    height: float,
    order: Iterable[int],
    *,
    clear: Mapping[int, float] | None = None,
    within: Box | None = None,
) -> dict[int, Box]:
    """Boxes of labels beside ``points`` [points, 2], by place among them; those for which there is no room have none.

    The first in ``order`` choose first. ``clear`` tells points around which so many pixels are covered by no label.
    """
    clear = clear or {}
    taken = _Taken(len(clear) + 2 * len(points))
    for index, far in clear.items():
        taken.add(index, _around(points[index], far))
    boxes: dict[int, Box] = {}
    for index in order:
        for box in _choices(points[index], widths[index], height, clear.get(index, DOT)):
            if (within is None or _is_within(box, within)) and not taken.meets(index, box):
                boxes[index] = box
                taken.add(index, box)
                taken.add(index, _around(points[index], _CORE))
                break
    return boxes


class _Taken:
    """Boxes that labels of others are not to touch."""

    def __init__(self, most: int) -> None:
        self._boxes, self._owners, self._count = np.empty((most, 4)), np.empty(most, int), 0

    def add(self, owner: int, box: Box) -> None:
        self._boxes[self._count], self._owners[self._count] = box, owner
        self._count += 1

    def meets(self, owner: int, box: Box) -> bool:
        left, top, right, bottom = box
        boxes = self._boxes[: self._count]
        across = (boxes[:, 0] < right + _AIR) & (boxes[:, 2] > left - _AIR)
        down = (boxes[:, 1] < bottom + _AIR) & (boxes[:, 3] > top - _AIR)
        return bool((across & down & (self._owners[: self._count] != owner)).any())


def _choices(point: NDArray[np.float64], width: float, height: float, far: float) -> Iterable[Box]:
    """To the right, to the left, below, above."""
    x, y = point
    yield np.array((x + far, y - height / 2, x + far + width, y + height / 2))
    yield np.array((x - far - width, y - height / 2, x - far, y + height / 2))
    yield np.array((x - width / 2, y + far, x + width / 2, y + far + height))
    yield np.array((x - width / 2, y - far - height, x + width / 2, y - far))


def _around(point: NDArray[np.float64], far: float) -> Box:
    return np.concatenate([point - far, point + far])


def _is_within(box: Box, bounds: Box) -> bool:
    return bool((box[:2] >= bounds[:2]).all() and (box[2:] <= bounds[2:]).all())
