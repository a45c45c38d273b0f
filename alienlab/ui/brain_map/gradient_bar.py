"""The colours of a scale as a bar, with both yardsticks marked on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from alienlab.app.sweeps.measured_scale import MeasuredScale
from alienlab.domain.effects import Scale, Yardsticks
from alienlab.ui.appearance import font_of
from alienlab.ui.brain_map.colours import Gradient
from alienlab.ui.brain_map.legend import LEGEND_HEIGHT
from alienlab.ui.theme import Theme, Type

_BAR = QRectF(0, 7, 0, 12)
_GAP = 10.0
_SPACIOUS = 420
"""Pixels from which there is room for the unit."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A yardstick on the bar."""

    value: float
    names: tuple[str, ...]
    """What it can be called, the longest first."""
    tip: str


@dataclass(frozen=True, slots=True)
class Label:
    """Where a tick's name stands, in pixels of the bar's widget."""

    text: str
    left: float
    width: float


class GradientBar(QWidget):
    """The colours of a scale from its lowest to its highest value, with the yardsticks marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._gradient: Gradient | None = None
        self._unit = ""
        self.ticks: tuple[Tick, ...] = ()
        self._font = font_of(Type.SMALL)
        self._metrics = QFontMetricsF(self._font)
        self.setFixedHeight(LEGEND_HEIGHT)
        self.setAccessibleName("Colours of the scale")

    def sizeHint(self) -> QSize:
        return QSize(240, LEGEND_HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_gradient(self, scale: Scale | MeasuredScale, gradient: Gradient, yardsticks: Yardsticks | None) -> None:
        self._gradient = gradient
        self._unit = scale.unit
        self.ticks = ticks_of(scale, yardsticks) if isinstance(scale, Scale) else ()
        told = [f"{scale.tip}.", *(f"{tick.names[0]}: {tick.tip}." for tick in self.ticks)]
        self.setToolTip("\n".join(told))
        self.setAccessibleDescription(f"{scale.heading} from {self._ends[0]} to {self._ends[1]}. {self.toolTip()}")
        self.update()

    @property
    def bar(self) -> QRectF:
        """Where the colours are: between the numbers at both ends."""
        low, high = (self._metrics.horizontalAdvance(end) + 6 for end in self._ends)
        return QRectF(8 + low, _BAR.y(), max(8.0, self.width() - 16 - low - high), _BAR.height())

    def x_of(self, value: float) -> float:
        """Where a value stands on the bar; at its end where it is beyond it."""
        share = self._gradient.share(value) if self._gradient else 0.0
        return self.bar.x() + share * self.bar.width()

    def labels(self) -> tuple[Label | None, ...]:
        """The name below each tick, None where there is no room for it."""
        spots = [self.x_of(tick.value) for tick in self.ticks]
        for names in self._wordings():
            widths = [self._metrics.horizontalAdvance(name) if name else 0.0 for name in names]
            lefts = placed_side_by_side(spots, widths, QRectF(8, 0, self.width() - 16, 0))
            if lefts is not None:
                return tuple(
                    Label(name, left, width) if name else None
                    for name, left, width in zip(names, lefts, widths, strict=True)
                )
        return tuple(None for _ in self.ticks)

    @property
    def _ends(self) -> tuple[str, str]:
        if self._gradient is None:
            return "", ""
        more = "≥ " if self._gradient.is_exceeded else ""
        unit = f" {self._unit}" if self._unit and self.width() >= _SPACIOUS else ""
        return number_of(self._gradient.low), f"{more}{number_of(self._gradient.high)}{unit}"

    def _wordings(self) -> Iterable[Sequence[str]]:
        """What the ticks may be called, from the fullest to the last one alone."""
        names = [tuple(f"{name} ›" if self._is_beyond(tick) else name for name in tick.names) for tick in self.ticks]
        yield from zip(*names, strict=True)
        for number in reversed(range(len(names))):
            for length in range(len(names[number])):
                yield [own[length] if place == number else "" for place, own in enumerate(names)]

    def _is_beyond(self, tick: Tick) -> bool:
        return self._gradient is not None and tick.value > self._gradient.high

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._gradient is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        bar, (low, high) = self.bar, self._ends
        self._paint_colours(painter, bar, self._gradient.colours)
        painter.setPen(QColor(self._theme.muted))
        beside = QRectF(8, bar.y() - 4, self.width() - 16, bar.height() + 8)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, high)
        for tick, label in zip(self.ticks, self.labels(), strict=True):
            self._paint_tick(painter, tick, label)

    @staticmethod
    def _paint_colours(painter: QPainter, bar: QRectF, colours: Sequence[str]) -> None:
        run = QLinearGradient(bar.topLeft(), bar.topRight())
        for number, colour in enumerate(colours[:: max(1, len(colours) // 32)]):
            run.setColorAt(number * max(1, len(colours) // 32) / (len(colours) - 1), QColor(colour))
        run.setColorAt(1.0, QColor(colours[-1]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(run)
        painter.drawRoundedRect(bar, 3, 3)

    def _paint_tick(self, painter: QPainter, tick: Tick, label: Label | None) -> None:
        bar = self.bar
        if not self._is_beyond(tick):
            x = round(self.x_of(tick.value) - 0.5)
            painter.fillRect(QRectF(x - 1, bar.y(), 3, bar.height()), QColor(self._theme.ground))
            painter.fillRect(QRectF(x, bar.y() - 2, 1, bar.height() + 6), QColor(self._theme.text))
        if label is not None:
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(QPointF(label.left, bar.bottom() + 4 + self._metrics.ascent()), label.text)


def ticks_of(scale: Scale, yardsticks: Yardsticks | None) -> tuple[Tick, ...]:
    """The yardsticks that there are on a scale, the numerical floor first."""
    floor = None if yardsticks is None else scale.floor(yardsticks)
    spread = None if yardsticks is None else scale.spread(yardsticks)
    ticks: list[Tick] = []
    if floor is not None:
        number = number_of(floor)
        names = (f"numerical floor {number}", f"floor {number}", "floor")
        ticks.append(Tick(floor, names, "what rounding and the batch size alone may change"))
    if spread is not None and yardsticks is not None:
        number = number_of(spread)
        names = (f"seed spread {number}", f"spread {number}", "spread")
        seeds = f"{yardsticks.seeds} other seeds" if yardsticks.seeds != 1 else "one other seed"
        ticks.append(Tick(spread, names, f"the median distance to the images of {seeds}"))
    return tuple(ticks)


def placed_side_by_side(spots: Sequence[float], widths: Sequence[float], room: QRectF) -> list[float] | None:
    """Left edges for labels as near below their spots as they can be, each still touching its own.

    Labels of no width take no room. None where they would overlap or leave the ``room``.
    """
    lefts = [
        min(max(spot - width / 2, room.left()), room.right() - width) for spot, width in zip(spots, widths, strict=True)
    ]
    shown = sorted((number for number, width in enumerate(widths) if width), key=lambda number: spots[number])
    for before, after in itertools.pairwise(shown):
        excess = lefts[before] + widths[before] + _GAP - lefts[after]
        if excess > 0:
            lefts[before] = max(room.left(), lefts[before] - excess / 2)
            lefts[after] = lefts[before] + widths[before] + _GAP
        if lefts[after] + widths[after] > room.right():
            lefts[after] = room.right() - widths[after]
            lefts[before] = min(lefts[before], lefts[after] - _GAP - widths[before])
    touching = (lefts[number] - 3 <= spots[number] <= lefts[number] + widths[number] + 3 for number in shown)
    inside = (lefts[number] >= room.left() - 1e-6 for number in shown)
    return lefts if all(touching) and all(inside) else None


def number_of(value: float) -> str:
    """Two digits, never an exponent: ``0.031``, ``1.5``, ``12``."""
    if 0 < abs(value) < 0.001:
        return "< 0.001"
    return f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"
