"""Draws a plot of a sweep's results, and finds the result under the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QFrame, QGraphicsPathItem, QWidget

from alienlab.app.sweeps.results_model import SweepResults
from alienlab.domain.anatomy import Kind
from alienlab.domain.sweeps.results import Result
from alienlab.ui.appearance import font_of
from alienlab.ui.brain_map.gradient_bar import number_of
from alienlab.ui.sweeps.plot_data import Box, Curve, Dot, Guide, Plot
from alienlab.ui.sweeps.result_card import ResultCard
from alienlab.ui.theme import Theme, Type

DOT = 8
"""Diameter of a point, in pixels."""
REACH = 12
"""Pixels from a point within which the pointer is on it."""
BOX_WIDTH = 0.64
MOST_NAMED = 10
"""Curves that a legend names."""
_HEADROOM = 1.08


class PlotView(pg.PlotWidget):
    """Wheel and dragging zoom and pan, F shows everything again; the arrow keys walk from point to point."""

    result_opened = Signal(object)
    result_hovered = Signal(object)
    """A Result, or None."""

    def __init__(self, results: SweepResults, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._plot: Plot | None = None
        self._places = np.empty((0, 2))
        self._dots: tuple[Dot, ...] = ()
        self._marked: int | None = None
        self._press: QPoint | None = None
        self._is_zoomed = False
        self.card = ResultCard(results, theme, self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Plot of the sweep's results")
        self.setToolTip("")
        self._item: Any = self.getPlotItem()
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._item.getViewBox().sigRangeChangedManually.connect(self._take_zoom)
        for side in ("left", "bottom", "right"):
            self._item.getAxis(side).setStyle(tickFont=font_of(Type.SMALL), tickTextOffset=6)
            self._item.getAxis(side).enableAutoSIPrefix(False)
        self._item.layout.setContentsMargins(8, 12, 12, 4)
        self._item.showAxis("right")
        self._item.getAxis("right").setStyle(tickLength=0, tickTextOffset=4)
        self._legend = pg.LegendItem()
        self._legend.setParentItem(self._item.getViewBox())
        self._ring = pg.ScatterPlotItem()
        self.set_theme(theme)

    @property
    def plot(self) -> Plot | None:
        return self._plot

    @property
    def dots(self) -> tuple[Dot, ...]:
        return self._dots

    def point_of(self, number: int) -> QPoint:
        """Where a dot stands, in pixels of the widget."""
        spot = self._item.getViewBox().mapViewToScene(QPointF(*self._places[number]))
        return self.mapFromScene(spot)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.card.set_theme(theme)
        self.setBackground(theme.surface)
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(theme.faint)
            axis.setTickPen(theme.line)
            axis.setTextPen(theme.muted)
        self._item.getAxis("right").setPen(None)
        self._item.getAxis("right").setTextPen(theme.muted)
        ground = QColor(theme.surface)
        ground.setAlphaF(0.85)
        self._legend.setBrush(ground)
        self._legend.setPen(theme.line)
        self._legend.setLabelTextColor(theme.text)
        self._legend.setLabelTextSize(f"{int(Type.SMALL)}px")
        self._redraw()

    def show_plot(self, plot: Plot, *, keeps_range: bool) -> None:
        """Draw another plot; ``keeps_range`` where it is the same one with more in it."""
        self._plot = plot
        self._is_zoomed = self._is_zoomed and keeps_range
        self._redraw()

    def show_everything(self) -> None:
        self._is_zoomed = False
        self._fit()

    # Drawing

    def _redraw(self) -> None:
        marked = self._dots[self._marked].result if self._marked is not None else None
        self._item.clear()
        self._legend.clear()
        plot = self._plot
        if plot is None:
            return
        self._dots = plot.dots
        self._places = np.array([(dot.x, dot.y) for dot in plot.dots], dtype=float).reshape(-1, 2)
        self._name_axes(plot)
        for guide in plot.guides:
            self._item.addItem(self._guide_line(guide))
        for box in plot.boxes:
            for part in self._box(box):
                self._item.addItem(part)
        for number, curve in enumerate(plot.curves):
            self._draw_curve(curve, self._series_colour(number), count=len(plot.curves))
        self._item.addItem(self._scatter(plot.dots))
        self._item.addItem(self._ring)
        self._legend.setVisible(1 < len(plot.curves) <= MOST_NAMED)
        self._keep_mark(marked)
        self._fit()

    def _name_axes(self, plot: Plot) -> None:
        bottom, left = self._item.getAxis("bottom"), self._item.getAxis("left")
        style = {"color": self._theme.muted, "font-size": f"{int(Type.SMALL)}px"}
        bottom.setScale(plot.x_factor)
        bottom.setLabel(plot.x_title, **style)
        left.setLabel(plot.y_title, **style)
        bottom.setTicks([plot.ticks] if plot.ticks else None)
        self._item.getAxis("right").setTicks([[(guide.value, guide.name) for guide in plot.guides]])

    def _guide_line(self, guide: Guide) -> pg.InfiniteLine:
        """Its name stands at the right, outside, where no point is."""
        return pg.InfiniteLine(
            guide.value, angle=0, pen=pg.mkPen(self._theme.faint, width=1, style=Qt.PenStyle.DashLine)
        )

    def _box(self, box: Box) -> Iterable[QGraphicsPathItem]:
        """Its ground below the points, and its lines above them."""
        colour = QColor(self._theme.kinds[box.kind])
        half, (low, high) = BOX_WIDTH / 2, box.quartiles
        ground = QPainterPath()
        ground.addRect(box.x - half, low, 2 * half, high - low)
        path = QPainterPath(ground)
        for start, end in ((high, box.whiskers[1]), (low, box.whiskers[0])):
            path.moveTo(box.x, start)
            path.lineTo(box.x, end)
            path.moveTo(box.x - half / 3, end)
            path.lineTo(box.x + half / 3, end)
        path.moveTo(box.x - half, box.median)
        path.lineTo(box.x + half, box.median)
        lines, filled = QGraphicsPathItem(path), QGraphicsPathItem(ground)
        lines.setPen(pg.mkPen(colour, width=2))
        lines.setZValue(12)
        colour.setAlphaF(0.14)
        filled.setPen(pg.mkPen(None))
        filled.setBrush(colour)
        return filled, lines

    def _draw_curve(self, curve: Curve, colour: str, *, count: int) -> None:
        """A legend names a few curves; one alone needs none, and many would hide it."""
        xs, ys = [dot.x for dot in curve.dots], [dot.y for dot in curve.dots]
        line = pg.PlotDataItem(xs, ys, pen=pg.mkPen(colour, width=2), antialias=True)
        self._item.addItem(line)
        collapses = None if curve.collapse is None else f"collapses at {self._along(curve.collapse)}"
        if 1 < count <= MOST_NAMED:
            self._legend.addItem(line, " · ".join(part for part in (curve.name, collapses) if part))
        if curve.collapse is not None:
            self._item.addItem(self._collapse_line(curve.collapse, colour, collapses if count == 1 else None))

    def _collapse_line(self, at: float, colour: str, text: str | None) -> pg.InfiniteLine:
        pen = pg.mkPen(colour, width=1, style=Qt.PenStyle.DotLine)
        options = {"position": 0.97, "anchors": [(0, 0.5), (1, 0.5)], "color": self._theme.text, "movable": False}
        line = pg.InfiniteLine(at, angle=90, pen=pen, label=text, labelOpts=options)
        if text is not None:
            line.label.setFont(font_of(Type.SMALL))
        return line

    def _along(self, x: float) -> str:
        """A place on the axis, with its unit."""
        assert self._plot is not None
        return f"{number_of(x * self._plot.x_factor)} {self._plot.x_unit}".rstrip()

    def _scatter(self, dots: Sequence[Dot]) -> pg.ScatterPlotItem:
        brushes = {verdict: pg.mkBrush(colour) for verdict, colour in self._theme.verdicts.items()}
        used = [brushes[dot.result.effect.verdict] for dot in dots if dot.result.effect is not None]
        item = pg.ScatterPlotItem(
            x=[dot.x for dot in dots],
            y=[dot.y for dot in dots],
            brush=used or None,
            pen=pg.mkPen(self._theme.surface, width=1),
            size=DOT,
            antialias=True,
        )
        item.setZValue(10)
        return item

    def _series_colour(self, number: int) -> str:
        kinds = self._theme.kinds
        colours = (self._theme.accent, *(kinds[kind] for kind in _SERIES), self._theme.text)
        return colours[number % len(colours)]

    def _fit(self) -> None:
        """From nought, so that lengths can be compared, to the largest value or the spread."""
        if self._is_zoomed or self._plot is None or not len(self._places):
            return
        levels = [guide.value for guide in self._plot.guides]
        x, y = self._places[:, 0], self._places[:, 1]
        high = max(float(y.max()), *levels, 1e-6) if levels else max(float(y.max()), 1e-6)
        low = min(0.0, float(y.min()))
        margin = 0.5 if self._plot.ticks else 0.03 * max(float(np.ptp(x)), 1e-6)
        box = self._item.getViewBox()
        box.setRange(
            xRange=(float(x.min()) - margin, float(x.max()) + margin),
            yRange=(low - 0.02 * (high - low), low + (high - low) * _HEADROOM),
            padding=0,
        )
        self._place_legend()

    def _place_legend(self) -> None:
        """In the corner that has the fewest points."""
        box = self._item.getViewBox()
        (left, right), (bottom, top) = box.viewRange()
        x, y = (self._places[:, 0] - left) / (right - left), (self._places[:, 1] - bottom) / (top - bottom)
        corners = ((1, 0), (1, 1), (0, 0), (0, 1))
        hidden = [int(np.sum((abs(x - across) < 0.5) & (abs(1 - y - down) < 0.4))) for across, down in corners]
        across, down = corners[int(np.argmin(hidden))]
        offset = (-12 if across else 12, -12 if down else 12)
        self._legend.anchor(itemPos=(across, down), parentPos=(across, down), offset=offset)

    def _take_zoom(self) -> None:
        self._is_zoomed = True

    # Pointing

    def _at(self, position: QPoint) -> int | None:
        """The dot nearest to the pointer, where one is near."""
        if not len(self._places):
            return None
        box = self._item.getViewBox()
        area = box.mapRectToScene(box.rect())
        spot = self.mapToScene(position)
        if not area.contains(spot):
            return None
        (left, right), (bottom, top) = box.viewRange()
        across = (self._places[:, 0] - left) / (right - left) * area.width() + area.left() - spot.x()
        down = area.bottom() - (self._places[:, 1] - bottom) / (top - bottom) * area.height() - spot.y()
        distances = np.hypot(across, down)
        # Among dots upon one another the one that was drawn last is seen.
        nearest = len(distances) - 1 - int(np.argmin(distances[::-1].round(1)))
        return nearest if distances[nearest] <= REACH else None

    def _mark(self, number: int | None, *, tells: bool = True) -> None:
        changed = number != self._marked
        self._marked = number
        dots = [] if number is None else [self._places[number]]
        pen = pg.mkPen(self._theme.text, width=2)
        self._ring.setData(pos=np.array(dots).reshape(-1, 2), size=DOT + 6, pen=pen, brush=None)
        self._ring.setZValue(11)
        if number is None:
            self.card.hide()
        elif tells:
            self.card.tell(self._dots[number].result, self.point_of(number))
        if changed and tells:
            self.viewport().setCursor(_POINTING if number is not None else _ARROW)
            self.result_hovered.emit(None if number is None else self._dots[number].result)

    def _keep_mark(self, result: Result | None) -> None:
        """Find the marked result again among other dots."""
        values = None if result is None else result.trial.values
        found = (place for place, dot in enumerate(self._dots) if dot.result.trial.values == values)
        number = None if result is None else next(found, None)
        self._mark(number, tells=False)
        if number is None and result is not None:
            self.result_hovered.emit(None)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        if not ev.buttons():
            number = self._at(ev.position().toPoint())
            if number != self._marked:
                self._mark(number)

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        super().mousePressEvent(ev)
        self._press = ev.position().toPoint() if ev.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        super().mouseReleaseEvent(ev)
        press, self._press = self._press, None
        spot = ev.position().toPoint()
        if press is None or ev.button() is not Qt.MouseButton.LeftButton or (spot - press).manhattanLength() > 4:
            return
        number = self._at(spot)
        if number is not None:
            self.result_opened.emit(self._dots[number].result)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._marked is not None:
            self._mark(None)
        return super().viewportEvent(event)

    def event(self, ev: QEvent) -> bool:
        """F is the map's as well: here it is the plot's."""
        if ev.type() == QEvent.Type.ShortcutOverride and isinstance(ev, QKeyEvent) and _is_fit(ev):
            ev.accept()
            return True
        return super().event(ev)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if ev.key() in steps and self._dots:
            self._walk(steps[Qt.Key(ev.key())])
        elif ev.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._marked is not None and not ev.modifiers():
            self.result_opened.emit(self._dots[self._marked].result)
        elif _is_fit(ev):
            self.show_everything()
        else:
            super().keyPressEvent(ev)

    def _walk(self, step: int) -> None:
        """To the next point from left to right."""
        order: list[int] = np.lexsort((self._places[:, 1], self._places[:, 0])).tolist()
        place = -1 if self._marked is None else order.index(self._marked)
        self._mark(order[min(len(order) - 1, max(0, place + step))])


def _is_fit(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F and not event.modifiers()


_SERIES = (Kind.LINEAR, Kind.NORM, Kind.EMBEDDING, Kind.CONV)
_POINTING, _ARROW = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
