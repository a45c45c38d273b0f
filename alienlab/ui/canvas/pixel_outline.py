"""Marks the pixel whose values are read, where pixels are large enough to see."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from alienlab.ui.canvas.framing import Spot, box_of_pixel, target_of
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.canvas.viewpoint import Viewpoint

SMALLEST = 6.0
"""Side of a pixel on the canvas from which on it gets an outline."""


def has_outline(width: int, height: int, box: Rect, viewpoint: Viewpoint) -> bool:
    return target_of(width, height, box, viewpoint).width / width >= SMALLEST


def paint_outline(painter: QPainter, spot: Spot, width: int, height: int, box: Rect, viewpoint: Viewpoint) -> None:
    """Light in dark, so that it is seen on every colour; in an image of this size that ``box`` shows."""
    pixel = spot.pixel_of(width, height)
    if pixel is None or not has_outline(width, height, box, viewpoint):
        return
    own = box_of_pixel(pixel, width, height, box, viewpoint)
    outline = QRectF(own.x, own.y, own.width, own.height)
    painter.save()
    painter.setClipRect(QRectF(box.x, box.y, box.width, box.height))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#000000"), 1.0))
    painter.drawRect(outline.adjusted(-1.5, -1.5, 0.5, 0.5))
    painter.setPen(QPen(QColor("#ffffff"), 1.0))
    painter.drawRect(outline.adjusted(-0.5, -0.5, -0.5, -0.5))
    painter.restore()
