"""Points in three dimensions, turned by hand."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from alienlab.app.pictures import to_qimage
from alienlab.domain.laboratories.exhibits import Cloud
from alienlab.ui.appearance import font_of
from alienlab.ui.labs.cloud_image import CORNERS, EDGES, drawn, in_cube, on_screen, turned
from alienlab.ui.labs.numbers import said, titled
from alienlab.ui.theme import Theme, Type
from alienlab.ui.wheel import Notches

DEGREES_A_PIXEL = 0.4
KEY_DEGREES = 5.0
ZOOM_STEP = 1.15
_TURNS = {
    Qt.Key.Key_Left: (-KEY_DEGREES, 0.0),
    Qt.Key.Key_Right: (KEY_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, KEY_DEGREES),
    Qt.Key.Key_Down: (0.0, -KEY_DEGREES),
}
_AXIS_ENDS = ((0, 4), (0, 2), (0, 1))
"""Corners between which the three axes stand."""


class CloudView(QWidget):
    """Drag or the arrow keys turn it, the wheel or + and − bring it nearer, Home puts it back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cloud: Cloud | None = None
        self._points = np.empty((0, 3), np.float32)
        self._turn, self._tilt, self._zoom = 30.0, 20.0, 1.0
        self._press: QPointF | None = None
        self._notches = Notches()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Cloud of points")
        self.setToolTip("Drag to turn it, or use the arrow keys; the wheel zooms; Home puts it back")
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(480, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    @property
    def cloud(self) -> Cloud | None:
        return self._cloud

    @property
    def direction(self) -> tuple[float, float]:
        """Degrees about the vertical axis, and from above the horizontal."""
        return self._turn, self._tilt

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_cloud(self, cloud: Cloud) -> None:
        """The first one is seen from where it says, later ones from where the user has turned it."""
        if self._cloud is None:
            self._turn, self._tilt = cloud.turn, cloud.tilt
        self._cloud = cloud
        self._points = in_cube(cloud)
        self.setAccessibleDescription(f"{len(cloud.points):,} points")
        self.update()

    def turn(self, across: float, up: float) -> None:
        """Degrees about the vertical axis, and upwards."""
        self._turn = (self._turn + across) % 360.0
        self._tilt = min(90.0, max(-90.0, self._tilt + up))
        self.update()

    def zoom(self, factor: float) -> None:
        self._zoom = min(8.0, max(0.5, self._zoom * factor))
        self.update()

    def put_back(self) -> None:
        if self._cloud is not None:
            self._turn, self._tilt, self._zoom = self._cloud.turn, self._cloud.tilt, 1.0
            self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._cloud is not None:
            self._paint(painter, self._cloud)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint(self, painter: QPainter, cloud: Cloud) -> None:
        width, height = max(1, self.width()), max(1, self.height())
        colour = QColor(self._theme.ground)
        ground = np.empty((height, width, 3), np.uint8)
        ground[:] = (colour.red(), colour.green(), colour.blue())
        image = drawn(self._points, cloud.colours, turn=self._turn, tilt=self._tilt, zoom=self._zoom, ground=ground)
        painter.drawImage(0, 0, to_qimage(image))
        self._paint_cube(painter, width, height)
        self._paint_axes(painter, cloud, width, height)

    def _corners(self, width: int, height: int) -> list[QPointF]:
        places = on_screen(turned(CORNERS, self._turn, self._tilt), width, height, self._zoom)
        return [QPointF(float(x), float(y)) for x, y in places]

    def _paint_cube(self, painter: QPainter, width: int, height: int) -> None:
        corners = self._corners(width, height)
        faint = QColor(self._theme.faint)
        faint.setAlpha(110)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(faint, 1))
        for a, b in EDGES:
            painter.drawLine(corners[a], corners[b])

    def _paint_axes(self, painter: QPainter, cloud: Cloud, width: int, height: int) -> None:
        corners = self._corners(width, height)
        middle = QPointF(width / 2, height / 2)
        painter.setFont(font_of(Type.SMALL))
        for (start, end), scale in zip(_AXIS_ENDS, cloud.axes, strict=True):
            painter.setPen(QPen(QColor(self._theme.muted), 1.5))
            painter.drawLine(corners[start], corners[end])
            self._write(painter, corners[end], middle, f"{titled(scale)}  {said(scale.high)}", self._theme.text)
        self._write(painter, corners[0], middle, " ".join(said(scale.low) for scale in cloud.axes), self._theme.muted)

    def _write(self, painter: QPainter, at: QPointF, middle: QPointF, text: str, colour: str) -> None:
        """Beside a corner, on the side away from the middle, and never outside the view."""
        metrics = painter.fontMetrics()
        wide, tall = metrics.horizontalAdvance(text) + 4, metrics.height()
        x = at.x() + 6 if at.x() >= middle.x() else at.x() - wide - 6
        y = at.y() - tall - 2 if at.y() < middle.y() else at.y() + 2
        box = QRectF(min(max(x, 4), self.width() - wide - 4), min(max(y, 4), self.height() - tall - 4), wide, tall)
        ground = QColor(self._theme.ground)
        ground.setAlpha(170)
        painter.fillRect(box, ground)
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # The pointer and the keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is not None:
            moved = event.position() - self._press
            self._press = event.position()
            self.turn(-moved.x() * DEGREES_A_PIXEL, moved.y() * DEGREES_A_PIXEL)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = self._notches.take(event)
        if notches:
            self.zoom(ZOOM_STEP**notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TURNS:
            self.turn(*_TURNS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Home:
            self.put_back()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
