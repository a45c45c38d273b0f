"""A small histogram of a module's weights."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from alienlab.domain.anatomy import WeightStatistics
from alienlab.ui.appearance import font_of
from alienlab.ui.theme import Theme, Type

_BARS = 40


class Histogram(QWidget):
    """Bars over the range of the weights, with the range and zero named below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._statistics: WeightStatistics | None = None
        self._colour = theme.accent
        self._font = font_of(Type.SMALL)
        self.setAccessibleName("Histogram of the weights")

    def sizeHint(self) -> QSize:
        return QSize(240, _BARS + QFontMetrics(self._font).height() + 4)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_statistics(self, statistics: WeightStatistics | None, colour: str) -> None:
        self._statistics = statistics
        self._colour = colour
        self.setVisible(statistics is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        statistics = self._statistics
        if statistics is None or not statistics.counts:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        self._paint_bars(painter, statistics)
        painter.setPen(QColor(self._theme.muted))
        caption = QRectF(0, _BARS + 2, self.width(), self.height() - _BARS - 2)
        painter.drawText(caption, Qt.AlignmentFlag.AlignLeft, f"{statistics.low:.3g}")
        painter.drawText(caption, Qt.AlignmentFlag.AlignRight, f"{statistics.high:.3g}")
        painter.drawText(
            caption, Qt.AlignmentFlag.AlignHCenter, f"mean {statistics.mean:.2g} · spread {statistics.std:.2g}"
        )

    def _paint_bars(self, painter: QPainter, statistics: WeightStatistics) -> None:
        tallest = max(statistics.counts) or 1
        width = self.width() / len(statistics.counts)
        for number, count in enumerate(statistics.counts):
            height = count / tallest * (_BARS - 2)
            painter.fillRect(QRectF(number * width, _BARS - height, max(1.0, width - 1), height), QColor(self._colour))
        painter.fillRect(QRectF(0, _BARS, self.width(), 1), QColor(self._theme.line))
        if statistics.low < 0 < statistics.high:
            zero = -statistics.low / (statistics.high - statistics.low) * self.width()
            painter.fillRect(QRectF(zero, 0, 1, _BARS), QColor(self._theme.muted))
