"""From where one looks at the concept map."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF

_FARTHEST, _CLOSEST = 0.2, 400.0
"""Zoom relative to all of the map in view."""


@dataclass(frozen=True, slots=True)
class MapCamera:
    """Both axes have one scale, so that distances can be compared."""

    x: float = 0.0
    y: float = 0.0
    """The place in the middle of the view, upwards positive."""
    scale: float = 1.0
    """Pixels a unit of the map."""
    fitting: float = 1.0
    """The scale at which all of the map is in view."""

    @classmethod
    def fitted(cls, places: NDArray[np.float64], size: QSizeF, margins: QMarginsF) -> MapCamera:
        """All places in view, with room beside them."""
        low, high = places.min(axis=0), places.max(axis=0)
        room = QRectF(QPointF(), size).marginsRemoved(margins)
        spans = np.maximum(high - low, 1e-9)
        scale = float(min(max(room.width(), 1.0) / spans[0], max(room.height(), 1.0) / spans[1]))
        off = room.center() - QPointF(size.width() / 2, size.height() / 2)
        middle = (low + high) / 2
        return cls(float(middle[0]) - off.x() / scale, float(middle[1]) + off.y() / scale, scale, scale)

    def positions(self, places: NDArray[np.float64], size: QSizeF) -> NDArray[np.float64]:
        """Pixels from the top left corner of a view: [places, 2]."""
        right = (places[:, 0] - self.x) * self.scale + size.width() / 2
        down = (self.y - places[:, 1]) * self.scale + size.height() / 2
        return np.stack([right, down], axis=1)

    def moved(self, way: QPointF) -> MapCamera:
        """The map dragged by so many pixels."""
        return replace(self, x=self.x - way.x() / self.scale, y=self.y + way.y() / self.scale)

    def zoomed(self, factor: float, anchor: QPointF) -> MapCamera:
        """What is so many pixels from the middle stays."""
        scale = min(max(self.scale * factor, self.fitting * _FARTHEST), self.fitting * _CLOSEST)
        grown = 1.0 / self.scale - 1.0 / scale
        return replace(self, scale=scale, x=self.x + anchor.x() * grown, y=self.y - anchor.y() * grown)
