"""Paints the path over the plane, to stand out on any image: bright on a dark casing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from alienlab.app.space.drawn_path import DrawnPath
from alienlab.domain.space.walks import Place
from alienlab.ui.space.cased_line import cased_line
from alienlab.ui.space.path_tool import PathTool
from alienlab.ui.space.sight import Sight
from alienlab.ui.theme import DARK, Type

# It lies on images, which are the same in both themes.
CASING = QColor("#0b0d10")
LINE = QColor(DARK.accent)
STOP = QColor("#ffffff")
_CLOSEST_STOPS = 7
"""Pixels; closer by, dots would run into each other, and only the ends are shown."""
_MARGIN = 64
"""Pixels around the view in which lines are drawn."""


class PathPainter:
    """Holds nothing but what it paints."""

    def __init__(self, path: DrawnPath, tool: PathTool) -> None:
        self._path, self._tool = path, tool

    def paint(self, painter: QPainter, sight: Sight, pointer: QPointF | None) -> None:
        if not self._path.corners and not self._tool.sketch:
            return
        area = QRectF(QPointF(), QSizeF(sight.width, sight.height)).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = [sight.position_of(corner.place) for corner in self._path.corners]
        if corners and pointer is not None and self._tool.would_add(pointer, sight):
            lead = [corners[-1], pointer]
            cased_line(painter, lead, area, casing=(CASING, 3.0), line=(LINE, 1.0), style=Qt.PenStyle.DotLine)
        if self._tool.sketch:
            sketch = [*corners[-1:], *_positions(self._tool.sketch, sight)]
            cased_line(painter, sketch, area, casing=(CASING, 5.0), line=(LINE, 2.0))
        cased_line(painter, _positions(self._path.line, sight), area, casing=(CASING, 6.0), line=(LINE, 2.5))
        self._paint_stops(painter, _positions(self._path.stops, sight), area)
        for index, position in enumerate(corners):
            if area.contains(position):
                _handle(painter, position, is_selected=index == self._tool.selected)
        self._paint_ends(painter, corners, area)
        painter.restore()

    def _paint_stops(self, painter: QPainter, stops: Sequence[QPointF], area: QRectF) -> None:
        """Dots where the images of the walk will be."""
        ways = [(after - before).manhattanLength() for before, after in pairwise(stops)]
        if sum(ways) < _CLOSEST_STOPS * len(ways):
            return
        painter.setPen(QPen(CASING, 1.5))
        painter.setBrush(STOP)
        for stop in stops:
            if area.contains(stop):
                painter.drawEllipse(stop, 2.75, 2.75)

    def _paint_ends(self, painter: QPainter, corners: Sequence[QPointF], area: QRectF) -> None:
        """The numbers of the first and the last image, beside the ends."""
        if len(corners) < 2 or not self._path.stops:
            return
        font = QFont(painter.font())
        font.setPixelSize(Type.SMALL)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        for position, number in ((corners[0], 1), (corners[-1], self._path.frames)):
            if area.contains(position):
                _tag(painter, position + QPointF(10, -10), str(number))


def _positions(places: Iterable[Place], sight: Sight) -> list[QPointF]:
    return [sight.position_of(place) for place in places]


def _handle(painter: QPainter, position: QPointF, *, is_selected: bool) -> None:
    """A square, so that corners are told from stops."""
    side = 11.0 if is_selected else 9.0
    area = QRectF(position.x() - side / 2, position.y() - side / 2, side, side)
    painter.setPen(QPen(CASING, 4.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, 2, 2)
    painter.setPen(QPen(STOP if is_selected else LINE, 2.0))
    painter.setBrush(LINE if is_selected else CASING)
    painter.drawRoundedRect(area, 2, 2)


def _tag(painter: QPainter, corner: QPointF, text: str) -> None:
    """A number on a dark ground, its lower left corner at ``corner``."""
    metrics = painter.fontMetrics()
    size = QSize(metrics.horizontalAdvance(text) + 8, metrics.height() + 2)
    area = QRectF(corner - QPointF(0, size.height()), QSizeF(size))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(CASING)
    painter.drawRoundedRect(area, 3, 3)
    painter.setPen(STOP)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
