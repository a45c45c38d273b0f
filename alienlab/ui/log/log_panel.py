"""The page of the session log: filter, gallery or list, and the details of what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
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
from alienlab.app.log.rows import LogRows
from alienlab.app.log.suggestions import Vocabulary
from alienlab.app.session_log import SessionLog
from alienlab.session.log.store import RenderRecord
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.log.chosen import ChosenRenders
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
        self._wants_details = True
        self._has_arranged = False
        self._side = SIDES[1]
        self.rows = LogRows(log, self)
        self.filter_menu = FilterMenu(
            self.vocabulary, appearance, read=lambda: self.filter.text, write=self._write_filter
        )
        self.filter = FilterBox(self.rows, self.filter_menu, self.vocabulary, appearance)
        self.bar = LogBar(appearance)
        self.gallery, self.table = Gallery(self.rows, appearance), LogTable(self.rows, appearance)
        self.table.setSelectionModel(self.gallery.selectionModel())
        self.chosen = ChosenRenders(self.rows, self.gallery.selectionModel(), commands, self)
        self.chosen.label_wanted.connect(self.label_wanted)
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
        return self.chosen.records()

    def vocabulary(self) -> Vocabulary:
        """What can stand in a filter of this session."""
        return Vocabulary(
            tags=self._labels.tags(),
            sweeps=self._log.sweep_titles(),
            laboratories=self._log.laboratories(),
            today=date.today(),
        )

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
        index = self.chosen.choose(number)
        if index.isValid():
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
        for view in self._views.values():
            self.chosen.add_keys(view)
            view.opened.connect(self._restore)
            view.customContextMenuRequested.connect(lambda place, view=view: self._open_menu(view, place))
        self.gallery.side_wanted.connect(self._step_side)
        bar.shape_chosen.connect(self.set_shape)
        bar.side_chosen.connect(self.set_side)
        bar.grouping_chosen.connect(lambda on: self._arrange(is_grouped=on))
        bar.falling_chosen.connect(lambda on: self._arrange(is_falling=on))
        bar.details_chosen.connect(self._choose_details)
        self.filter.field.left.connect(self.take_focus)
        self.empty_bin.clicked.connect(self._commands.empty_bin)
        self.details.refused.connect(self.refused)
        self.details.noted.connect(self.noted)

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
        self.chosen.hold()
        if self._has_arranged:
            self._has_arranged = False
            self.view.scrollTo(self.view.currentIndex())
        self._take_selection()
        self._show_state()

    def _take_selection(self) -> None:
        self.details.show_entries(self.chosen.entries(MOST_TOLD), selected=self.chosen.count())

    def _take_changes(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        """Something else is told of what is chosen; pictures alone do not count."""
        if not roles and self.chosen.touches(first.row(), last.row(), most=MOST_TOLD):
            self._take_selection()

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
        has_room = self.width() >= LEAST_BESIDE
        self.details.setVisible(self._wants_details and has_room)
        self.bar.set_details_possible(has_room)

    # What the user does

    def _arrange(self, *, is_grouped: bool | None = None, is_falling: bool | None = None) -> None:
        """What is chosen comes into sight again once the rows have come."""
        self._has_arranged = True
        self.rows.set_wish(is_grouped=is_grouped, is_falling=is_falling)

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

    def menu_of_selection(self) -> QMenu | None:
        """What can be done with what is selected; None where nothing is."""
        return self.chosen.menu(self)

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
