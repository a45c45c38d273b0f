"""Paints a picture with its axes, caption and handles."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen

from alienlab.domain.laboratories.exhibits import Grip, Picture, Scale
from alienlab.ui.appearance import font_of
from alienlab.ui.labs.grips import Held, corners
from alienlab.ui.labs.numbers import place_on, ticks, titled
from alienlab.ui.labs.wall_layout import even_scale
from alienlab.ui.theme import Theme, Type

MARGIN, LINE, TICK = 12, 16, 4
ACROSS_ROOM, UP_ROOM = 80, 40
"""Pixels along an axis for each tick."""
LEFT_ROOM = 64
"""For the numbers of a vertical axis and its title."""


def frame_of(picture: Picture, area: QRectF, *, smooth: bool) -> QRectF:
    """Where the pixels lie in ``area``, as large as there is room, never stretched."""
    room = area.adjusted(
        LEFT_ROOM if picture.y else MARGIN,
        MARGIN,
        -MARGIN,
        -MARGIN - (2 * LINE + TICK if picture.x else 0) - (LINE if picture.caption else 0),
    )
    height, width = picture.pixels.shape[:2]
    scale = min(max(room.width(), 1) / width, max(room.height(), 1) / height)
    if not smooth:
        scale = even_scale(scale)
    frame = QRectF(0, 0, width * scale, height * scale)
    frame.moveCenter(room.center())
    frame.moveTopLeft(QPointF(round(frame.x()), round(frame.y())))
    return frame


def paint_pixels(painter: QPainter, target: QRectF, image: QImage, *, smooth: bool) -> None:
    """Fill ``target``; where it is no whole multiple of an image of whole pixels, only their borders are filtered."""
    scale = target.width() / max(image.width(), 1)
    is_whole = abs(scale - round(scale)) * image.width() < 0.5
    if not smooth and scale > 1 and not is_whole:
        image = image.scaled(image.size() * math.ceil(scale))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth or not is_whole)
    painter.drawImage(target, image)


class PicturePainter:
    """In the colours of one theme."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font = font_of(Type.SMALL)
        self._metrics = QFontMetrics(self._font)

    def paint(self, painter: QPainter, picture: Picture, image: QImage, frame: QRectF, *, smooth: bool) -> None:
        paint_pixels(painter, frame, image, smooth=smooth)
        painter.setPen(QColor(self._theme.line))
        painter.drawRect(frame.adjusted(-1, -1, 0, 0))
        painter.setFont(self._font)
        bottom = frame.bottom() + TICK
        if picture.x is not None:
            self._paint_across(painter, picture.x, frame)
            bottom += 2 * LINE
        if picture.y is not None:
            self._paint_up(painter, picture.y, frame)
        if picture.caption:
            painter.setPen(QColor(self._theme.text))
            room = QRectF(frame.center().x() - 1000, bottom, 2000, LINE)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, picture.caption)

    def paint_handles(self, painter: QPainter, handles: Sequence[Held], frame: QRectF, *, chosen: int | None) -> None:
        painter.save()
        painter.setClipRect(frame.adjusted(-8, -8, 8, 8))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, one in enumerate(handles):
            self._paint_handle(painter, one, frame, is_chosen=number == chosen)
        painter.restore()
        for one in handles:
            x, y = one.place
            spot = QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height())
            if one.grip is Grip.ACROSS:
                self._tag(painter, one, QPointF(spot.x(), frame.top() + 12), frame)
            elif one.grip is Grip.UP:
                self._tag(painter, one, QPointF(frame.right() - 40, spot.y()), frame)

    def paint_focus(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_across(self, painter: QPainter, scale: Scale, frame: QRectF) -> None:
        for value, text in ticks(scale, max(1, int(frame.width() / ACROSS_ROOM))):
            x = frame.x() + place_on(scale, value) * frame.width()
            painter.setPen(QColor(self._theme.faint))
            painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, frame.bottom() + TICK))
            painter.setPen(QColor(self._theme.muted))
            room = QRectF(x - ACROSS_ROOM / 2, frame.bottom() + TICK, ACROSS_ROOM, LINE)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(self._theme.text))
        room = QRectF(frame.center().x() - 400, frame.bottom() + TICK + LINE, 800, LINE)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, titled(scale))

    def _paint_up(self, painter: QPainter, scale: Scale, frame: QRectF) -> None:
        widest = 0
        for value, text in ticks(scale, max(1, int(frame.height() / UP_ROOM))):
            y = frame.bottom() - place_on(scale, value) * frame.height()
            painter.setPen(QColor(self._theme.faint))
            painter.drawLine(QPointF(frame.x() - TICK, y), QPointF(frame.x(), y))
            painter.setPen(QColor(self._theme.muted))
            room = QRectF(frame.x() - LEFT_ROOM, y - LINE / 2, LEFT_ROOM - 2 * TICK, LINE)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
            widest = max(widest, self._metrics.horizontalAdvance(text))
        painter.save()
        painter.setPen(QColor(self._theme.text))
        painter.translate(frame.x() - 2 * TICK - widest - LINE / 2 - TICK, frame.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-400, -LINE / 2, 800, LINE), Qt.AlignmentFlag.AlignCenter, titled(scale))
        painter.restore()

    def _paint_handle(self, painter: QPainter, one: Held, frame: QRectF, *, is_chosen: bool) -> None:
        x, y = one.place
        spot = QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height())
        match one.grip:
            case Grip.ACROSS:
                self._line(painter, QPointF(spot.x(), frame.top()), QPointF(spot.x(), frame.bottom()), is_chosen)
            case Grip.UP:
                self._line(painter, QPointF(frame.left(), spot.y()), QPointF(frame.right(), spot.y()), is_chosen)
            case Grip.POINT:
                self._dot(painter, spot, is_chosen, radius=6)
            case Grip.BOX:
                self._box(painter, one, frame, is_chosen)

    def _pens(self, is_chosen: bool) -> tuple[QPen, QPen]:
        """A casing of the ground's colour below a line that stands out from it: seen on any picture."""
        width = 2.0 if is_chosen else 1.5
        casing = QColor(self._theme.ground)
        casing.setAlpha(200)
        return QPen(casing, width + 2), QPen(QColor(self._theme.accent), width)

    def _line(self, painter: QPainter, start: QPointF, end: QPointF, is_chosen: bool) -> None:
        for pen in self._pens(is_chosen):
            painter.setPen(pen)
            painter.drawLine(start, end)

    def _dot(self, painter: QPainter, spot: QPointF, is_chosen: bool, *, radius: float) -> None:
        painter.setBrush(QColor(self._theme.accent) if is_chosen else QColor(255, 255, 255, 40))
        for pen in self._pens(is_chosen):
            painter.setPen(pen)
            painter.drawEllipse(spot, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _box(self, painter: QPainter, one: Held, frame: QRectF, is_chosen: bool) -> None:
        left, top, right, bottom = one.box
        rect = QRectF(
            frame.x() + left * frame.width(),
            frame.y() + top * frame.height(),
            (right - left) * frame.width(),
            (bottom - top) * frame.height(),
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if one.is_whole:
            painter.setPen(QPen(QColor(self._theme.accent), 1, Qt.PenStyle.DashLine))
            painter.drawRect(rect)
            return
        for pen in self._pens(is_chosen):
            painter.setPen(pen)
            painter.drawRect(rect)
        for x, y in corners(one.box):
            spot = QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height())
            self._dot(painter, spot, is_chosen, radius=4)

    def _tag(self, painter: QPainter, one: Held, at: QPointF, frame: QRectF) -> None:
        """Name and value of a line, beside it."""
        text = one.words
        width = self._metrics.horizontalAdvance(text) + 12
        box = QRectF(at.x() + 6, at.y() - LINE / 2 - 1, width, LINE + 2)
        if box.right() > frame.right() and at.x() - 6 - width >= frame.left():
            box.moveRight(at.x() - 6)
        box.moveBottom(min(box.bottom(), frame.bottom() - 2))
        ground = QColor(self._theme.raised)
        ground.setAlpha(230)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(self._theme.text))
        painter.setFont(self._font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setBrush(Qt.BrushStyle.NoBrush)
