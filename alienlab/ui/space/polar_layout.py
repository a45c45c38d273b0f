"""Where everything stands in a polar plot of islands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSize

LARGEST_IMAGE = 64
SMALLEST_IMAGE = 14
SHARE = 0.6
"""Of the room in which the plot itself stands at least."""
_GAP = 4
_MARGIN = 8
_ROOM = 12
"""Between the plot and the images around it, for arrows."""
_DIAGONAL = 1.3
"""So much further apart than wide squares on a circle are to be."""
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_RINGS = 4


@dataclass(frozen=True)
class PolarLayout:
    """Spokes at even angles, the first one upwards; images in one ring for each mind."""

    size: QSize
    spokes: int
    minds: int
    farthest: float
    """The largest radius that is drawn, in R."""

    @property
    def center(self) -> QPointF:
        return QPointF(self.size.width() / 2, self.size.height() / 2)

    @cached_property
    def image(self) -> int:
        """Side of an image, in pixels; 0 where there is no room for any."""
        for side in range(LARGEST_IMAGE, SMALLEST_IMAGE - 1, -2):
            inner = self._ring(0, side)
            apart = 2 * inner * math.sin(math.pi / max(3, self.spokes))
            if apart >= _DIAGONAL * side and inner - side / 2 >= SHARE * self._half:
                return side
        return 0

    @property
    def radius(self) -> float:
        """Of the plot, in pixels."""
        side = self.image
        return max(8.0, (self._ring(0, side) - side / 2 if side else self._half) - _ROOM)

    @property
    def rings(self) -> Sequence[float]:
        """Radii of the rings that are labelled, in R."""
        step = next((step for step in _STEPS if self.farthest / step <= _MOST_RINGS), _STEPS[-1])
        return [step * count for count in range(1, int(self.farthest / step + 1e-9) + 1)]

    def angle(self, spoke: int) -> float:
        """Clockwise from above, in radians."""
        return 2 * math.pi * spoke / max(1, self.spokes)

    def at(self, spoke: float, pixels: float) -> QPointF:
        """A place so far from the middle along a spoke, or between two."""
        angle = 2 * math.pi * spoke / max(1, self.spokes)
        return self.center + QPointF(math.sin(angle) * pixels, -math.cos(angle) * pixels)

    def pixels(self, ratio: float) -> float:
        """How far from the middle a radius in R is drawn; the farthest where it reaches beyond that."""
        return self.radius * min(1.0, ratio / self.farthest)

    def image_rect(self, spoke: int, mind: int) -> QRectF:
        side = self.image
        middle = self.at(spoke, self._ring(mind, side))
        return QRectF(round(middle.x() - side / 2), round(middle.y() - side / 2), side, side)

    def spoke_at(self, position: QPointF) -> int | None:
        """The nearest one; None in the very middle and outside."""
        way = position - self.center
        far = math.hypot(way.x(), way.y())
        if not self.spokes or far < _GAP or far > self._half + self.image:
            return None
        return round(math.atan2(way.x(), -way.y()) / (2 * math.pi) * self.spokes) % self.spokes

    def image_at(self, position: QPointF) -> tuple[int, int] | None:
        """Spoke and mind of the image there."""
        if not self.image:
            return None
        for spoke in range(self.spokes):
            for mind in range(self.minds):
                if self.image_rect(spoke, mind).contains(position):
                    return spoke, mind
        return None

    @property
    def _half(self) -> float:
        return min(self.size.width(), self.size.height()) / 2 - _MARGIN

    def _ring(self, mind: int, side: int) -> float:
        """How far from the middle a mind's images stand, the first mind's innermost."""
        return self._half - side / 2 - (self.minds - 1 - mind) * (side + _GAP)
