"""The renders of a session in one line that scrolls sideways."""

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
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from alienlab.app.log.row_data import LogRole
from alienlab.app.log.rows import LogRows
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.log.gallery_painter import cell_of
from alienlab.ui.log.renders_view import RendersView

PICTURE = 72
CELL = cell_of(PICTURE)
_Index = QModelIndex | QPersistentModelIndex


class StripView(RendersView):
    """Places are reckoned, not kept: a new render costs no more among many than among few."""

    record_chosen = Signal(object)
    """By a click or by Enter."""

    def __init__(self, rows: LogRows, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(rows, appearance, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Session log, newest first")
        self.clicked.connect(self._choose)
        rows.arranged.connect(self._take)

    def visualRect(self, index: _Index) -> QRect:
        if not index.isValid() or index.column() > 0:
            return QRect()
        return QRect(QPoint(index.row() * CELL.width() - self.horizontalOffset(), 0), CELL)

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = (point.x() + self.horizontalOffset()) // CELL.width()
        is_there = 0 <= point.y() < CELL.height() and 0 <= row < self._rows.rowCount()
        return self._rows.index(row, 0) if is_there else QModelIndex()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if index.isValid():
            left, bar, room = index.row() * CELL.width(), self.horizontalScrollBar(), self.viewport().width()
            bar.setValue(min(left, max(bar.value(), left + CELL.width() - room)))

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return 0

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        last, row = self._rows.rowCount() - 1, self.currentIndex().row()
        page, actions = max(1, self.viewport().width() // CELL.width()), QAbstractItemView.CursorAction
        steps = {
            actions.MoveHome: -row,
            actions.MoveEnd: last - row,
            actions.MovePageUp: -page,
            actions.MovePageDown: page,
            actions.MoveLeft: -1,
            actions.MovePrevious: -1,
            actions.MoveRight: 1,
            actions.MoveNext: 1,
        }
        return QModelIndex() if last < 0 else self._rows.index(min(last, max(0, row + steps.get(action, 0))), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index) if index.isValid() else QItemSelection(), command)

    def updateGeometries(self) -> None:
        bar, room = self.horizontalScrollBar(), self.viewport().width()
        bar.setRange(0, max(0, self._rows.rowCount() * CELL.width() - room))
        bar.setPageStep(room)
        bar.setSingleStep(CELL.width() // 2)
        super().updateGeometries()

    def sizeHint(self) -> QSize:
        return QSize(640, CELL.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset, area = self.horizontalOffset(), event.rect()
        first, last = (area.left() + offset) // CELL.width(), (area.right() + offset) // CELL.width()
        for row in range(max(0, first), min(self._rows.rowCount(), last + 1)):
            self._paint_row(painter, row)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int) -> None:
        entry, index = self._rows.entry(row), self._rows.index(row, 0)
        if entry is None:
            return
        look = self._look_of(index)
        image = index.data(Qt.ItemDataRole.DecorationRole)
        self._painter.paint_cell(painter, self.visualRect(index), PICTURE, entry, image, self._appearance.theme, look)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that turns up and down moves the strip as well."""
        turned = event.angleDelta().x() or event.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - round(turned / 120 * 3 * bar.singleStep()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        record = index.data(LogRole.RECORD) if index.isValid() else None
        if record is not None:
            self.record_chosen.emit(record)

    def _take(self) -> None:
        self._hovered = None
        self.updateGeometries()
        self.viewport().update()
