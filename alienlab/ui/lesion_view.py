"""Shows the list of lesions."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from alienlab.app.lesion_model import Column, EntryRole, LesionModel
from alienlab.ui.appearance import font_of
from alienlab.ui.brain_map.marks import mark_of
from alienlab.ui.shortened import shortened_lesion
from alienlab.ui.theme import MONO, Theme, Type

_MARK_WIDTH = 20
_ROW_HEIGHT = 26


class LesionView(QTreeView):
    """``chosen`` carries the row whose values are edited, or -1; ``opened`` a row whose modules are wanted."""

    chosen = Signal(int)
    opened = Signal(int)
    removal_wanted = Signal()

    def __init__(self, model: LesionModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._invitation = ""
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Lesions")
        self.setItemDelegateForColumn(Column.TEXT, _TextDelegate(theme, self))
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(36)
        self.header().setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(Column.MODULES, QHeaderView.ResizeMode.ResizeToContents)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.chosen_row))
        model.modelReset.connect(lambda: self.chosen.emit(-1))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def sizeHint(self) -> QSize:
        return QSize(280, 140)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 2 * _ROW_HEIGHT)

    @property
    def chosen_row(self) -> int:
        """The only selected row; -1 where there is none or more than one."""
        rows = self.selected_rows
        return rows[0] if len(rows) == 1 else -1

    @property
    def selected_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, Column.TEXT))
        self.scrollTo(self.currentIndex())

    def set_invitation(self, text: str) -> None:
        """What an empty list says."""
        self._invitation = text
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setItemDelegateForColumn(Column.TEXT, _TextDelegate(theme, self))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_row >= 0:
            self.opened.emit(self.chosen_row)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.muted))
            room = self.viewport().rect().adjusted(16, 8, -16, -8)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._invitation)


class _TextDelegate(QStyledItemDelegate):
    """Tick box, sign of the operation, and the text form in the fixed-width face."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mono = font_of(Type.SMALL, families=MONO)
        self._sign = font_of(Type.BODY, weight=QFont.Weight.Bold)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), _ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        style = bare.widget.style()
        room = style.subElementRect(style.SubElement.SE_ItemViewItemText, bare, bare.widget)
        text, bare.text = bare.text, ""
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, bare.widget)
        entry = index.data(EntryRole)
        painter.save()
        painter.setFont(self._sign)
        painter.setPen(QColor(self._theme.danger if entry.enabled else self._theme.muted))
        sign = QRect(room.left(), option.rect.top(), _MARK_WIDTH, option.rect.height())
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, mark_of(entry.spec.treatment))
        painter.setFont(self._mono)
        painter.setPen(QColor(self._theme.text if entry.enabled else self._theme.muted))
        rest = QRect(sign.right() + 6, option.rect.top(), option.rect.right() - sign.right() - 8, option.rect.height())
        shown = shortened_lesion(text, painter.fontMetrics(), rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()
