"""The session's renders as a strip of thumbnails, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.log.rows import LogRole, LogRows
from alienlab.app.session_log import SessionLog
from alienlab.session.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon, themed
from alienlab.ui.log.counting import counted
from alienlab.ui.log.gallery_painter import CellLook, GalleryPainter, cell_of
from alienlab.ui.log.render_commands import RenderCommands

PICTURE = 72
CELL = cell_of(PICTURE)


class SessionStrip(QWidget):
    """Shows a SessionLog. A click brings a render back; the menu brings back parts of it."""

    def __init__(
        self,
        log: SessionLog,
        appearance: AppearanceSwitch,
        commands: RenderCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._log = log
        self._appearance = appearance
        self._commands = commands
        self.filtered = LogRows(log, self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setToolTip(
            "Show only renders about which these words are written: name, tags, notes, prompt, lesions, settings. "
            "Keys as in the log, such as tag:good"
        )
        self.filter.setAccessibleName("Filter of the session strip")
        self._magnifier = self.filter.addAction(
            themed(Icon.SEARCH, appearance.theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self._count = QLabel()
        self._count.setProperty("tone", "small")
        self._problem = ElidedLabel()
        self._problem.setProperty("tone", "small")
        self.list = _Strip()
        self.list.setModel(self.filtered)
        self.list.setItemDelegate(ThumbnailDelegate(self.filtered, appearance, self.list))
        self._nothing = QLabel()
        self._nothing.setProperty("tone", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.list)
        self._lay_out()
        self._connect()
        self._update()

    def sizeHint(self) -> QSize:
        return QSize(900, CELL.height() + 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, CELL.height() + 12)

    def records(self) -> tuple[RenderRecord, ...]:
        """Those that the filter lets through, newest first."""
        return self.filtered.records()

    def menu_for(self, record: RenderRecord) -> QMenu:
        """What can be done with a render."""
        return self._commands.menu_for([record], self)

    def finish(self) -> None:
        """Wait for what is being looked up."""
        self.filtered.finish()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.filtered.set_text)
        self.filtered.refused.connect(self._take_problem)
        self.filtered.arranged.connect(self._update)
        self._log.numbers_changed.connect(self._update)
        self.list.record_chosen.connect(self._commands.restore)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self._appearance.changed.connect(self._dress)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        self.filter.setFixedWidth(168)
        side.addWidget(self.filter)
        side.addWidget(self._problem)
        side.addWidget(self._count)
        side.addStretch(1)
        self._problem.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 4)
        row.setSpacing(12)
        row.addLayout(side)
        row.addWidget(self._pages, 1)

    def _take_problem(self, text: str) -> None:
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))
        self.filter.setProperty("state", "wrong" if text else "")
        self.filter.style().polish(self.filter)

    def _update(self) -> None:
        shown, total = len(self.filtered.numbers), len(self._log.numbers)
        self._count.setText(counted(shown, total, in_bin=self.filtered.wish.query.binned))
        self._nothing.setText("Every render is kept here." if not total else "No render holds these words.")
        self._pages.setCurrentWidget(self.list if shown else self._nothing)

    def _open_menu(self, position: QPoint) -> None:
        index = self.list.indexAt(position)
        if index.isValid() and index.data(LogRole.RECORD) is not None:
            self.menu_for(index.data(LogRole.RECORD)).popup(self.list.viewport().mapToGlobal(position))

    def _dress(self) -> None:
        self._magnifier.setIcon(themed(Icon.SEARCH, self._appearance.theme))
        self.list.viewport().update()


class _Strip(QListView):
    """One row that scrolls sideways."""

    record_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setAccessibleName("Session log, newest first")
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would read every render for it, and the filter finds more."""

    def _choose(self, index: QModelIndex) -> None:
        record = index.data(LogRole.RECORD) if index.isValid() else None
        if record is not None:
            self.record_chosen.emit(record)


class ThumbnailDelegate(QStyledItemDelegate):
    """A picture, and beneath it the lesions and the prompt."""

    def __init__(self, rows: LogRows, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._appearance = rows, appearance
        self._painter = GalleryPainter()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return CELL

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = self._rows.entry(index.row())
        if entry is None:
            return
        fields: Any = option  # Qt's stubs leave out the fields of style options
        rect: QRect = fields.rect
        state: QStyle.StateFlag = fields.state
        look = CellLook(
            is_selected=bool(state & QStyle.StateFlag.State_Selected),
            is_hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            is_current=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        image = index.data(Qt.ItemDataRole.DecorationRole)
        self._painter.paint_cell(painter, rect, PICTURE, entry, image, self._appearance.theme, look)
        painter.restore()
