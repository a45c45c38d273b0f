"""Renders that are dragged out of the log: their files, with their picture at the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from alienlab.app.log.rows import LogRows
from alienlab.ui.appearance import font_of
from alienlab.ui.theme import Theme, Type

SIDE = 96
"""Of the picture, in pixels."""
_BADGE = 20
"""Height of what says how many are dragged."""


def drag_of(view: QAbstractItemView, rows: LogRows, indexes: Sequence[QModelIndex], theme: Theme) -> QDrag | None:
    """Not yet begun; None where there is nothing to drag."""
    found = [index for index in indexes if index.column() == 0 and rows.number(index.row()) is not None]
    if not found:
        return None
    drag = QDrag(view)
    drag.setMimeData(rows.mimeData(found))
    picture = rows.data(rows.index(found[0].row(), 0), Qt.ItemDataRole.DecorationRole)
    if isinstance(picture, QImage):
        drag.setPixmap(_pictured(picture, len(found), theme, view.devicePixelRatioF()))
        drag.setHotSpot(QPoint(SIDE // 2, SIDE // 2))
    return drag


def _pictured(picture: QImage, count: int, theme: Theme, ratio: float) -> QPixmap:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(picture.scaled(QSize(SIDE, SIDE) * ratio, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    if count > 1:
        _write_count(pixmap, f"{count:,}", theme)
    return pixmap


def _write_count(pixmap: QPixmap, text: str, theme: Theme) -> None:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font_of(Type.SMALL))
    width = max(_BADGE, painter.fontMetrics().horizontalAdvance(text) + 12)
    badge = QRect(round(pixmap.deviceIndependentSize().width()) - width - 4, 4, width, _BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(badge), _BADGE / 2, _BADGE / 2)
    painter.setPen(QColor(theme.on_accent))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
