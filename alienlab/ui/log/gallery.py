"""The renders of a log as pictures, under headings where they are grouped."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from alienlab.app.log.rows import LogRows
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.log.gallery_layout import HEADING, GalleryLayout
from alienlab.ui.log.gallery_painter import CellLook, cell_of
from alienlab.ui.log.renders_view import RendersView
from alienlab.ui.wheel import Notches

SIDES = (72, 112, 176)
"""Of the pictures: small, medium, large."""
_Index = QModelIndex | QPersistentModelIndex
_COMMANDS = QItemSelectionModel.SelectionFlag


class Gallery(RendersView):
    """Only what is seen is read and painted. Headings fold their renders."""

    opened = Signal(QModelIndex)
    """A render was chosen by Enter or a double click."""
    side_wanted = Signal(int)
    """Pictures larger by so many sizes are wanted, or smaller ones."""

    def __init__(self, rows: LogRows, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(rows, appearance, parent)
        self._side = SIDES[1]
        self._layout = GalleryLayout((), cell_of(self._side), 0)
        self._wheel = Notches()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("Session log, as a gallery")
        self.doubleClicked.connect(self._open)
        rows.arranged.connect(self._lay_out)
        appearance.changed.connect(lambda: self.viewport().update())
        self._lay_out()

    @property
    def side(self) -> int:
        """Of the pictures, in pixels."""
        return self._side

    def set_side(self, side: int) -> None:
        """What is in the middle stays in sight."""
        if side == self._side:
            return
        anchor = self.currentIndex() if self._is_seen(self.currentIndex()) else self._topmost()
        self._side = side
        self._lay_out()
        self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtTop)

    # Geometry

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.column() > 0:
            return QRect()
        return self._layout.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._layout.row_at(point + QPoint(0, self.verticalOffset()))
        return QModelIndex() if row is None else self._rows.index(row, 0)

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        rect, bar = self._layout.rect(index.row()), self.verticalScrollBar()
        top, room = bar.value(), self.viewport().height()
        above = HEADING if self._rows.wish.is_grouped else 0
        match hint:
            case QAbstractItemView.ScrollHint.PositionAtTop:
                bar.setValue(rect.top() - above)
            case QAbstractItemView.ScrollHint.PositionAtCenter:
                bar.setValue(rect.center().y() - room // 2)
            case _ if rect.top() < top + above:
                bar.setValue(rect.top() - above)
            case _ if rect.bottom() > top + room:
                bar.setValue(rect.bottom() - room + 1)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        last = self._rows.rowCount() - 1
        if last < 0:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._rows.index(0, 0)
        row, actions = current.row(), QAbstractItemView.CursorAction
        page = max(1, self.viewport().height() // self._layout.cell.height())
        match action:
            case actions.MoveHome:
                to = 0
            case actions.MoveEnd:
                to = last
            case actions.MoveLeft | actions.MovePrevious:
                to = row - 1
            case actions.MoveRight | actions.MoveNext:
                to = row + 1
            case actions.MoveUp | actions.MoveDown:
                to = self._layout.neighbour(row, 1 if action == actions.MoveDown else -1)
            case _:
                to = self._layout.neighbour(row, page if action == actions.MovePageDown else -page)
        return self._rows.index(min(last, max(0, to)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """What a dragged rectangle touches; a range of rows where Shift extends the selection."""
        area = rect.normalized()
        ends = [self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())]
        selection = QItemSelection()
        is_dragged = self.state() is QAbstractItemView.State.DragSelectingState
        is_range = not is_dragged and ends[0].isValid() and ends[1].isValid()
        rows = (
            range(min(ends[0].row(), ends[1].row()), max(ends[0].row(), ends[1].row()) + 1)
            if is_range
            else self._layout.rows_within(area.translated(0, self.verticalOffset()))
        )
        for first, last in _runs([row for row in rows if self._rows.group(row) is None]):
            selection.select(self._rows.index(first, 0), self._rows.index(last, 0))
        self.selectionModel().select(selection, command)

    def selectAll(self) -> None:
        last = self._rows.rowCount() - 1
        if last >= 0:
            everything = QItemSelection(self._rows.index(0, 0), self._rows.index(last, 0))
            self.selectionModel().select(everything, _COMMANDS.ClearAndSelect)

    def updateGeometries(self) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._layout.height - room))
        bar.setPageStep(room)
        bar.setSingleStep(max(24, self._layout.cell.height() // 3))
        super().updateGeometries()

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        self._layout = GalleryLayout(self._rows.sections, cell_of(self._side), self.viewport().width())
        self._hovered = None
        self.updateGeometries()
        self.viewport().update()

    def _topmost(self) -> QModelIndex:
        top = self.verticalOffset()
        row = next(self._layout.rows_between(top, top + self._layout.cell.height()), None)
        return QModelIndex() if row is None else self._rows.index(row, 0)

    def _is_seen(self, index: QModelIndex) -> bool:
        return index.isValid() and self.viewport().rect().intersects(self.visualRect(index))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, top = self._appearance.theme, self.verticalOffset()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = event.rect()
        for row in self._layout.rows_between(area.top() + top, area.bottom() + top):
            rect = self._layout.rect(row).translated(0, -top)
            if rect.intersects(area):
                self._paint_row(painter, row, rect)
        section = self._layout.heading_at(top)
        if section is not None and section.group is not None:
            line = QRect(0, 0, self.viewport().width(), HEADING)
            is_folded = self._rows.is_folded(section.group)
            self._painter.paint_heading(painter, line, section.group, theme, CellLook(), is_folded=is_folded)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, rect: QRect) -> None:
        index, theme = self._rows.index(row, 0), self._appearance.theme
        look = self._look_of(index)
        group = self._rows.group(row)
        if group is not None:
            is_folded = self._rows.is_folded(group)
            self._painter.paint_heading(painter, rect, group, theme, look, is_folded=is_folded)
            return
        entry = self._rows.entry(row)
        if entry is not None:
            image = index.data(Qt.ItemDataRole.DecorationRole)
            self._painter.paint_cell(painter, rect, self._side, entry, image, theme, look)

    # What the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        group = self._group_at(event.position().toPoint())
        if group is not None and event.button() is Qt.MouseButton.LeftButton:
            self._rows.toggle(group)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = self._wheel.take(event)
            if notches:
                self.side_wanted.emit(notches)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        group = self._rows.group(index.row()) if index.isValid() else None
        if event.key() in keys and group is not None:
            self._rows.toggle(group)
        elif event.key() in keys[:2] and index.isValid() and not event.modifiers():
            self._open(index)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self._rows.group(index.row()) is None:
            self.opened.emit(index)

    def _group_at(self, place: QPoint):
        """That of the heading at a place, also of the one that stays at the top."""
        top = self._layout.heading_at(self.verticalOffset())
        if top is not None and place.y() < HEADING:
            return top.group
        index = self.indexAt(place)
        return self._rows.group(index.row()) if index.isValid() else None


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """First and last of those that follow each other."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
