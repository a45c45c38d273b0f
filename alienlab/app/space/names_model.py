"""Names as a table: picture and name, tags, and the point as a formula."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from alienlab.app.session_log import SessionLog
from alienlab.app.space.names import Names
from alienlab.domain.errors import AlienLabError
from alienlab.domain.space.formula import concept_text
from alienlab.domain.space.named import NamedPoint

POINT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The NamedPoint of a row."""
PICTURE_ROLE = Qt.ItemDataRole.UserRole + 2
"""The QImage of what was named, where the session has it."""

_Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NAME = 0
    TAGS = 1
    POINT = 2


HEADINGS = {Column.NAME: "Name", Column.TAGS: "Tags", Column.POINT: "Point"}
EDITABLE = (Column.NAME, Column.TAGS)


class NamesModel(QAbstractTableModel):
    """Names and tags can be written in place; pictures are those of the session's log."""

    refused = Signal(str)
    """Why a name or tags were not taken."""
    taken = Signal()
    """A name or tags were."""

    def __init__(self, names: Names, log: SessionLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names, self._log = names, log
        self._entries = names.entries
        names.changed.connect(self._take)
        for signal in (log.pictured, log.numbers_changed, log.changed, log.opened):
            signal.connect(self._take_pictures)

    def point(self, row: int) -> NamedPoint:
        return self._entries[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADINGS[Column(section)]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        point, column = self.point(index.row()), Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(point, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _TIPS[column] if column in EDITABLE else str(point.concept)
            case _ if role == POINT_ROLE:
                return point
            case _ if role == PICTURE_ROLE:
                return self._log.picture_of(point.computation_id)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or Column(index.column()) not in EDITABLE:
            return False
        name = self.point(index.row()).name
        try:
            if index.column() == Column.NAME:
                self._names.rename(name, str(value))
            else:
                self._names.change(name, tags=str(value).split(","))
        except AlienLabError as error:
            self.refused.emit(str(error))
            return False
        self.taken.emit()
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable if index.column() in EDITABLE else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | editable

    def _text(self, point: NamedPoint, column: Column) -> str:
        match column:
            case Column.NAME:
                return point.name
            case Column.TAGS:
                return ", ".join(point.tags)
            case Column.POINT:
                others = {name: concept for name, concept in self._names.named.items() if concept != point.concept}
                return concept_text(point.concept, others)

    def _take(self) -> None:
        """Where only texts have changed, what is selected stays."""
        if len(self._names.entries) == len(self._entries):
            self._entries = self._names.entries
            self._tell_changed([])
        else:
            self.beginResetModel()
            self._entries = self._names.entries
            self.endResetModel()

    def _take_pictures(self) -> None:
        self._tell_changed([PICTURE_ROLE])

    def _tell_changed(self, roles: list[int]) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1), roles)


_TIPS = {
    Column.NAME: "In formulas the name stands in quotes. Double-click to rename the point (F2)",
    Column.TAGS: "Separated by commas; the session strip finds them. Double-click to write others (F2)",
}
