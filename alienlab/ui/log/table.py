"""The renders of a log as a list, a row each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from alienlab.app.log.columns import HEADINGS, LogColumn
from alienlab.app.log.entries import Entry
from alienlab.app.log.rows import LogRows
from alienlab.session.log.order import Order
from alienlab.ui.appearance import AppearanceSwitch, font_of
from alienlab.ui.brain_map.legend import SWATCH
from alienlab.ui.log.dragging import drag_of
from alienlab.ui.log.gallery_painter import CellLook, GalleryPainter
from alienlab.ui.shortened import shortened_lesions
from alienlab.ui.theme import MONO, Type

ROW = 48
PICTURE = 40
_PADDING = 8
_WIDTHS = {
    LogColumn.PICTURE: 56,
    LogColumn.PROMPT: 152,
    LogColumn.DONE: 184,
    LogColumn.VERDICT: 184,
    LogColumn.SEED: 72,
    LogColumn.STEPS: 56,
    LogColumn.GUIDANCE: 72,
    LogColumn.SUBJECT: 168,
    LogColumn.STAR: 32,
    LogColumn.TAGS: 120,
    LogColumn.TIME: 192,
    LogColumn.DEVICE: 64,
}
_TOGGLES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LogTable(QTableView):
    """A click on a heading orders the renders, where they can be ordered by it."""

    opened = Signal(QModelIndex)
    """A render was chosen by Enter or a double click."""

    def __init__(self, rows: LogRows, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._appearance = appearance
        self.setModel(rows)
        self.setItemDelegate(_Cells(rows, appearance, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Session log, as a list")
        self._set_up_headers()
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._toggle)
        rows.arranged.connect(self._take)
        appearance.changed.connect(lambda: self.viewport().update())
        self._take()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803 - Qt's own signature
        drag = drag_of(self, self._rows, self.selectedIndexes(), self._appearance.theme)
        if drag is not None:
            drag.exec(supportedActions)

    def _set_up_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(False)
        header.setSortIndicator(LogColumn.TIME, Qt.SortOrder.DescendingOrder)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._order)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)

    def _order(self, section: int) -> None:
        """The first click on a heading shows the newest, or the largest, first; words begin with A."""
        by, wish = HEADINGS[LogColumn(section)].order, self._rows.wish
        if by is None:
            return
        falls = by is not Order.PROMPT if by is not wish.order else not wish.is_falling
        self._rows.set_wish(order=by, is_falling=falls)
        self._take_order()

    def _take(self) -> None:
        """Headings of groups take a whole row."""
        self.clearSpans()
        for section in self._rows.sections:
            if section.group is not None:
                self.setSpan(section.row, 0, 1, len(LogColumn))
        self._take_order()

    def _take_order(self) -> None:
        wish = self._rows.wish
        column = next(column for column, heading in HEADINGS.items() if heading.order is wish.order)
        way = Qt.SortOrder.DescendingOrder if wish.is_falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        group = self._rows.group(index.row()) if index.isValid() else None
        if event.key() in _TOGGLES and group is not None:
            self._rows.toggle(group)
        elif event.key() in _TOGGLES[:2] and index.isValid() and not event.modifiers():
            self._open(index)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read every render for it, and the filter finds more."""

    def _open(self, index: QModelIndex) -> None:
        if self._rows.group(index.row()) is None:
            self.opened.emit(index)

    def _toggle(self, index: QModelIndex) -> None:
        group = self._rows.group(index.row())
        if group is not None:
            self._rows.toggle(group)


class _Cells(QStyledItemDelegate):
    """Pictures, swatches of verdicts, and headings over the whole row."""

    def __init__(self, rows: LogRows, appearance: AppearanceSwitch, parent: QTableView) -> None:
        super().__init__(parent)
        self._rows, self._appearance, self._table = rows, appearance, parent
        self._painter = GalleryPainter()
        self._plain, self._mono = font_of(Type.BODY), font_of(Type.SMALL, families=MONO)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        fields: Any = option  # Qt's stubs leave out the fields of style options
        rect: QRect = fields.rect
        theme = self._appearance.theme
        is_current = self._table.hasFocus() and index.row() == self._table.currentIndex().row()
        is_hovered = bool(fields.state & fields.state.State_MouseOver)
        painter.save()
        group = self._rows.group(index.row())
        if group is not None:
            look = CellLook(is_hovered=is_hovered, is_current=is_current)
            line = QRect(rect.left(), rect.top(), max(rect.width(), self._table.viewport().width()), rect.height())
            line.setWidth(min(line.width(), self._table.viewport().width()))
            line.moveLeft(0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painter.paint_heading(painter, line, group, theme, look, is_folded=self._rows.is_folded(group))
        else:
            self._paint_cell(painter, rect, index, is_selected=bool(fields.state & fields.state.State_Selected))
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, is_selected: bool
    ) -> None:
        theme, entry = self._appearance.theme, self._rows.entry(index.row())
        if is_selected:
            painter.fillRect(rect, QColor(theme.selected))
        if entry is None:
            return
        if index.column() == LogColumn.PICTURE:
            self._paint_picture(painter, rect, entry, index.data(Qt.ItemDataRole.DecorationRole))
            return
        heading = HEADINGS[LogColumn(index.column())]
        text, inner = heading.read(entry), rect.adjusted(_PADDING, 0, -_PADDING, 0)
        if index.column() == LogColumn.VERDICT and entry.effect is not None:
            swatch = QRect(inner.left(), inner.center().y() - SWATCH // 2, SWATCH, SWATCH)
            painter.fillRect(swatch, QColor(theme.verdicts[entry.effect.verdict]))
            inner = inner.adjusted(SWATCH + 8, 0, 0, 0)
        is_lesion = index.column() == LogColumn.DONE and bool(entry.record.recipe.lesions)
        colour = theme.accent if index.column() == LogColumn.STAR else theme.text
        if index.column() in (LogColumn.SUBJECT, LogColumn.TIME, LogColumn.DEVICE):
            colour = theme.muted
        painter.setFont(self._mono if is_lesion else self._plain)
        painter.setPen(QColor(colour))
        metrics, width = painter.fontMetrics(), inner.width()
        shown = metrics.elidedText(text[:200], Qt.TextElideMode.ElideRight, width)
        if is_lesion:
            shown = shortened_lesions(entry.record.recipe.lesions, metrics, width)
        side = Qt.AlignmentFlag.AlignRight if heading.is_number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_picture(self, painter: QPainter, rect: QRect, entry: Entry, image: Any) -> None:
        box = QRect(rect.left() + _PADDING, rect.center().y() - PICTURE // 2 + 1, PICTURE, PICTURE)
        self._painter.paint_picture(painter, box, entry, image, self._appearance.theme)
