"""Paints islands as spokes around a point, with the last images of the concept around them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QPolygonF

from alienlab.app.pictures import to_qimage
from alienlab.domain.space.archipelago import INTACT, Sighting
from alienlab.domain.space.islands import Edge, Shore
from alienlab.ui.appearance import font_of
from alienlab.ui.space.polar_layout import PolarLayout
from alienlab.ui.theme import Theme, Type

DOT = 4.0
"""Radius of an edge's mark, in pixels."""
_HEADROOM = 1.08


def mind_colour(sighting: Sighting, theme: Theme) -> str:
    """Blue and vermilion: apart to any eyes."""
    return theme.accent if sighting.mind == INTACT else theme.danger


def layout_of(sightings: Sequence[Sighting], size: QSize) -> PolarLayout:
    """Islands that are lost have no ring of images; edges that were found decide how far the plot reaches."""
    shown = [one for one in sightings if not one.is_lost]
    spokes = len(shown[0].island.edges) if shown else 0
    edges = [(edge, edge.radius / one.island.space_radius) for one in shown for edge in one.island.edges]
    found = [ratio for edge, ratio in edges if edge.shore is not Shore.CENSORED]
    farthest = max(found or [ratio for _, ratio in edges], default=1.0)
    return PolarLayout(size, spokes, max(1, len(shown)), farthest * _HEADROOM or 1.0)


class PolarPainter:
    """Keeps the images at the size in which they were painted last."""

    def __init__(self) -> None:
        self._pixmaps: dict[tuple[int, int], QPixmap] = {}
        self._side, self._ratio = 0, 1.0
        self._font = font_of(Type.SMALL)

    def forget(self) -> None:
        """Other islands are to be shown."""
        self._pixmaps.clear()

    def paint(
        self,
        painter: QPainter,
        layout: PolarLayout,
        sightings: Sequence[Sighting],
        theme: Theme,
        *,
        marked: int | None,
        ratio: float,
    ) -> None:
        """``marked`` is a spoke that stands out; ``ratio`` is that of device pixels."""
        if (layout.image, ratio) != (self._side, self._ratio):
            self._side, self._ratio = layout.image, ratio
            self._pixmaps.clear()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_rings(painter, layout, theme)
        shown = [one for one in sightings if not one.is_lost]
        for one in shown:
            _paint_island(painter, layout, one, theme)
        for one in shown:
            for spoke, edge in enumerate(one.island.edges):
                _paint_edge(painter, layout, spoke, edge, one, theme, is_marked=spoke == marked)
        self._paint_labels(painter, layout, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if layout.image:
            for mind, one in enumerate(shown):
                self._paint_images(painter, layout, mind, one, theme, marked)

    def _paint_rings(self, painter: QPainter, layout: PolarLayout, theme: Theme) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for radius in layout.rings:
            painter.setPen(QPen(QColor(theme.faint if math.isclose(radius, 1.0) else theme.line), 1.0))
            painter.drawEllipse(layout.center, layout.pixels(radius), layout.pixels(radius))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.muted))
        painter.drawEllipse(layout.center, 2.5, 2.5)

    def _paint_labels(self, painter: QPainter, layout: PolarLayout, theme: Theme) -> None:
        """Between the first two spokes, over the islands."""
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        for radius in layout.rings:
            text = f"{radius:g} R"
            spot = layout.at(0.5, layout.pixels(radius))
            area = QRectF(0, 0, metrics.horizontalAdvance(text) + 6, metrics.height())
            area.moveCenter(spot)
            ground = QColor(theme.surface)
            ground.setAlpha(210)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, 3, 3)
            painter.setPen(QColor(theme.muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_images(
        self, painter: QPainter, layout: PolarLayout, mind: int, one: Sighting, theme: Theme, marked: int | None
    ) -> None:
        colour = QColor(mind_colour(one, theme))
        for spoke, edge in enumerate(one.island.edges):
            area = layout.image_rect(spoke, mind)
            image = one.images.get(edge.direction)
            if image is None:
                painter.setPen(QPen(QColor(theme.line), 1.0, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
                continue
            pixmap = self._pixmap((mind, spoke), image)
            fitted = QRectF(0, 0, pixmap.width() / self._ratio, pixmap.height() / self._ratio)
            fitted.moveCenter(area.center())
            painter.drawPixmap(fitted.topLeft(), pixmap)
            if spoke == marked or layout.minds > 1:
                painter.setPen(QPen(QColor(theme.text) if spoke == marked else colour, 2.0 if spoke == marked else 1.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(fitted.adjusted(0.5, 0.5, -0.5, -0.5))

    def _pixmap(self, key: tuple[int, int], image: np.ndarray) -> QPixmap:
        if key not in self._pixmaps:
            side = round(self._side * self._ratio)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small: QImage = to_qimage(image).scaled(side, side, keep, smooth)
            pixmap = QPixmap.fromImage(small)
            pixmap.setDevicePixelRatio(self._ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]


def _paint_island(painter: QPainter, layout: PolarLayout, one: Sighting, theme: Theme) -> None:
    """Its outline, and a tint within it."""
    colour = QColor(mind_colour(one, theme))
    radius = one.island.space_radius
    corners = [layout.at(spoke, layout.pixels(edge.radius / radius)) for spoke, edge in enumerate(one.island.edges)]
    tint = QColor(colour)
    tint.setAlpha(34)
    line = QColor(colour)
    line.setAlpha(120)
    painter.setBrush(tint)
    painter.setPen(QPen(line, 1.0))
    painter.drawPolygon(QPolygonF(corners))


def _paint_edge(
    painter: QPainter, layout: PolarLayout, spoke: int, edge: Edge, one: Sighting, theme: Theme, *, is_marked: bool
) -> None:
    """A spoke with a mark at its end: dots for the intact mind, diamonds for an altered one."""
    colour = QColor(mind_colour(one, theme))
    end = layout.at(spoke, layout.pixels(edge.radius / one.island.space_radius))
    line = QColor(colour)
    line.setAlpha(255 if is_marked else 110)
    painter.setPen(QPen(line, 2.0 if is_marked else 1.0))
    painter.drawLine(layout.center, end)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    size = DOT + (1.0 if is_marked else 0.0)
    if edge.shore is Shore.CENSORED:
        painter.drawPolygon(_arrow(layout, spoke, end, size))
        return
    if one.mind == INTACT:
        painter.drawEllipse(end, size, size)
    else:
        painter.drawPolygon(_diamond(end, size + 1))
    if edge.shore is Shore.REENTERED:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawEllipse(end, size + 4, size + 4)


def _diamond(middle: QPointF, size: float) -> QPolygonF:
    return QPolygonF([middle + QPointF(x * size, y * size) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0))])


def _arrow(layout: PolarLayout, spoke: int, tip: QPointF, size: float) -> QPolygonF:
    """Pointing outwards."""
    angle = layout.angle(spoke)
    ahead, aside = QPointF(math.sin(angle), -math.cos(angle)), QPointF(math.cos(angle), math.sin(angle))
    return QPolygonF([tip, tip - ahead * (2.5 * size) + aside * size, tip - ahead * (2.5 * size) - aside * size])
