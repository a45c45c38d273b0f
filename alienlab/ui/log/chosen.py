"""The renders that are selected in the log, and what is done with all of them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from alienlab.app.log.entries import Entry
from alienlab.app.log.rows import LogRows
from alienlab.session.log.records import RenderRecord
from alienlab.ui.log.render_commands import RenderCommands

_FLAGS = QItemSelectionModel.SelectionFlag


class ChosenRenders(QObject):
    """Gallery and list share it, as they share ``selection``."""

    label_wanted = Signal(object)
    """Records that are to be named and tagged."""

    def __init__(
        self, rows: LogRows, selection: QItemSelectionModel, commands: RenderCommands, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rows, self._selection, self._commands = rows, selection, commands
        self._current: int | None = None
        rows.arranging.connect(self._remember)
        rows.emptied.connect(self._forget)

    def entries(self, most: int | None = None) -> list[Entry]:
        """The current one comes first."""
        current = self._selection.currentIndex().row()
        rows = sorted({index.row() for index in self._selection.selectedIndexes() if index.column() == 0})
        rows.sort(key=lambda row: row != current)
        return [entry for row in rows[:most] if (entry := self._rows.entry(row)) is not None]

    def count(self) -> int:
        """Selected rows; none of them is read."""
        return sum(index.column() == 0 for index in self._selection.selectedIndexes())

    def records(self) -> list[RenderRecord]:
        return [entry.record for entry in self.entries()]

    def choose(self, number: int) -> QModelIndex:
        """Select one render, and nothing else; an invalid index where it is not shown."""
        row = self._rows.row_of(number)
        if row is None:
            return QModelIndex()
        index = self._rows.index(row, 0)
        self._selection.setCurrentIndex(index, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        return index

    def hold(self) -> None:
        """What was chosen stays so when rows are arranged anew; where it is gone its neighbour is chosen."""
        index = self._selection.currentIndex()
        held = self._rows.number(index.row()) if index.isValid() else None
        if self._current is not None and self._current != held:
            is_there = self.choose(self._current).isValid()
            if not is_there and held is not None and not self._selection.hasSelection():
                self.choose(held)

    def touches(self, first: int, last: int, *, most: int) -> bool:
        """Whether any of the first ``most`` selected rows is among these."""
        return any(first <= index.row() <= last for index in self._selection.selectedRows()[:most])

    def menu(self, parent: QWidget) -> QMenu | None:
        """What can be done with them; None where nothing is selected."""
        records = self.records()
        return self._commands.menu_for(records, parent) if records else None

    def add_keys(self, view: QWidget) -> None:
        """Keys that act on them while ``view`` has the keyboard."""
        for key, command in (("S", self.star), ("P", self.pin), ("Del", self.discard), ("F2", self.label)):
            QShortcut(QKeySequence(key), view, command).setContext(Qt.ShortcutContext.WidgetShortcut)

    def star(self) -> None:
        if records := self.records():
            self._commands.star(records)

    def pin(self) -> None:
        if (records := self.records()) and self._commands.pin is not None:
            self._commands.pin(records)

    def label(self) -> None:
        if records := self.records():
            self.label_wanted.emit(records)

    def discard(self) -> None:
        """Into the bin; out of it where the bin is looked at."""
        if records := self.records():
            command = self._commands.take_back if self._rows.wish.query.binned else self._commands.discard
            command(records)

    def _remember(self) -> None:
        """Before views choose a neighbour of a row that goes."""
        index = self._selection.currentIndex()
        if index.isValid():
            self._current = self._rows.number(index.row())

    def _forget(self) -> None:
        """The same number is another render in another session."""
        self._current = None
