"""Paints the tiles, headings and labels of a wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap

from alienlab.domain.sweeps.results import Result
from alienlab.ui.appearance import font_of
from alienlab.ui.brain_map.legend import SWATCH
from alienlab.ui.sweeps.grouping import Group
from alienlab.ui.sweeps.wall_layout import BELOW, GAP, RULE, Grid
from alienlab.ui.theme import Theme, Type

LONGEST_LABEL = 168
"""Pixels of a label beside a grid."""
HEADING_PICTURE = 24
_MOST_PIXELS = 48 * 2**20
"""Pictures at the size of the tiles are kept up to so many pixels."""


@dataclass(frozen=True, slots=True)
class TileLook:
    is_hovered: bool = False
    is_current: bool = False
    """Whether it has the keyboard."""


class WallPainter:
    """Keeps pictures at the size in which they were painted last. ``thumbnail`` gives those of results."""

    def __init__(self, thumbnail: Callable[[Result], QImage | None]) -> None:
        self._thumbnail = thumbnail
        self._pixmaps: dict[tuple[str, int], QPixmap] = {}
        self._pixels = 0
        self._ratio = 1.0
        self._heading = font_of(Type.BODY, weight=QFont.Weight.DemiBold)
        self._small = font_of(Type.SMALL)

    @property
    def metrics(self) -> QFontMetrics:
        """Of labels."""
        return QFontMetrics(self._small)

    def longest(self, labels: Sequence[str]) -> int:
        """Width of the longest label, in pixels."""
        return max(map(self.metrics.horizontalAdvance, labels)) + 2

    def forget(self) -> None:
        """Make all pictures anew."""
        self._pixmaps.clear()
        self._pixels = 0

    def set_ratio(self, ratio: float) -> None:
        """Device pixels a pixel."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.forget()

    def paint_tile(self, painter: QPainter, tile: QRect, result: Result, theme: Theme, look: TileLook) -> None:
        box = QRect(tile.left(), tile.top(), tile.width(), tile.width())
        picture = self._picture(result, box.width())
        if picture is not None:
            painter.drawPixmap(_centered(box, picture), picture)
        elif result.is_rendered:
            painter.fillRect(box, QColor(theme.raised))
        else:
            _outline(painter, box, theme.line)
            if result.failure:
                _cross_out(painter, box, theme.danger)
        if result.effect is not None:
            below = QRect(box.left(), box.bottom() + 1 + BELOW - RULE, box.width(), RULE)
            painter.fillRect(below, QColor(theme.verdicts[result.effect.verdict]))
        if look.is_current or look.is_hovered:
            _frame(painter, box, theme, look)

    def paint_heading(self, painter: QPainter, area: QRect, group: Group, theme: Theme) -> None:
        """Swatch or picture, name and number, on the lower edge of the area."""
        x, middle = area.left(), area.bottom() - HEADING_PICTURE // 2
        if group.verdict is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.verdicts[group.verdict]))
            painter.drawRoundedRect(QRectF(x, middle - SWATCH / 2, SWATCH, SWATCH), 3, 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            x += SWATCH + 8
        first = next((one for one in group.results if one.key == group.representative), None)
        picture = None if first is None else self._picture(first, HEADING_PICTURE)
        if picture is not None:
            box = QRect(x, middle - HEADING_PICTURE // 2, HEADING_PICTURE, HEADING_PICTURE)
            painter.drawPixmap(_centered(box, picture), picture)
            x += HEADING_PICTURE + 8
        self._write_heading(painter, QRect(x, middle - 10, area.right() - x, 20), group, theme)

    def _write_heading(self, painter: QPainter, line: QRect, group: Group, theme: Theme) -> None:
        metrics, small = QFontMetrics(self._heading), self.metrics
        count = str(len(group.results))
        room = line.width() - small.horizontalAdvance(count) - 8
        name = metrics.elidedText(group.heading, Qt.TextElideMode.ElideMiddle, room)
        baseline = line.center().y() + (metrics.ascent() - metrics.descent()) // 2
        painter.setFont(self._heading)
        painter.setPen(QColor(theme.text))
        painter.drawText(line.left(), baseline, name)
        painter.setFont(self._small)
        painter.setPen(QColor(theme.muted))
        painter.drawText(line.left() + metrics.horizontalAdvance(name) + 8, baseline, count)

    def paint_labels(
        self, painter: QPainter, grid: Grid, labels: Sequence[Sequence[str]], scroll: QPoint, room: QSize, theme: Theme
    ) -> None:
        """Those of the rows to the left and those of the columns at the top, over tiles that are scrolled away."""
        frozen, ground = grid.frozen, QColor(theme.surface)
        painter.setFont(self._small)
        painter.fillRect(QRect(0, 0, frozen.left(), room.height()), ground)
        self._paint_rows(painter, grid, labels[0], scroll.y(), room, theme)
        painter.fillRect(QRect(0, 0, room.width(), frozen.top()), ground)
        self._paint_columns(painter, grid, labels[1], scroll.x(), room, theme)
        painter.fillRect(QRect(0, 0, frozen.left(), frozen.top()), ground)

    def _paint_rows(
        self, painter: QPainter, grid: Grid, labels: Sequence[str], scrolled: int, room: QSize, theme: Theme
    ) -> None:
        painter.setPen(QColor(theme.muted))
        width = grid.frozen.left() - 20
        for row in grid.touched(scrolled, scrolled + room.height() - grid.frozen.top(), across=False):
            text = self.metrics.elidedText(labels[row], Qt.TextElideMode.ElideLeft, width)
            top = grid.frozen.top() + row * grid.step.height() - scrolled
            line = QRect(12, top, width, grid.side)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_columns(
        self, painter: QPainter, grid: Grid, labels: Sequence[str], scrolled: int, room: QSize, theme: Theme
    ) -> None:
        """Turned where the columns are too narrow for them."""
        painter.setPen(QColor(theme.muted))
        height = grid.frozen.top() - 16
        is_turned = self.longest(labels) > grid.pitch - GAP
        align = Qt.AlignmentFlag.AlignHCenter if grid.pitch == grid.side + GAP else Qt.AlignmentFlag.AlignLeft
        for column in grid.touched(scrolled, scrolled + room.width() - grid.frozen.left(), across=True):
            left = grid.frozen.left() + column * grid.pitch - scrolled
            if is_turned:
                self._write_upwards(
                    painter, QPoint(left + grid.side // 2, grid.frozen.top() - 8), labels[column], height
                )
            else:
                line = QRect(left, 8, grid.pitch - GAP, height)
                painter.drawText(line, align | Qt.AlignmentFlag.AlignBottom, labels[column])

    def _write_upwards(self, painter: QPainter, foot: QPoint, text: str, height: int) -> None:
        painter.save()
        painter.translate(foot)
        painter.rotate(-90)
        baseline = (self.metrics.ascent() - self.metrics.descent()) / 2
        painter.drawText(QPointF(0, baseline), self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, height))
        painter.restore()

    def paint_notice(self, painter: QPainter, room: QRect, text: str, theme: Theme) -> None:
        """A sentence on a card in the middle."""
        metrics = QFontMetrics(self._heading)
        card = QRect(0, 0, metrics.horizontalAdvance(text) + 32, metrics.height() + 24)
        card.moveCenter(room.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(theme.text))
        painter.setFont(self._heading)
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)

    def _picture(self, result: Result, side: int) -> QPixmap | None:
        found = self._pixmaps.get((result.key, side))
        if found is None:
            image = self._thumbnail(result)
            if image is None:
                return None
            found = _fitted(image, side, self._ratio)
            self._keep((result.key, side), found)
        return found

    def _keep(self, key: tuple[str, int], pixmap: QPixmap) -> None:
        if self._pixels > _MOST_PIXELS:
            self.forget()
        self._pixels += pixmap.width() * pixmap.height()
        self._pixmaps[key] = pixmap


def _fitted(image: QImage, side: int, ratio: float) -> QPixmap:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    pixmap = QPixmap.fromImage(image.scaled(QSize(side, side) * ratio, keep, smooth))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _centered(box: QRect, pixmap: QPixmap) -> QPoint:
    size = pixmap.deviceIndependentSize().toSize()
    return box.topLeft() + QPoint((box.width() - size.width()) // 2, (box.height() - size.height()) // 2)


def _outline(painter: QPainter, box: QRect, colour: str) -> None:
    painter.setPen(QColor(colour))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0, 0, -1, -1))


def _cross_out(painter: QPainter, box: QRect, colour: str) -> None:
    arm = max(4, box.width() // 10)
    middle = QPointF(box.center())
    painter.setPen(QPen(QColor(colour), 2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for sign in (1, -1):
        painter.drawLine(middle - QPointF(arm, sign * arm), middle + QPointF(arm, sign * arm))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _frame(painter: QPainter, box: QRect, theme: Theme, look: TileLook) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent if look.is_current else theme.text), 2))
    painter.drawRect(box.adjusted(0, 0, 0, 0))
