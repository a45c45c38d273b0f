"""The lesion list as a Qt item model: a column for the text with its tick box, one for what it acts on."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from alienlab.app.lesion_list import Entries, LesionEntry, LesionList
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.counting import counted
from alienlab.domain.errors import LesionError
from alienlab.domain.patterns import match_pattern

Index = QModelIndex | QPersistentModelIndex
EntryRole = Qt.ItemDataRole.UserRole
"""The ``LesionEntry`` of a row."""


class Column(IntEnum):
    TEXT = 0
    MODULES = 1


class LesionModel(QAbstractTableModel):
    """Follows a ``LesionList``; ticking goes through it, so that it can be undone."""

    def __init__(self, lesions: LesionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lesions = lesions
        self._entries: Entries = lesions.entries
        self._anatomy: Anatomy | None = None
        lesions.changed.connect(self._follow)

    def set_anatomy(self, anatomy: Anatomy | None) -> None:
        self._anatomy = anatomy
        self._announce_data()

    def matches(self, row: int) -> tuple[str, ...]:
        """Paths of the modules that a row acts on; empty where the brain has none of them."""
        if self._anatomy is None:
            return ()
        try:
            return match_pattern(self._entries[row].spec.pattern, self._anatomy)
        except LesionError:
            return ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.TEXT else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == EntryRole:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.spec}\n{self._extent(index.row())}. Double-click to select what it acts on."
        return self._text(entry, role) if index.column() == Column.TEXT else self._count(index.row(), role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.TEXT:
            return False
        self._lesions.set_enabled(index.row(), Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _text(self, entry: LesionEntry, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(entry.spec)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if entry.enabled else Qt.CheckState.Unchecked
        return None

    def _count(self, row: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(len(self.matches(row))) if self._anatomy else "–"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _extent(self, row: int) -> str:
        count = len(self.matches(row))
        if self._anatomy is None or not count:
            return "No module of this brain matches"
        return counted(count, "module")

    def _follow(self) -> None:
        """Keep the view's selection where rows only change what they say."""
        if len(self._lesions.entries) == len(self._entries):
            self._entries = self._lesions.entries
            self._announce_data()
            return
        self.beginResetModel()
        self._entries = self._lesions.entries
        self.endResetModel()

    def _announce_data(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Column) - 1))
