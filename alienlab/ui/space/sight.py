"""How a view shows the plane: Euclidean coordinates to its pixels, and back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from alienlab.app.space.viewpoint import Viewpoint
from alienlab.domain.space.walks import Place


@dataclass(frozen=True, slots=True)
class Sight:
    """Of a view that is so many pixels wide and high."""

    viewpoint: Viewpoint
    width: int
    height: int
    unit: float
    """Euclidean distance that the plane's coordinates are counted in."""

    def place_at(self, position: QPointF) -> Place:
        x, y = self.viewpoint.at(position.x() - self.width / 2, position.y() - self.height / 2)
        return x * self.unit, y * self.unit

    def position_of(self, place: Place) -> QPointF:
        right, down = self.viewpoint.pixels_to((place[0] / self.unit, place[1] / self.unit))
        return QPointF(right + self.width / 2, down + self.height / 2)

    @property
    def pixel(self) -> float:
        """Euclidean distance of one pixel."""
        return self.place_at(QPointF(1.0, 0.0))[0] - self.place_at(QPointF(0.0, 0.0))[0]
