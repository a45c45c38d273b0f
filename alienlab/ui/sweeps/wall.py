"""All images of a sweep at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from alienlab.app.sweeps.columns import describe_result
from alienlab.app.sweeps.families import Family
from alienlab.app.sweeps.results_model import ResultRole, SweepFilter, SweepResults
from alienlab.domain.sweeps.results import Result
from alienlab.ui.sweeps.grouping import Group, Grouping, groups_of
from alienlab.ui.sweeps.wall_layout import GAP, MARGIN, Grid, WallLayout, flow
from alienlab.ui.sweeps.wall_painter import LONGEST_LABEL, TileLook, WallPainter
from alienlab.ui.theme import Theme
from alienlab.ui.wheel import Notches

SIDES = (32, 40, 48, 64, 80, 96, 128, 160, 192)
"""Sizes of a tile, in pixels."""
FIRST_SIDE = 64
WAITING = "Waiting for the first images…"
SEEKING = "Looking for families…"
LABEL_GAP = 16
"""Between the labels of columns."""


class WallView(QAbstractScrollArea):
    """Shows what a filter lets through, in its order. Ctrl+wheel, + and − change the size of the tiles."""

    result_opened = Signal(object)
    result_hovered = Signal(object)
    """A Result, or None."""
    side_changed = Signal(int)

    def __init__(
        self, results: SweepResults, filtered: SweepFilter, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._filtered, self._theme = results, filtered, theme
        self._painter = WallPainter(results.thumbnail)
        self._side = FIRST_SIDE
        self._grouping = Grouping.NONE
        self._families: tuple[Family, ...] | None = None
        self._groups: tuple[Group, ...] = ()
        self._results: list[Result] = []
        self._layout: WallLayout = flow([], side=self._side, width=1, has_headings=False)
        self._labels: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._hovered: int | None = None
        self._hovered_result: Result | None = None
        self._pointer: QPoint | None = None
        self._current: int | None = None
        self._pressed: int | None = None
        self._notches = Notches()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._take)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Wall of the sweep's images")
        self._connect()
        self._take()

    def _connect(self) -> None:
        filtered = self._filtered
        for signal in (filtered.rowsInserted, filtered.rowsRemoved, filtered.layoutChanged):
            signal.connect(self._schedule)
        filtered.modelReset.connect(self._take_other_sweep)
        filtered.dataChanged.connect(self._take_change)

    # What is shown

    @property
    def results(self) -> Sequence[Result]:
        """In the order of the tiles."""
        return self._results

    @property
    def groups(self) -> tuple[Group, ...]:
        return self._groups

    @property
    def side(self) -> int:
        """Of a tile, in pixels."""
        return self._side

    @property
    def current(self) -> Result | None:
        """The result that has the keyboard."""
        return None if self._current is None else self._results[self._current]

    def tile_rect(self, number: int) -> QRect:
        """Where a tile stands in the viewport."""
        return self._layout.tile(number).translated(-self._scroll)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def set_grouping(self, grouping: Grouping) -> None:
        if grouping is not self._grouping:
            self._grouping = grouping
            self._take()
            self.verticalScrollBar().setValue(0)

    def set_families(self, families: Iterable[Family] | None) -> None:
        """What images are parted into; None while that is not known."""
        self._families = None if families is None else tuple(families)
        if self._grouping is Grouping.FAMILY:
            self._schedule()

    def set_side(self, side: int, *, anchor: QPoint | None = None) -> None:
        """Another size of the tiles. What is at ``anchor``, or at the upper left, stays there."""
        side = min(max(side, SIDES[0]), SIDES[-1])
        if side == self._side:
            return
        spot = anchor or QPoint(self._layout.frozen.left(), self._layout.frozen.top())
        held = self._nearest(spot)
        offset = spot - self.tile_rect(held).topLeft() if held is not None else QPoint()
        # What is before the tile is a margin or a heading, and does not grow with it.
        share = side / self._side if min(offset.x(), offset.y()) >= 0 else 1.0
        self._side = side
        self._painter.forget()
        self._arrange()
        if held is not None:
            place = self._layout.tile(held).topLeft() + offset * share - spot
            self.horizontalScrollBar().setValue(place.x())
            self.verticalScrollBar().setValue(place.y())
        self.side_changed.emit(side)

    def zoom(self, steps: int, *, anchor: QPoint | None = None) -> None:
        """Larger tiles, or smaller ones where ``steps`` is negative."""
        place = min(range(len(SIDES)), key=lambda place: abs(SIDES[place] - self._side))
        self.set_side(SIDES[min(len(SIDES) - 1, max(0, place + steps))], anchor=anchor)

    @property
    def notice(self) -> str:
        """What is said over the tiles."""
        if self._results and not any(result.is_rendered for result in self._model.results):
            return WAITING
        return SEEKING if self._grouping is Grouping.FAMILY and self._families is None else ""

    # Following the model

    def _schedule(self) -> None:
        """Many changes at once are taken in together."""
        if not self._timer.isActive():
            self._timer.start()

    def _take_change(self, first: object, last: object, roles: list[int]) -> None:
        if roles == [ResultRole.THUMBNAIL]:
            self.viewport().update()
        else:
            self._schedule()

    def _take_other_sweep(self) -> None:
        self._painter.forget()
        self._current = None
        self._take()
        self.verticalScrollBar().setValue(0)

    def _take(self) -> None:
        held = self.current
        self._groups = groups_of(self._grouping, self._filtered.results(), self._families or ())
        self._results = [result for group in self._groups for result in group.results]
        self._current = None if held is None else _find(held, self._results)
        self._arrange()
        self._hover(None if self._pointer is None else self._at(self._pointer))
        rendered = sum(result.is_rendered for result in self._results)
        self.setAccessibleDescription(f"{len(self._results)} images, {rendered} of them rendered")

    def _arrange(self) -> None:
        """Lay out for the width that is left beside a scroll bar, where one is needed."""
        room = self.maximumViewportSize()
        self._layout = self._laid_out(room.width())
        if self._layout.size.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            self._layout = self._laid_out(room.width())
        size = self._layout.size
        for bar, needed, there in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, max(0, needed - there))
            bar.setPageStep(there)
            bar.setSingleStep(self._side // 2)
        self.viewport().update()

    def _laid_out(self, width: int) -> WallLayout:
        sweep = self._model.sweep
        if self._grouping is Grouping.GRID and sweep is not None and len(sweep.axes) == 2:
            down, across = (tuple(value.label for value in axis.values) for axis in sweep.axes)
            self._labels = (down, across)
            return self._grid(width)
        counts = [len(group.results) for group in self._groups]
        has_headings = any(group.heading for group in self._groups)
        return flow(counts, side=self._side, width=width, has_headings=has_headings)

    def _grid(self, width: int) -> Grid:
        """Columns are as wide as their labels where there is room for that; else the labels are turned."""
        down, across = self._labels
        left = min(self._painter.longest(down), LONGEST_LABEL) + 20
        longest, pitch, above = self._painter.longest(across), self._side + GAP, self._painter.metrics.height()
        if longest > pitch - GAP and len(across) * (longest + LABEL_GAP) <= width - left - MARGIN:
            pitch = longest + LABEL_GAP
        elif longest > pitch - GAP:
            above = min(longest, LONGEST_LABEL)
        places = {(one.trial.place[0], one.trial.place[1]): number for number, one in enumerate(self._results)}
        return Grid(self._side, places, len(down), len(across), QMargins(left, above + 16, 0, 0), pitch)

    # Finding and going

    @property
    def _scroll(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _at(self, position: QPoint) -> int | None:
        frozen = self._layout.frozen
        if not self.viewport().rect().contains(position) or position.x() < frozen.left() or position.y() < frozen.top():
            return None
        spot = position + self._scroll
        return self._layout.at(spot.x(), spot.y())

    def _nearest(self, position: QPoint) -> int | None:
        """The tile at a place, or the first one below it."""
        found = self._at(position)
        if found is not None:
            return found
        below = QRect(position + self._scroll, self.viewport().size())
        return next((number for number, tile in self._layout.within(below) if tile.bottom() >= below.top()), None)

    def _hover(self, number: int | None) -> None:
        before, self._hovered = self._hovered_result, number
        self._hovered_result = None if number is None else self._results[number]
        if self._hovered_result is not before:
            shape = Qt.CursorShape.ArrowCursor if number is None else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(shape)
            self.viewport().update()
            self.result_hovered.emit(self._hovered_result)

    def _go(self, number: int) -> None:
        self._current = number
        self._scroll_to(number)
        self.viewport().update()

    def _scroll_to(self, number: int) -> None:
        tile, frozen, size = self._layout.tile(number), self._layout.frozen, self.viewport().size()
        for bar, start, end, before, room in (
            (self.horizontalScrollBar(), tile.left(), tile.right(), frozen.left(), size.width()),
            (self.verticalScrollBar(), tile.top(), tile.bottom(), frozen.top(), size.height()),
        ):
            bar.setValue(min(max(bar.value(), end + MARGIN - room), start - before - MARGIN))

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.set_ratio(self.devicePixelRatioF())
        painter.fillRect(event.rect(), QColor(self._theme.surface))
        painter.translate(-self._scroll)
        area = event.rect().translated(self._scroll)
        for number, tile in self._layout.within(area):
            look = TileLook(number == self._hovered, number == self._current and self.hasFocus())
            self._painter.paint_tile(painter, tile, self._results[number], self._theme, look)
        for place in getattr(self._layout, "headings", ()):
            if place.area.intersects(area):
                self._painter.paint_heading(painter, place.area, self._groups[place.group], self._theme)
        painter.resetTransform()
        if isinstance(self._layout, Grid):
            size = self.viewport().size()
            self._painter.paint_labels(painter, self._layout, self._labels, self._scroll, size, self._theme)
        if self.notice:
            self._painter.paint_notice(painter, self.viewport().rect(), self.notice, self._theme)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        if steps := self._notches.take(event):
            self.zoom(steps, anchor=event.position().toPoint())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        self._hover(self._at(self._pointer))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._at(event.position().toPoint()):
            self._go(pressed)
            self.result_opened.emit(self._results[pressed])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif key == Qt.Key.Key_Minus:
            self.zoom(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None and not event.modifiers():
            self.result_opened.emit(self.current)
        elif key in _WAYS and self._results:
            self._walk(*_WAYS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._results:
            self._go(0 if key == Qt.Key.Key_Home else len(self._results) - 1)
        else:
            super().keyPressEvent(event)

    def _walk(self, across: int, down: int, pages: int) -> None:
        step = self._side + 8
        rows = max(1, (self.viewport().height() - self._layout.frozen.top()) // step)
        down += pages * rows
        self._go(0 if self._current is None else self._layout.beside(self._current, across, down))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._at(event.pos())
            text = "" if number is None else describe_result(self._results[number])
            area = QRect() if number is None else self.tile_rect(number)
            QToolTip.showText(event.globalPos(), text, self.viewport(), area)
            return True
        if event.type() == QEvent.Type.Leave:
            self._pointer = None
            self._hover(None)
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)


_WAYS = {
    Qt.Key.Key_Right: (1, 0, 0),
    Qt.Key.Key_Left: (-1, 0, 0),
    Qt.Key.Key_Down: (0, 1, 0),
    Qt.Key.Key_Up: (0, -1, 0),
    Qt.Key.Key_PageDown: (0, 0, 1),
    Qt.Key.Key_PageUp: (0, 0, -1),
}
"""Steps across, down and in pages."""


def _find(wanted: Result, results: Sequence[Result]) -> int | None:
    """The number of the same trial, which may have been measured in the meantime."""
    return next((place for place, one in enumerate(results) if one.trial.values == wanted.trial.values), None)
