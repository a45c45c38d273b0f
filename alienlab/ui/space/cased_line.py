"""A bright line on a casing, that stands out on anything it lies on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


def cased_line(
    painter: QPainter,
    positions: Sequence[QPointF],
    area: QRectF,
    *,
    casing: tuple[QColor, float],
    line: tuple[QColor, float],
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """A polyline as far as it lies in an area: colour and width of its casing, and of the line itself."""
    path = _line(positions, area)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(*casing, Qt.PenStyle.SolidLine, cap, join))
    painter.drawPath(path)
    painter.setPen(QPen(*line, style, cap, join))
    painter.drawPath(path)


def clipped(start: QPointF, end: QPointF, area: QRectF) -> tuple[QPointF, QPointF] | None:
    """The part of a segment in an area (Liang and Barsky 1984); None where there is none."""
    way = end - start
    enters, leaves = 0.0, 1.0
    for step, room in (
        (-way.x(), start.x() - area.left()),
        (way.x(), area.right() - start.x()),
        (-way.y(), start.y() - area.top()),
        (way.y(), area.bottom() - start.y()),
    ):
        if step == 0.0 and room < 0.0:
            return None
        if step < 0.0:
            enters = max(enters, room / step)
        elif step > 0.0:
            leaves = min(leaves, room / step)
    if enters > leaves:
        return None
    return (start if enters == 0.0 else start + way * enters), (end if leaves == 1.0 else start + way * leaves)


def _line(positions: Sequence[QPointF], area: QRectF) -> QPainterPath:
    """A polyline, as far as it lies in an area: far outside of it painting has no numbers any more."""
    path = QPainterPath()
    end: QPointF | None = None
    for before, after in pairwise(positions):
        piece = clipped(before, after, area)
        if piece is None:
            end = None
            continue
        if end is None or piece[0] != end:
            path.moveTo(piece[0])
        path.lineTo(piece[1])
        end = piece[1]
    return path
