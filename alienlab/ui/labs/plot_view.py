"""Curves over one axis, with lines that are dragged."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, cast

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from alienlab.domain.anatomy import Kind
from alienlab.domain.laboratories.exhibits import Curve, Grip, Plot, Scale
from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.appearance import font_of
from alienlab.ui.labs.grips import Held, held
from alienlab.ui.labs.numbers import said, titled
from alienlab.ui.theme import Theme, Type

MOST_NAMED = 10
"""Curves that a legend names."""
MOST_HIDDEN = 0.7
"""Share of a plot's width, and of its height, that a legend may take."""
TRACED = 200
"""Points of each line that a legend keeps away from."""
_SERIES = (Kind.LINEAR, Kind.NORM, Kind.EMBEDDING, Kind.CONV)
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class LabPlot(pg.PlotWidget):
    """Wheel and dragging zoom and pan, F shows everything again; the arrow keys move the line that is dragged."""

    dragged = Signal(str, object)
    """A parameter and its new value."""
    pointed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._plot: Plot | None = None
        self._held: tuple[Held, ...] = ()
        self._lines: list[pg.InfiniteLine] = []
        self._chosen = 0
        self._is_zoomed = False
        self._dragging = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Plot")
        self._item: Any = self.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._item.getViewBox().sigRangeChangedManually.connect(self._take_zoom)
        for side in ("left", "bottom"):
            self._item.getAxis(side).setStyle(tickFont=font_of(Type.SMALL), tickTextOffset=6)
            self._item.getAxis(side).enableAutoSIPrefix(False)
        self._item.layout.setContentsMargins(8, 8, 12, 4)
        self._legend = pg.LegendItem()
        self._legend.setParentItem(self._item.getViewBox())
        self.set_theme(theme)

    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    @property
    def plot(self) -> Plot | None:
        return self._plot

    @property
    def handles(self) -> tuple[Held, ...]:
        return self._held

    @property
    def lines(self) -> tuple[pg.InfiniteLine, ...]:
        """Those that are dragged."""
        return tuple(self._lines)

    @property
    def has_legend(self) -> bool:
        """Whether there is room for the names of the curves."""
        return self._legend.isVisible()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setBackground(theme.ground)
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(theme.faint)
            axis.setTickPen(theme.line)
            axis.setTextPen(theme.muted)
        ground = QColor(theme.ground)
        ground.setAlphaF(0.85)
        self._legend.setBrush(ground)
        self._legend.setPen(theme.line)
        self._legend.setLabelTextColor(theme.text)
        self._legend.setLabelTextSize(f"{int(Type.SMALL)}px")
        self._redraw()

    def show_plot(self, plot: Plot) -> None:
        """What was zoomed to stays where the plot is of the same things."""
        before, self._plot = self._plot, plot
        if before is None or (before.title, before.x, before.y) != (plot.title, plot.x, plot.y):
            self._is_zoomed = False
        self.setAccessibleName(plot.title or "Plot")
        self._redraw()

    def show_handles(self, parameters: Mapping[str, Parameter], values: Mapping[str, Value]) -> None:
        """Where the lines are for these values."""
        plot = self._plot
        found = () if plot is None else held(plot.handles, parameters, values, plot.x, plot.y)
        self._held = tuple(one for one in found if one.grip in (Grip.ACROSS, Grip.UP))
        if len(self._held) != len(self._lines):
            self._make_lines()
        for one, line in zip(self._held, self._lines, strict=True):
            line.blockSignals(True)
            line.setValue(one.numbers[0])
            line.label.setFormat(one.words)
            line.blockSignals(False)
        names = ", ".join(one.parameter.name for one in self._held)
        self._dragging = f"Drag the line to change {escape(names)}, or use the arrow keys" if names else ""
        self._take_tip()

    def show_everything(self) -> None:
        self._is_zoomed = False
        self._fit()

    # Drawing

    def _redraw(self) -> None:
        self._item.clear()
        self._legend.clear()
        self._lines = []
        plot = self._plot
        if plot is None:
            return
        style = {"color": self._theme.muted, "font-size": f"{int(Type.SMALL)}px"}
        self._item.getAxis("bottom").setLabel(titled(plot.x), **style)
        self._item.getAxis("left").setLabel(titled(plot.y), **style)
        self._item.setTitle(plot.title or None, color=self._theme.text, size=f"{int(Type.SMALL)}px")
        for number, curve in enumerate(plot.curves):
            drawn = self._draw(curve, self._colour(number))
            if 1 < len(plot.curves) <= MOST_NAMED and curve.name:
                self._legend.addItem(drawn, curve.name)
        self._fit()

    def _draw(self, curve: Curve, colour: str) -> pg.PlotDataItem:
        x, y = np.asarray(curve.x, dtype=float), np.asarray(curve.y, dtype=float)
        if curve.is_line:
            item = pg.PlotDataItem(x, y, pen=pg.mkPen(colour, width=2), antialias=len(x) < 5000, connect="finite")
        else:
            size = 6 if len(x) < 500 else 3
            item = pg.PlotDataItem(
                x, y, pen=None, symbol="o", symbolSize=size, symbolBrush=pg.mkBrush(colour), symbolPen=None
            )
        self._item.addItem(item)
        return item

    def _make_lines(self) -> None:
        for line in self._lines:
            self._item.removeItem(line)
        self._lines = [self._line(number, one) for number, one in enumerate(self._held)]
        for line in self._lines:
            self._item.addItem(line)

    def _line(self, number: int, one: Held) -> pg.InfiniteLine:
        pen = pg.mkPen(self._theme.accent, width=2)
        options = {"position": 0.9, "color": self._theme.text, "fill": self._theme.raised, "movable": False}
        angle = 90 if one.grip is Grip.ACROSS else 0
        line = pg.InfiniteLine(
            one.numbers[0], angle=angle, movable=True, pen=pen, hoverPen=pen, label="", labelOpts=options
        )
        line.label.setFont(font_of(Type.SMALL))
        line.setZValue(20)
        line.sigPositionChanged.connect(lambda _: self._take_line(number))
        return line

    def _take_line(self, number: int) -> None:
        one, line = self._held[number], self._lines[number]
        self._chosen = number
        place = float(cast("float", line.value()))
        share = _share(one.x if one.grip is Grip.ACROSS else one.y, place)
        value = one.moved_to(share, 0.5) if one.grip is Grip.ACROSS else one.moved_to(0.5, 1.0 - share)
        if value != one.value:
            self.dragged.emit(one.parameter.id, value)

    def _colour(self, number: int) -> str:
        kinds = self._theme.kinds
        colours = (self._theme.accent, *(kinds[kind] for kind in _SERIES), self._theme.text)
        return colours[number % len(colours)]

    def _fit(self) -> None:
        plot = self._plot
        if plot is None or self._is_zoomed:
            return
        x = _range(plot.x, [np.asarray(curve.x, dtype=float) for curve in plot.curves])
        y = _range(plot.y, [np.asarray(curve.y, dtype=float) for curve in plot.curves])
        self._item.getViewBox().setRange(xRange=x, yRange=y, padding=0.02)
        self._place_legend(plot, x, y)

    def _place_legend(self, plot: Plot, x: tuple[float, float], y: tuple[float, float]) -> None:
        """In the corner where it hides least of the curves; else only the tooltip has it."""
        view = self._item.getViewBox().boundingRect()
        wide = self._legend.boundingRect().width() / max(view.width(), 1)
        high = self._legend.boundingRect().height() / max(view.height(), 1)
        is_named = 1 < len(plot.curves) <= MOST_NAMED
        self._legend.setVisible(is_named and wide < MOST_HIDDEN and high < MOST_HIDDEN)
        self._take_tip()
        traces = [_trace(curve) for curve in plot.curves] or [np.empty((2, 0))]
        right, up = np.concatenate(traces, axis=1)
        right, up = (right - x[0]) / ((x[1] - x[0]) or 1), (up - y[0]) / ((y[1] - y[0]) or 1)
        corners = ((1, 0), (1, 1), (0, 0), (0, 1))
        hidden = [int(np.sum((abs(right - i) < wide + 0.05) & (abs(1 - up - j) < high + 0.05))) for i, j in corners]
        i, j = corners[int(np.argmin(hidden))]
        self._legend.anchor(itemPos=(i, j), parentPos=(i, j), offset=(-12 if i else 12, -12 if j else 8))

    def _take_tip(self) -> None:
        """The names of the curves, and how a line is dragged."""
        curves = () if self._plot is None or len(self._plot.curves) < 2 else self._plot.curves[:MOST_NAMED]
        names = [
            f'<span style="color:{self._colour(number)}">■</span> {escape(curve.name)}'
            for number, curve in enumerate(curves)
            if curve.name
        ]
        self.setToolTip("<br>".join([*names, *([self._dragging] if self._dragging else [])]))

    def resizeEvent(self, ev: QResizeEvent) -> None:
        super().resizeEvent(ev)
        if getattr(self, "_plot", None) is not None:  # the first comes while it is being made
            self._fit()

    def _take_zoom(self) -> None:
        self._is_zoomed = True

    # The pointer and the keyboard

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        if self._plot is not None:
            spot = self._item.getViewBox().mapSceneToView(QPointF(self.mapToScene(ev.position().toPoint())))
            x, y = self._plot.x, self._plot.y
            parts = (f"{x.title} {said(spot.x())} {x.unit}".strip(), f"{y.title} {said(spot.y())} {y.unit}".strip())
            self.pointed.emit("   ".join(parts))

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if ev.key() in _STEPS and self._held:
            one = self._held[min(self._chosen, len(self._held) - 1)]
            factor = 10 if ev.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            value = one.stepped(*_STEPS[Qt.Key(ev.key())], factor=factor)
            if value != one.value:
                self.dragged.emit(one.parameter.id, value)
        elif ev.key() == Qt.Key.Key_Space and self._held:
            self._chosen = (self._chosen + 1) % len(self._held)
        elif ev.key() == Qt.Key.Key_F and not ev.modifiers():
            self.show_everything()
        else:
            super().keyPressEvent(ev)

    def focusInEvent(self, ev: QFocusEvent) -> None:
        super().focusInEvent(ev)
        self.setStyleSheet(f"border: 1px solid {self._theme.accent};")

    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        self.setStyleSheet("")


def _trace(curve: Curve) -> np.ndarray:
    """[2, n]: its points; along a line so many that none of its parts is overlooked."""
    points = np.stack([np.asarray(curve.x, dtype=float), np.asarray(curve.y, dtype=float)])
    if not curve.is_line or points.shape[1] < 2:
        return points
    places = np.linspace(0, points.shape[1] - 1, TRACED)
    whole = places.astype(int).clip(max=points.shape[1] - 2)
    return points[:, whole] + (places - whole) * (points[:, whole + 1] - points[:, whole])


def _share(scale: Scale, value: float) -> float:
    return (value - scale.low) / ((scale.high - scale.low) or 1.0)


def _range(scale: Scale, values: list[np.ndarray]) -> tuple[float, float]:
    """Of an axis: as it says, or as wide as the curves."""
    if scale.low != scale.high:
        return scale.low, scale.high
    known = np.concatenate(values) if values else np.empty(0)
    known = known[np.isfinite(known)]
    if not len(known):
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)
