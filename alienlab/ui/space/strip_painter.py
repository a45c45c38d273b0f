"""Paints the images of a strip, and what is said of them."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap

from alienlab.app.pictures import blurred, to_qimage
from alienlab.app.space.plane import PLAIN
from alienlab.app.space.strip import Cell, Strip
from alienlab.domain.concepts import Between, within
from alienlab.domain.differences import INTACT_CAPTION
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.walks import Stop
from alienlab.ui.appearance import font_of
from alienlab.ui.space.strip_layout import StripLayout
from alienlab.ui.theme import Theme, Type

_SIGN = re.compile(r"(?<![^ ])-(?=\d)")
"""Of a number."""
_MOST_PIXMAPS = 600
_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


def distance_words(strip: Strip, place: int) -> str:
    """Empty while it is not known."""
    distance = strip.distance(place)
    if distance is None:
        return ""
    return f"norm {distance:.3g}" if strip.unit == PLAIN else f"{distance / strip.unit:.2f} {strip.unit_words}"


def caption_words(stop: Stop) -> str:
    """The label of a stop; for a point between two others how far it is on the way to the second."""
    point = stop.point
    if isinstance(point, Between) and stop.label == str(point):
        return f"{point.position:.2f} to {within(point.end)}"
    return _SIGN.sub("−", stop.label)


class StripPainter:
    """Keeps pictures at the size in which they were painted last."""

    def __init__(self, strip: Strip) -> None:
        self._strip = strip
        self._pixmaps: dict[tuple[DiffusionRecipe, int, bool], QPixmap] = {}
        self._small = font_of(Type.SMALL)
        self._ratio = 1.0

    def set_ratio(self, ratio: float) -> None:
        """Device pixels a pixel."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._pixmaps.clear()

    def paint_point(self, painter: QPainter, layout: StripLayout, place: int, theme: Theme) -> None:
        """Its images in all minds, and the caption beneath them."""
        strip = self._strip
        assert strip.walk is not None
        for mind in range(layout.minds):
            self._paint_image(painter, layout.image(Cell(mind, place)), Cell(mind, place), theme)
        painter.setFont(self._small)
        metrics, area = QFontMetrics(self._small), layout.caption(place)
        far = distance_words(strip, place)
        if metrics.horizontalAdvance(far) > area.width():
            far = far.removesuffix(f" {strip.unit_words}")
        lines = ((caption_words(strip.walk.stops[place]), theme.text), (far, theme.muted))
        for number, (text, colour) in enumerate(lines):
            line = QRect(area.left(), area.top() + number * 14, area.width(), 14)
            painter.setPen(QColor(colour))
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, said)

    def paint_names(self, painter: QPainter, layout: StripLayout, line: int, theme: Theme) -> None:
        """Of the minds, beside a line of images."""
        painter.setFont(self._small)
        for mind, recipe in enumerate(self._strip.minds):
            painter.setPen(QColor(theme.danger if recipe.lesions else theme.muted))
            name = "altered" if recipe.lesions else INTACT_CAPTION
            painter.drawText(layout.name(mind, line), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_image(self, painter: QPainter, area: QRect, cell: Cell, theme: Theme) -> None:
        pixmap = self._pixmap(cell, area.width())
        if pixmap is not None:
            shape = QSize(round(pixmap.width() / self._ratio), round(pixmap.height() / self._ratio))
            fitted = QRect(0, 0, shape.width(), shape.height())
            fitted.moveCenter(area.center())
            painter.drawPixmap(fitted, pixmap)
            return
        painter.fillRect(area, QColor(theme.raised))
        failure = self._strip.failure(cell)
        if failure:
            painter.setFont(self._small)
            painter.setPen(QColor(theme.danger))
            room = area.adjusted(6, 4, -6, -4)
            painter.drawText(room, _WRAPPED, _shortened(failure, QFontMetrics(self._small), room))

    def _pixmap(self, cell: Cell, side: int) -> QPixmap | None:
        strip = self._strip
        image = strip.image(cell)
        if image is None:
            return None
        key = (strip.recipe(cell), side, strip.is_flagged(cell))
        found = self._pixmaps.get(key)
        if found is None:
            if len(self._pixmaps) >= _MOST_PIXMAPS:
                self._pixmaps.clear()
            picture = to_qimage(image)
            found = scaled(blurred(picture) if strip.is_flagged(cell) else picture, side, self._ratio)
            self._pixmaps[key] = found
        return found


def scaled(picture: QImage, side: int, ratio: float) -> QPixmap:
    """As large as a square allows, smoothly."""
    room = QSize(round(side * ratio), round(side * ratio))
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(picture.scaled(room, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint_frame(painter: QPainter, area: QRect, colour: str, *, width: int = 2) -> None:
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def _shortened(sentence: str, metrics: QFontMetrics, area: QRect) -> str:
    """As many of its words as an area has room for."""
    words, said = sentence.split(), sentence
    while len(words) > 1 and metrics.boundingRect(area, _WRAPPED, said).height() > area.height():
        words.pop()
        said = f"{' '.join(words)}…"
    return said
