"""Paints two images over each other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from alienlab.app.two_images import Direction, Tool, ToolSettings
from alienlab.ui.canvas.image_painting import paint_image, qrect
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.canvas.tile_painter import paint_letter
from alienlab.ui.canvas.viewpoint import Viewpoint
from alienlab.ui.theme import Theme

KNOB = 12.0
"""Radius of what a wipe is dragged by."""
LETTER = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that decides how a tool is painted now."""

    a: QImage
    b: QImage
    box: Rect
    viewpoint: Viewpoint
    smooth: bool
    settings: ToolSettings
    theme: Theme
    sees_b: bool = False
    """Which of both a blink shows."""


def paint_over(painter: QPainter, scene: Scene) -> None:
    """A wipe, a blink or an onion skin, with the letters of what is seen."""
    box = qrect(scene.box)
    painter.fillRect(box, QColor(scene.theme.surface))
    painter.save()
    painter.setClipRect(box)
    match scene.settings.tool:
        case Tool.WIPE:
            _paint_wipe(painter, scene)
        case Tool.BLINK:
            _paint_image(painter, scene.b if scene.sees_b else scene.a, scene)
        case _:
            _paint_image(painter, scene.a, scene)
            painter.setOpacity(scene.settings.onion)
            _paint_image(painter, scene.b, scene)
    painter.restore()
    _paint_letters(painter, scene)


def paint_alone(painter: QPainter, image: QImage, scene: Scene) -> None:
    """An image that was made of both."""
    _paint_image(painter, image, scene)


def line_of(scene: Scene) -> QRectF:
    """Of no width: where A ends and B begins, at a whole pixel."""
    box, share = scene.box, scene.settings.wipe
    if scene.settings.direction is Direction.VERTICAL:
        return QRectF(box.x + round(share * box.width), box.y, 0, box.height)
    return QRectF(box.x, box.y + round(share * box.height), box.width, 0)


def _paint_wipe(painter: QPainter, scene: Scene) -> None:
    box, line = qrect(scene.box), line_of(scene)
    first, second = QRectF(box), QRectF(box)
    first.setBottomRight(line.bottomRight())
    second.setTopLeft(line.topLeft())
    for image, part in ((scene.a, first), (scene.b, second)):
        painter.setClipRect(part)
        _paint_image(painter, image, scene)
    painter.setClipRect(box)
    _paint_handle(painter, line, scene)


def _paint_handle(painter: QPainter, line: QRectF, scene: Scene) -> None:
    """Light in dark, so that it is seen on every image."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in (("#000000", 3.0), ("#ffffff", 1.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(line.topLeft(), line.bottomRight())
    painter.setBrush(QColor(scene.theme.accent))
    painter.setPen(QPen(QColor("#ffffff"), 2.0))
    painter.drawEllipse(line.center(), KNOB - 4, KNOB - 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _paint_image(painter: QPainter, image: QImage, scene: Scene) -> None:
    paint_image(painter, image, scene.box, scene.viewpoint, smooth=scene.smooth)


def _paint_letters(painter: QPainter, scene: Scene) -> None:
    """Outside the picture, so that they hide nothing of it: A before it, B after it."""
    box, settings = scene.box, scene.settings
    sees_a, sees_b = True, True
    if settings.tool is Tool.BLINK:
        sees_a, sees_b = not scene.sees_b, scene.sees_b
    elif settings.tool is Tool.ONION:
        sees_a, sees_b = settings.onion < 1, settings.onion > 0
    elif settings.tool is Tool.WIPE:
        sees_a, sees_b = settings.wipe > 0, settings.wipe < 1
    below = settings.tool is Tool.WIPE and settings.direction is Direction.HORIZONTAL
    at_b = (box.x - LETTER - 4, box.bottom - LETTER) if below else (box.right + 4, box.y)
    for letter, at, is_seen in (("A", (box.x - LETTER - 4, box.y), sees_a), ("B", at_b, sees_b)):
        paint_letter(painter, letter, *at, scene.theme, is_seen=is_seen)


def is_near(position: QPointF, line: QRectF) -> bool:
    """Whether a press takes the line of a wipe."""
    return line.adjusted(-KNOB, -KNOB, KNOB, KNOB).contains(position)


CURSORS = {Direction.VERTICAL: Qt.CursorShape.SplitHCursor, Direction.HORIZONTAL: Qt.CursorShape.SplitVCursor}
