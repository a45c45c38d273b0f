"""The renders of a log that a filter lets through, as rows for a view."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)

from alienlab.app.latest import LatestAnswer
from alienlab.app.log.columns import HEADINGS, LogColumn
from alienlab.app.log.entries import Entry
from alienlab.app.log.finding import Found, Wish, find
from alienlab.app.log.grouping import Group, Row, Section, rows_of, sections_of
from alienlab.app.log.row_data import alignment, told_of_group, told_of_heading, told_of_render
from alienlab.app.session_log import SessionLog
from alienlab.domain.errors import AlienLabError
from alienlab.domain.log_query import LogQuery
from alienlab.session.log.order import Order
from alienlab.session.log.store import RenderRecord

_log = logging.getLogger(__name__)

PAGE = 64
"""Rows that are read together."""
MOST_STEPPED = 2000
"""Where more rows than this come and go, views begin anew."""

_Index = QModelIndex | QPersistentModelIndex


class LogRows(QAbstractTableModel):
    """Follows a log. What takes time to find comes from another thread; until then the rows stay as they were."""

    emptied = Signal()
    """Another session is open, whose rows come next."""
    arranging = Signal()
    """Other rows will come at once; these are still the ones that were."""
    arranged = Signal()
    """Other rows are shown, or the same ones in another order."""
    refused = Signal(str)
    """Why a filter is not understood; empty once it is."""

    def __init__(self, log: SessionLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._wish = Wish()
        self._found = Found(())
        self._folded: set[str] = set()
        self._rows: list[Row] = []
        self._places: dict[int, int] | None = None
        self._sections: list[Section] | None = None
        self._is_waiting = False
        self._answers = LatestAnswer(self)
        self._answers.came.connect(self._take)
        log.opened.connect(self._begin_anew)
        log.numbers_changed.connect(self.ask)
        log.found_anew.connect(self._find_anew)
        log.changed.connect(self._tell_changed)
        log.pictured.connect(self._tell_pictured)
        self.ask()

    # What is shown

    @property
    def wish(self) -> Wish:
        return self._wish

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still being looked up."""
        return self._is_waiting

    @property
    def numbers(self) -> Sequence[int]:
        """The renders that the filter lets through, in their order, also those that are folded away."""
        return self._found.numbers

    @property
    def groups(self) -> Sequence[Group]:
        return self._found.groups

    @property
    def sections(self) -> Sequence[Section]:
        """The rows by their headings."""
        if self._sections is None:
            self._sections = sections_of(self.groups, self._folded, count=len(self._rows))
        return self._sections

    def records(self) -> tuple[RenderRecord, ...]:
        """Those that the filter lets through. Reads every one of them: not for what has to be quick."""
        return self._log.records_of(self.numbers)

    def number(self, row: int) -> int | None:
        """None for a heading."""
        found = self._rows[row]
        return None if isinstance(found, Group) else found

    def group(self, row: int) -> Group | None:
        """None for a render."""
        found = self._rows[row]
        return found if isinstance(found, Group) else None

    def entry(self, row: int) -> Entry | None:
        """None for a heading, and for what cannot be read."""
        number = self.number(row)
        return None if number is None else self._log.entry(number, lambda: self._page(row))

    def row_of(self, number: int) -> int | None:
        """None where a render is not shown."""
        if self._places is None:
            self._places = {one: row for row, one in enumerate(self._rows) if not isinstance(one, Group)}
        return self._places.get(number)

    def is_folded(self, group: Group) -> bool:
        return group.key in self._folded

    # What is wished for

    def set_text(self, text: str) -> None:
        """Filter by the words of the log's language; those that make no sense yet change nothing."""
        try:
            query = LogQuery.parse(text)
        except AlienLabError as error:
            self.refused.emit(str(error))
            return
        self.refused.emit("")
        self.set_wish(query=query)

    def set_wish(
        self,
        *,
        query: LogQuery | None = None,
        order: Order | None = None,
        is_falling: bool | None = None,
        is_grouped: bool | None = None,
    ) -> None:
        before = self._wish
        self._wish = Wish(
            query=before.query if query is None else query,
            order=before.order if order is None else order,
            is_falling=before.is_falling if is_falling is None else is_falling,
            is_grouped=before.is_grouped if is_grouped is None else is_grouped,
        )
        if self._wish != before:
            self.ask()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        by = HEADINGS[LogColumn(column)].order if column >= 0 else Order.TIME
        if by is not None:
            self.set_wish(order=by, is_falling=column < 0 or order is Qt.SortOrder.DescendingOrder)

    def toggle(self, group: Group) -> None:
        """Fold the renders of a group away, or show them again."""
        self._folded.symmetric_difference_update({group.key})
        self._show(self._found)

    def fold_all(self, folds: bool) -> None:
        self._folded = {group.key for group in self.groups} if folds else set()
        self._show(self._found)

    def ask(self) -> None:
        """Look up anew what is to be shown."""
        session, search, wish, today = self._log.session, self._log.search, self._wish, date.today()
        if session is None or search is None or wish.is_plain:
            self._answers.give_up()
            numbers = self._log.numbers
            self._take(Found(list(numbers if wish.is_falling else reversed(numbers))))
            return
        self._is_waiting = True
        self._answers.ask(lambda: _answer(lambda: find(session, search, wish, today)))

    def finish(self) -> None:
        """Wait for what is being looked up."""
        self._answers.finish()

    # Following

    def _begin_anew(self) -> None:
        self._folded.clear()
        self._show(Found(()))
        self.emptied.emit()
        self.ask()

    def _take(self, found: Found | None) -> None:
        self._is_waiting = False
        if found is not None:
            self._show(found)

    def _show(self, found: Found) -> None:
        self.arranging.emit()
        self._found = found
        rows: list[Row] = rows_of(found.groups, self._folded) if found.groups else [*found.numbers]
        before = self._rows
        head = _shared(before, rows)
        tail = min(_shared(before[::-1], rows[::-1]), min(len(before), len(rows)) - head)
        gone, come = len(before) - head - tail, len(rows) - head - tail
        if gone + come > MOST_STEPPED:
            self.beginResetModel()
            self._set(rows)
            self.endResetModel()
        else:
            self._step(rows, head, gone, come)
        self.arranged.emit()

    def _step(self, rows: list[Row], head: int, gone: int, come: int) -> None:
        nowhere = QModelIndex()
        if gone:
            self.beginRemoveRows(nowhere, head, head + gone - 1)
            self._set(self._rows[:head] + self._rows[head + gone :])
            self.endRemoveRows()
        if come:
            self.beginInsertRows(nowhere, head, head + come - 1)
            self._set(rows)
            self.endInsertRows()
        self._set(rows)

    def _set(self, rows: list[Row]) -> None:
        self._rows, self._places, self._sections = rows, None, None

    def _tell_changed(self, numbers: frozenset[int] | None) -> None:
        if numbers is not None:
            self._tell(numbers, [])
        elif self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def _find_anew(self) -> None:
        if not self._wish.is_plain:
            self.ask()

    def _tell_pictured(self, numbers: frozenset[int]) -> None:
        self._tell(numbers, [Qt.ItemDataRole.DecorationRole])

    def _tell(self, numbers: frozenset[int], roles: list[int]) -> None:
        """Of many rows all between them are told of at once: each of those who follow looks at all that is selected."""
        rows = sorted(row for number in numbers if (row := self.row_of(number)) is not None)
        spans = [(row, row) for row in rows] if len(rows) <= PAGE else [(rows[0], rows[-1])]
        column = 0 if roles else self.columnCount() - 1
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, column), roles)

    def _page(self, row: int) -> list[int]:
        first = row // PAGE * PAGE
        return [number for number in self._rows[first : first + PAGE] if not isinstance(number, Group)]

    # As Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(LogColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        return told_of_heading(LogColumn(section), role)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group, column = self.group(index.row()), LogColumn(index.column())
        if group is not None:
            return told_of_group(group, column, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._log.picture(entry.record) if column is LogColumn.PICTURE else None
        return told_of_render(entry, self._log.name_of(entry.record), column, role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if not index.isValid() or self.group(index.row()) is not None:
            return enabled
        return enabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The files of the images."""
        rows = dict.fromkeys(index.row() for index in indexes)
        entries = (self.entry(row) for row in rows)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(entry.record.file)) for entry in entries if entry is not None])
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Never moved: the session keeps its files."""
        return Qt.DropAction.CopyAction


def _answer(compute: Callable[[], Found]) -> Found | None:
    """None where the session was closed in the meantime, or cannot be read."""
    try:
        return compute()
    except AlienLabError:
        return None
    except Exception:  # the rows must not wait for ever
        _log.exception("Renders of the log could not be looked up")
        return None


def _shared(one: Sequence[Row], other: Sequence[Row]) -> int:
    """How many rows both begin with."""
    return next(
        (place for place, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
