"""Paints the concept map: labels, dots, and the path between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from alienlab.app.space.map_entries import MapEntry
from alienlab.ui.space.cased_line import cased_line
from alienlab.ui.theme import Theme, Type

LONGEST_LABEL = 180
"""Pixels; longer words are cut short."""
_LONGEST_CARD = 420
_DOT = 3.0
BADGE = 9.0
"""Pixels around a concept of the path that its number takes."""


@dataclass(frozen=True, slots=True)
class MapScene:
    """What is to be painted, in pixels."""

    entries: Sequence[MapEntry]
    dots: Sequence[QPointF]
    labels: Mapping[int, QRectF]
    route: Sequence[int]
    hovered: int | None


def label_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(Type.BODY)
    return font


def label_text(entry: MapEntry, metrics: QFontMetricsF) -> str:
    return metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, LONGEST_LABEL)


def paint_map(painter: QPainter, size: QSizeF, scene: MapScene, theme: Theme) -> None:
    view = QRectF(QPointF(), size)
    painter.fillRect(view, QColor(theme.ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(label_font(painter.font()))
    on_route = set(scene.route)
    near = view.adjusted(-LONGEST_LABEL, -24, LONGEST_LABEL, 24)
    shown = [index for index, dot in enumerate(scene.dots) if near.contains(dot)]
    _paint_route(painter, scene, near, theme)
    for index in shown:
        if index not in on_route:
            _paint_dot(painter, scene, index, theme)
    for index in shown:
        if index in scene.labels and index != scene.hovered:
            _paint_label(painter, scene, index, theme, is_on_route=index in on_route)
    _paint_badges(painter, scene, near, theme)
    if scene.hovered is not None:
        _paint_card(painter, scene, scene.hovered, view, theme)


def _paint_dot(painter: QPainter, scene: MapScene, index: int, theme: Theme) -> None:
    dot, entry = scene.dots[index], scene.entries[index]
    painter.setPen(QPen(QColor(theme.ground), 1.5))
    if entry.is_named:
        painter.setBrush(QColor(theme.good))
        far = _DOT + 2.5
        corners = [QPointF(0, -far), QPointF(far, 0), QPointF(0, far), QPointF(-far, 0)]
        painter.drawPolygon(QPolygonF([dot + corner for corner in corners]))
    else:
        painter.setBrush(QColor(theme.muted if index in scene.labels else theme.faint))
        painter.drawEllipse(dot, _DOT, _DOT)


def _paint_label(painter: QPainter, scene: MapScene, index: int, theme: Theme, *, is_on_route: bool) -> None:
    area, entry = scene.labels[index], scene.entries[index]
    text = label_text(entry, QFontMetricsF(painter.font()))
    if is_on_route:  # so that lines do not run through it
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ground))
        painter.drawRoundedRect(area.adjusted(-2, 0, 2, 0), 3, 3)
    painter.setPen(QColor(theme.accent if is_on_route else theme.good if entry.is_named else theme.text))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _paint_route(painter: QPainter, scene: MapScene, area: QRectF, theme: Theme) -> None:
    cased_line(
        painter,
        [scene.dots[index] for index in scene.route],
        area,
        casing=(QColor(theme.ground), 6.0),
        line=(QColor(theme.accent), 2.0),
    )


def _paint_badges(painter: QPainter, scene: MapScene, area: QRectF, theme: Theme) -> None:
    """What number in the path a concept has; several where the path comes back to it."""
    numbers: dict[int, list[int]] = defaultdict(list)
    for number, index in enumerate(scene.route, start=1):
        numbers[index].append(number)
    font = QFont(painter.font())
    font.setPixelSize(Type.SMALL)
    font.setWeight(QFont.Weight.DemiBold)
    painter.save()
    painter.setFont(font)
    for index, told in numbers.items():
        if area.contains(scene.dots[index]):
            text = "·".join(map(str, told))
            width = max(2 * BADGE, QFontMetricsF(font).horizontalAdvance(text) + BADGE)
            badge = QRectF(0, 0, width, 2 * BADGE)
            badge.moveCenter(scene.dots[index])
            painter.setPen(QPen(QColor(theme.ground), 2))
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(badge, BADGE, BADGE)
            painter.setPen(QColor(theme.on_accent))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _paint_card(painter: QPainter, scene: MapScene, index: int, view: QRectF, theme: Theme) -> None:
    """The label under the pointer, whole and above all others."""
    metrics = QFontMetricsF(painter.font())
    entry, dot = scene.entries[index], scene.dots[index]
    text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, _LONGEST_CARD)
    label = scene.labels.get(index)
    card = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 6)
    if label is not None:
        card.moveCenter(label.center())
    else:
        card.moveBottomLeft(dot + QPointF(8, -8))
    card.moveRight(min(card.right(), view.right() - 4))
    card.moveLeft(max(card.left(), view.left() + 4))
    card.moveTop(max(card.top(), view.top() + 4))
    if index not in scene.route:
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot, _DOT + 3, _DOT + 3)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(card, 4, 4)
    painter.setPen(QColor(theme.good if entry.is_named else theme.text))
    painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)
