"""Where one looks at the map from: map units to pixels and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from alienlab.ui.brain_map.geometry import Box

CLOSEST = 14.0
"""Pixels a map unit when zoomed in all the way."""


@dataclass(frozen=True, slots=True)
class Camera:
    """``scale`` is pixels a map unit; ``x`` and ``y`` are the pixel where the map's origin stands."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    @classmethod
    def fitted(cls, content: QSizeF, view: QSizeF) -> Camera:
        """All of the map, centred."""
        if content.isEmpty() or view.isEmpty():
            return cls()
        scale = min(view.width() / content.width(), view.height() / content.height())
        x = (view.width() - content.width() * scale) / 2
        y = (view.height() - content.height() * scale) / 2
        return cls(scale, x, y)

    def to_map(self, point: QPointF) -> tuple[float, float]:
        return (point.x() - self.x) / self.scale, (point.y() - self.y) / self.scale

    def to_view(self, box: Box) -> QRectF:
        return QRectF(
            box.x * self.scale + self.x, box.y * self.scale + self.y, box.width * self.scale, box.height * self.scale
        )

    def to_box(self, area: QRectF) -> Box:
        x, y = self.to_map(area.topLeft())
        return Box(x, y, area.width() / self.scale, area.height() / self.scale)

    def moved(self, dx: float, dy: float) -> Camera:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def zoomed(self, factor: float, anchor: QPointF, *, farthest: float) -> Camera:
        """Scaled so that what is at ``anchor`` stays there."""
        scale = min(max(self.scale * factor, farthest), CLOSEST)
        ratio = scale / self.scale
        return Camera(scale, anchor.x() - (anchor.x() - self.x) * ratio, anchor.y() - (anchor.y() - self.y) * ratio)

    def kept_near(self, content: QSizeF, view: QSizeF) -> Camera:
        """Moved back where the map would leave the view: the view's centre always lies on the map."""
        width, height = content.width() * self.scale, content.height() * self.scale
        x = min(max(self.x, view.width() / 2 - width), view.width() / 2)
        y = min(max(self.y, view.height() / 2 - height), view.height() / 2)
        return replace(self, x=x, y=y)
