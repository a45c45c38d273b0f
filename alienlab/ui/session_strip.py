"""The session's renders as a strip of thumbnails, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
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

from alienlab.app.session_log import LogRole, SessionFilter, SessionLog
from alienlab.session.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch, font_of
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import MONO, Type

PICTURE = 72
CELL = QSize(112, 118)


class SessionStrip(QWidget):
    """Shows a SessionLog. A click brings a render back; the menu brings back parts of it."""

    chosen = Signal(object)
    prompt_wanted = Signal(object)
    lesions_wanted = Signal(object)
    seed_wanted = Signal(object)
    save_wanted = Signal(object)
    copy_wanted = Signal(object)
    name_wanted = Signal(object)
    film_wanted = Signal(object)
    """All carry a RenderRecord."""

    def __init__(self, log: SessionLog, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._log = log
        self._appearance = appearance
        self.filtered = SessionFilter(log, self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setToolTip("Show only renders whose name, tags, prompt, lesions, seed or settings hold these words")
        self.filter.setAccessibleName("Filter of the session log")
        self._magnifier = self.filter.addAction(
            themed(Icon.SEARCH, appearance.theme), QLineEdit.ActionPosition.LeadingPosition
        )
        self._count = QLabel()
        self._count.setProperty("tone", "small")
        self.list = _Strip()
        self.list.setModel(self.filtered)
        self.list.setItemDelegate(ThumbnailDelegate(appearance, self.list))
        self._nothing = QLabel()
        self._nothing.setProperty("tone", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(self.list)
        self._lay_out()
        self.filter.textChanged.connect(self.filtered.set_text)
        self.list.record_chosen.connect(self.chosen)
        self.list.customContextMenuRequested.connect(self._open_menu)
        for signal in (self.filtered.rowsInserted, self.filtered.rowsRemoved, self.filtered.modelReset):
            signal.connect(self._update)
        self.filter.textChanged.connect(self._update)
        appearance.changed.connect(self._dress)
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
        menu = QMenu(self)
        for text, signal in (
            ("Restore everything", self.chosen),
            ("Restore prompt", self.prompt_wanted),
            ("Restore lesions", self.lesions_wanted),
            ("Restore seed", self.seed_wanted),
        ):
            menu.addAction(text, lambda signal=signal: signal.emit(record))
        menu.addSeparator()
        menu.addAction("Name…", lambda: self.name_wanted.emit(record))
        menu.addAction("Show the steps of this render…", lambda: self.film_wanted.emit(record))
        menu.addSeparator()
        menu.addAction("Save image as…", lambda: self.save_wanted.emit(record))
        menu.addAction("Copy image", lambda: self.copy_wanted.emit(record))
        return menu

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        self.filter.setFixedWidth(168)
        side.addWidget(self.filter)
        side.addWidget(self._count)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 4)
        row.setSpacing(12)
        row.addLayout(side)
        row.addWidget(self._pages, 1)

    def _update(self) -> None:
        shown, total = self.filtered.rowCount(), self._log.rowCount()
        renders = "render" if total == 1 else "renders"
        self._count.setText(f"{total} {renders}" if shown == total else f"{shown} of {total} {renders}")
        self._nothing.setText("Every render is kept here." if not total else "No render holds these words.")
        self._pages.setCurrentWidget(self.list if shown else self._nothing)

    def _open_menu(self, position: QPoint) -> None:
        index = self.list.indexAt(position)
        if index.isValid():
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
        self.setAccessibleName("Session log, newest first")
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.record_chosen.emit(index.data(LogRole.RECORD))


class ThumbnailDelegate(QStyledItemDelegate):
    """A picture, and beneath it the lesions and the prompt."""

    def __init__(self, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._plain = font_of(Type.SMALL)
        self._mono = font_of(Type.SMALL, families=MONO)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return CELL

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._appearance.theme
        record: RenderRecord = index.data(LogRole.RECORD)
        fields: Any = option  # Qt's stubs leave out the fields of style options
        cell: QRect = fields.rect.adjusted(2, 2, -2, -2)
        state: QStyle.StateFlag = fields.state
        painter.save()
        ground = _ground(state, theme.selected, theme.hover)
        if ground is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(ground))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(cell, 4, 4)
        self._paint_picture(painter, cell, index)
        lesions = " ".join(str(lesion) for lesion in record.recipe.lesions)
        top = cell.top() + PICTURE + 8
        self._write(painter, self._mono if lesions else self._plain, theme.text, lesions or "Intact", cell, top)
        self._write(painter, self._plain, theme.muted, str(record.recipe.prompt) or "no prompt", cell, top + 16)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(cell, 4, 4)
        painter.restore()

    def _paint_picture(self, painter: QPainter, cell: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        box = QRect(cell.center().x() - PICTURE // 2, cell.top() + 4, PICTURE, PICTURE)
        image = index.data(Qt.ItemDataRole.DecorationRole)
        if image is None:
            painter.fillRect(box, QColor(self._appearance.theme.raised))
            return
        size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(0, 0), size)
        target.moveCenter(box.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)

    def _write(self, painter: QPainter, font: QFont, colour: str, text: str, cell: QRect, top: int) -> None:
        line = QRect(cell.left() + 6, top, cell.width() - 12, 16)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, elided)


def _ground(state: QStyle.StateFlag, selected: str, hovered: str) -> str | None:
    if state & QStyle.StateFlag.State_Selected:
        return selected
    return hovered if state & QStyle.StateFlag.State_MouseOver else None
