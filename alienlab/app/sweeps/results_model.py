"""The results of a sweep as a table for views, and what of it is shown in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

from alienlab.app.sweeps.columns import Column, columns_of, describe_result, region_of, words_of
from alienlab.app.sweeps.thumbnails import Thumbnails
from alienlab.domain.anatomy import Kind
from alienlab.domain.effects import Verdict
from alienlab.domain.events import Image
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Sweep

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_RISING = Qt.SortOrder.AscendingOrder
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ResultRole(IntEnum):
    RESULT = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2
    """What a column orders by; None where it is not known."""
    THUMBNAIL = Qt.ItemDataRole.UserRole + 3
    """A QImage, None while it is being read or there is none."""


class SweepResults(QAbstractTableModel):
    """A row a trial, in the order of the axes. Thumbnails are read when a view first asks for them."""

    updated = Signal()
    """Other results, or more is known of them; thumbnails are not meant."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sweep: Sweep | None = None
        self._title = ""
        self._results: list[Result] = []
        self._words: tuple[str, ...] = ()
        self._measures: dict[str, Column] = {}
        self._columns = columns_of(())
        self._keys: dict[int, list[Any]] = {}
        self._thumbnails = Thumbnails(self)
        self._thumbnails.came.connect(self._take_thumbnails)

    @property
    def sweep(self) -> Sweep | None:
        return self._sweep

    @property
    def title(self) -> str:
        return self._title

    @property
    def results(self) -> Sequence[Result]:
        return self._results

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    def column(self, name: str) -> int:
        """Where a column is; −1 where there is none of this name."""
        return next((place for place, column in enumerate(self._columns) if column.name == name), -1)

    def sort_keys(self, column: int) -> Sequence[Any]:
        """What the rows are ordered by; None where nothing is known."""
        if column not in self._keys:
            self._keys[column] = [self._columns[column].sort_key(result) for result in self._results]
        return self._keys[column]

    def thumbnail(self, result: Result) -> QImage | None:
        """None while it is not there."""
        return self._thumbnails.get(result.key) if result.is_rendered else None

    @property
    def measures(self) -> tuple[Column, ...]:
        """Columns that plugins have measured."""
        return tuple(self._measures.values())

    # Changing

    def add_measure(self, column: Column) -> None:
        """Show what a plugin has measured, in place of what it measured before."""
        self.beginResetModel()
        self._measures[column.name] = column
        self._columns = columns_of(self._words, self.measures)
        self._keys.clear()
        self.endResetModel()
        self.updated.emit()

    def show(
        self, sweep: Sweep | None, results: Sequence[Result], *, image: Callable[[str], Image | None], title: str
    ) -> None:
        """Show another sweep, or none. ``image`` gives the image of a computation; threads call it."""
        self.beginResetModel()
        self._sweep, self._title = sweep, title
        self._measures = {}
        self._results = list(results)
        self._keys.clear()
        self._thumbnails.reset(image, count=len({result.key for result in results}))
        self._words = words_of(results)
        self._columns = columns_of(self._words, self.measures)
        self.endResetModel()
        self.updated.emit()

    def update(self, results: Sequence[Result], sweep: Sweep | None = None) -> None:
        """Take in what is known by now; views stay where they are.

        A refined sweep comes with its new values as ``sweep``; their rows are inserted where they belong.
        """
        self._sweep = sweep or self._sweep
        added = _added(self._results, results)
        if added is None:
            self._start_anew(results)
        else:
            self._insert(results, added)
            self._add_words(results)
            self._change(results)
        self.updated.emit()

    def finish(self) -> None:
        """Wait for the thumbnails that are being read."""
        self._thumbnails.finish()

    def _start_anew(self, results: Sequence[Result]) -> None:
        self.beginResetModel()
        self._results = list(results)
        self._keys.clear()
        self._words = words_of(results)
        self._columns = columns_of(self._words, self.measures)
        self.endResetModel()

    def _insert(self, results: Sequence[Result], rows: Sequence[int]) -> None:
        for first, last in _runs(rows):
            self.beginInsertRows(_ROOT, first, last)
            self._results[first:first] = results[first : last + 1]
            self._keys.clear()
            self.endInsertRows()

    def _add_words(self, results: Sequence[Result]) -> None:
        fresh = [word for word in words_of(results) if word not in self._words]
        if not fresh:
            return
        words = (*self._words, *fresh)
        columns = columns_of(words, self.measures)
        self.beginInsertColumns(_ROOT, len(self._columns), len(columns) - 1)
        self._words, self._columns = words, columns
        self.endInsertColumns()

    def _change(self, results: Sequence[Result]) -> None:
        changed = [row for row, result in enumerate(results) if result != self._results[row]]
        self._thumbnails.forget(results[row].key for row in changed)
        for row in changed:
            self._results[row] = results[row]
        self._keys.clear()
        self._tell(changed, last=len(self._columns) - 1, roles=[])

    def _take_thumbnails(self, keys: frozenset[str]) -> None:
        rows = [row for row, result in enumerate(self._results) if result.key in keys]
        self._tell(rows, last=0, roles=[ResultRole.THUMBNAIL])

    def _tell(self, rows: Iterable[int], *, last: int, roles: list[int]) -> None:
        for first, end in _runs(rows):
            self.dataChanged.emit(self.index(first, 0), self.index(end, last), roles)

    # For views

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._results)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.heading
            case Qt.ItemDataRole.ToolTipRole:
                return f"{column.tip}.\nClick to sort; what is not known comes last."
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.is_number else _LEFT
            case _:
                return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        result, column = self._results[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(result)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return describe_result(result)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.is_number else _LEFT
            case ResultRole.RESULT:
                return result
            case ResultRole.SORT:
                return column.sort_key(result)
            case ResultRole.THUMBNAIL:
                return self.thumbnail(result)
            case _:
                return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """Which results are shown. What is empty or None asks for nothing."""

    words: tuple[str, ...] = ()
    """Casefolded; all are in the label."""
    verdicts: frozenset[Verdict] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    region: str = ""
    """The module stands in this region, or the trial is about it."""
    depths: tuple[float, float] | None = None
    """The least and the most."""

    @property
    def is_empty(self) -> bool:
        return self == Criteria()

    def admits(self, result: Result) -> bool:
        return (
            self._admits_label(result)
            and (not self.verdicts or (result.effect is not None and result.effect.verdict in self.verdicts))
            and (not self.kinds or (result.module is not None and result.module.kind in self.kinds))
            and (not self.region or f"{region_of(result) or ''}.".startswith(f"{self.region}."))
            and self._admits_depth(result)
        )

    def _admits_label(self, result: Result) -> bool:
        if not self.words:
            return True
        label = result.trial.label.casefold()
        return all(word in label for word in self.words)

    def _admits_depth(self, result: Result) -> bool:
        if self.depths is None:
            return True
        return result.depth is not None and self.depths[0] <= result.depth <= self.depths[1]


class SweepFilter(QSortFilterProxyModel):
    """The results that meet criteria, ordered by a column, or as they are in the sweep where that is −1."""

    criteria_changed = Signal()
    order_changed = Signal()

    def __init__(self, results: SweepResults, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._criteria = Criteria()
        self._results = results
        self.setSourceModel(results)

    @property
    def criteria(self) -> Criteria:
        return self._criteria

    def set_criteria(self, criteria: Criteria) -> None:
        if criteria != self._criteria:
            self.beginFilterChange()
            self._criteria = criteria
            self.endFilterChange()
            self.criteria_changed.emit()

    def sort(self, column: int, order: Qt.SortOrder = _RISING) -> None:
        super().sort(column, order if column >= 0 else _RISING)
        self.order_changed.emit()

    def results(self) -> list[Result]:
        """Those that pass, in order."""
        rows = (self.mapToSource(self.index(row, 0)).row() for row in range(self.rowCount()))
        return [self._results.results[row] for row in rows]

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        return self._criteria.admits(self._results.results[source_row])

    def lessThan(self, source_left: _Index, source_right: _Index) -> bool:
        """What is not known comes last in either order, and equal ones stay in the order of the sweep."""
        keys, is_rising = self._results.sort_keys(source_left.column()), self.sortOrder() is _RISING
        left, right = source_left.row(), source_right.row()
        one, other = keys[left], keys[right]
        if one == other:
            return (left < right) is is_rising
        if one is None or other is None:
            return (other is None) is is_rising
        return one < other


def _added(old: Sequence[Result], new: Sequence[Result]) -> list[int] | None:
    """Rows of ``new`` whose trials ``old`` lacks; None where others are gone."""
    added: list[int] = []
    place = 0
    for row, result in enumerate(new):
        if place < len(old) and old[place].trial.values == result.trial.values:
            place += 1
        else:
            added.append(row)
    return added if place == len(old) else None


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of the rows that follow one another."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last
