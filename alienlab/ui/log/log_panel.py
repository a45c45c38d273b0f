"""The page of the session log: filter, gallery or list, and the details of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.labels import Labels
from alienlab.app.log.entries import Entry
from alienlab.app.log.rows import LogRows
from alienlab.app.log.suggestions import Vocabulary
from alienlab.app.session_log import SessionLog
from alienlab.session.log.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.log.counting import counted
from alienlab.ui.log.details import WIDTH, Details
from alienlab.ui.log.filter_box import FilterBox
from alienlab.ui.log.filter_menu import FilterMenu
from alienlab.ui.log.gallery import SIDES, Gallery
from alienlab.ui.log.log_bar import LogBar, Shape
from alienlab.ui.log.render_commands import RenderCommands
from alienlab.ui.log.table import LogTable
from alienlab.ui.sweeps.notice import notice

NO_RENDERS = "Every render is kept here. Press Render to make the first ones."
NONE_FOUND = "No render of this session is like that."
EMPTY_BIN = "Nothing is in the bin. What you delete from the log waits here until you empty it."
LEAST_BESIDE = 560
"""Width of the page, in pixels, from which on details stand beside the renders."""
MOST_TOLD = 500
"""Of more selected renders the details tell of so many."""
_FLAGS = QItemSelectionModel.SelectionFlag


class LogPanel(QWidget):
    """Gallery and list show the same rows and share what is selected."""

    label_wanted = Signal(object)
    """Records that are to be named and tagged."""
    refused = Signal(str)
    noted = Signal(str)

    def __init__(
        self,
        log: SessionLog,
        labels: Labels,
        commands: RenderCommands,
        appearance: AppearanceSwitch,
        *,
        source_of: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._log, self._labels, self._commands = log, labels, commands
        self._current: int | None = None
        self._wants_details = True
        self._side = SIDES[1]
        self.rows = LogRows(log, self)
        self.filter_menu = FilterMenu(
            self.vocabulary, appearance, read=lambda: self.filter.text, write=self._write_filter
        )
        self.filter = FilterBox(self.rows, self.filter_menu, self.vocabulary, appearance)
        self.bar = LogBar(appearance)
        self.gallery, self.table = Gallery(self.rows, appearance), LogTable(self.rows, appearance)
        self.table.setSelectionModel(self.gallery.selectionModel())
        self.nothing = notice()
        self.empty_bin = QPushButton("Empty bin…")
        self.empty_bin.setToolTip("Delete everything in the bin for good; you are asked once")
        self.empty_bin.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.empty_bin.hide()
        self.details = Details(labels, commands, appearance, source_of=source_of)
        self._pages, self._splitter = QStackedWidget(), QSplitter()
        self._views: dict[Shape, Gallery | LogTable] = {Shape.GALLERY: self.gallery, Shape.LIST: self.table}
        self._shape = Shape.GALLERY
        self._lay_out()
        self._connect()
        self._add_keys()
        self._take_rows()

    @property
    def view(self) -> QAbstractItemView:
        """The one that is shown."""
        return self._views[self._shape]

    @property
    def shape(self) -> Shape:
        return self._shape

    def selected(self) -> list[RenderRecord]:
        """As they stand in the rows."""
        return [entry.record for entry in self._selected_entries(None)]

    def vocabulary(self) -> Vocabulary:
        """What can stand in a filter of this session."""
        return Vocabulary(tags=self._labels.tags(), sweeps=self._log.sweep_titles(), today=date.today())

    def set_shape(self, shape: Shape) -> None:
        self._shape = shape
        self._take_rows()
        index = self.view.currentIndex()
        if index.isValid():
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def set_side(self, side: int) -> None:
        """Of the pictures of the gallery."""
        self._side = side
        self.gallery.set_side(side)
        self._show_state()

    def go_to(self, number: int) -> None:
        """Choose a render, where it is shown."""
        row = self.rows.row_of(number)
        if row is not None:
            index = self.rows.index(row, 0)
            self.gallery.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
            self.view.scrollTo(index)

    def take_focus(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finish(self) -> None:
        """Keep what is being written, and wait for what is being looked up."""
        self.details.finish()
        self.rows.finish()

    def event(self, event: QEvent) -> bool:
        """Within this page Ctrl+F finds renders, not modules of the map."""
        if event.type() is QEvent.Type.ShortcutOverride and _is_find(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_find(event):
            self._find()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_details()

    # Laying out

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        rows = QVBoxLayout(head)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(4)
        rows.addWidget(self.filter)
        rows.addWidget(self.bar)
        self._pages.addWidget(self.nothing)
        for view in self._views.values():
            self._pages.addWidget(view)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 8)
        foot.addStretch(1)
        foot.addWidget(self.empty_bin)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        left = QFrame()
        left.setProperty("role", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.details)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([10 * WIDTH, WIDTH])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._splitter, 1)

    def _connect(self) -> None:
        rows, bar = self.rows, self.bar
        rows.arranged.connect(self._take_rows)
        rows.dataChanged.connect(self._take_changes)
        self._log.numbers_changed.connect(self._take_rows)
        self.gallery.selectionModel().selectionChanged.connect(self._take_selection)
        self.gallery.selectionModel().currentChanged.connect(self._take_current)
        for view in self._views.values():
            view.opened.connect(self._restore)
            view.customContextMenuRequested.connect(lambda place, view=view: self._open_menu(view, place))
        self.gallery.side_wanted.connect(self._step_side)
        bar.shape_chosen.connect(self.set_shape)
        bar.side_chosen.connect(self.set_side)
        bar.grouping_chosen.connect(lambda on: rows.set_wish(is_grouped=on))
        bar.falling_chosen.connect(lambda on: rows.set_wish(is_falling=on))
        bar.details_chosen.connect(self._choose_details)
        self.filter.field.left.connect(self.take_focus)
        self.empty_bin.clicked.connect(self._commands.empty_bin)
        self.details.refused.connect(self.refused)
        self.details.noted.connect(self.noted)

    def _add_keys(self) -> None:
        for view in self._views.values():
            for key, command in (
                ("S", self._star),
                ("P", self._pin),
                ("Del", self._discard),
                ("F2", self._label),
            ):
                shortcut = QShortcut(QKeySequence(key), view, command)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    # Following

    def _take_rows(self) -> None:
        shown, total = len(self.rows.numbers), len(self._log.numbers)
        in_bin = self.rows.wish.query.binned
        self.bar.count.set_text(counted(shown, total, in_bin=in_bin))
        self.nothing.setText(EMPTY_BIN if in_bin else NONE_FOUND if total else NO_RENDERS)
        self._pages.setCurrentWidget(self.view if shown else self.nothing)
        self._foot.setVisible(in_bin)
        self.empty_bin.setVisible(in_bin)
        self.empty_bin.setEnabled(shown > 0)
        self._hold_current()
        self._take_selection()
        self._show_state()

    def _hold_current(self) -> None:
        """What was chosen stays so, where it is still among the rows."""
        if self._current is not None and not self.gallery.currentIndex().isValid():
            row = self.rows.row_of(self._current)
            if row is not None:
                index = self.rows.index(row, 0)
                self.gallery.selectionModel().setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def _take_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self._current = self.rows.number(index.row())

    def _take_selection(self) -> None:
        self.details.show_entries(self._selected_entries(MOST_TOLD))

    def _take_changes(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        """Something else is told of what is chosen; pictures alone do not count."""
        chosen = self.gallery.selectionModel().selectedRows()
        if not roles and any(first.row() <= index.row() <= last.row() for index in chosen[:MOST_TOLD]):
            self._take_selection()

    def _selected_entries(self, most: int | None) -> list[Entry]:
        """The current one comes first."""
        current = self.gallery.currentIndex().row()
        rows = sorted({index.row() for index in self.gallery.selectionModel().selectedIndexes() if index.column() == 0})
        rows.sort(key=lambda row: row != current)
        return [entry for row in rows[:most] if (entry := self.rows.entry(row)) is not None]

    def _show_state(self) -> None:
        wish = self.rows.wish
        self.bar.show_state(
            shape=self._shape,
            side=self._side,
            is_grouped=wish.is_grouped,
            is_falling=wish.is_falling,
            has_details=self._wants_details,
        )

    def _choose_details(self, wants: bool) -> None:
        self._wants_details = wants
        self._place_details()

    def _place_details(self) -> None:
        """Where there is no room for both, details take the place of nothing: they are left out."""
        self.details.setVisible(self._wants_details and self.width() >= LEAST_BESIDE)

    # What the user does

    def _write_filter(self, text: str) -> None:
        self.filter.set_text(text)

    def _find(self) -> None:
        self.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.field.selectAll()

    def _step_side(self, steps: int) -> None:
        place = SIDES.index(self._side) + steps
        self.set_side(SIDES[min(len(SIDES) - 1, max(0, place))])

    def _restore(self, index: QModelIndex) -> None:
        entry = self.rows.entry(index.row())
        if entry is not None:
            self._commands.restore(entry.record)

    def _star(self) -> None:
        if records := self.selected():
            self._commands.star(records)

    def _pin(self) -> None:
        if (records := self.selected()) and self._commands.pin is not None:
            self._commands.pin(records)

    def _label(self) -> None:
        if records := self.selected():
            self.label_wanted.emit(records)

    def _discard(self) -> None:
        """Into the bin; out of it where the bin is looked at."""
        if records := self.selected():
            command = self._commands.take_back if self.rows.wish.query.binned else self._commands.discard
            command(records)

    def menu_of_selection(self) -> QMenu | None:
        """What can be done with what is selected; None where nothing is."""
        records = self.selected()
        return self._commands.menu_for(records, self) if records else None

    def _open_menu(self, view: QAbstractItemView, place: QPoint) -> None:
        index = view.indexAt(place)
        if index.isValid() and self.rows.group(index.row()) is not None:
            self._folding_menu().popup(view.viewport().mapToGlobal(place))
            return
        menu = self.menu_of_selection()
        if menu is not None:
            menu.popup(view.viewport().mapToGlobal(place))

    def _folding_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Fold all groups", lambda: self.rows.fold_all(True))
        menu.addAction("Show all renders", lambda: self.rows.fold_all(False))
        return menu


def _is_find(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Find)
