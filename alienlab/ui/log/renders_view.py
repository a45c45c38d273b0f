"""What the views of renders as pictures share: how they are set up, what the pointer is on, and dragging images out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QMouseEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from alienlab.app.log.rows import LogRows
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.log.dragging import drag_of
from alienlab.ui.log.gallery_painter import CellLook, GalleryPainter


class RendersView(QAbstractItemView):
    """Shows LogRows; a subclass says where each of them stands."""

    def __init__(self, rows: LogRows, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._appearance = rows, appearance
        self._painter = GalleryPainter()
        self._hovered: int | None = None
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return index.column() > 0

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The whole view, where anything seen is touched: that is cheaper than to join rectangles."""
        return QRegion(self.viewport().rect())

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read every render for it, and the filter finds more."""

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's own signature
        drag = drag_of(self, self._rows, self.selectedIndexes(), self._appearance.theme)
        if drag is not None:
            drag.exec(supportedActions)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() else None)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _look_of(self, index: QModelIndex) -> CellLook:
        return CellLook(
            is_selected=self.selectionModel().isSelected(index),
            is_hovered=index.row() == self._hovered,
            is_current=self.hasFocus() and index.row() == self.currentIndex().row(),
        )

    def _hover(self, row: int | None) -> None:
        if row == self._hovered:
            return
        for one in (self._hovered, row):
            if one is not None and one < self._rows.rowCount():
                self.viewport().update(self.visualRect(self._rows.index(one, 0)))
        self._hovered = row
