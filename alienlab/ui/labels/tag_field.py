"""A line of tags, separated by commas, which offers those that are in use."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class TagField(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = QStringListModel(self)
        completer = _LastTag(self)
        completer.setModel(self._known)
        self.setCompleter(completer)
        self.setAccessibleName("Tags")
        self.setPlaceholderText("hats, strange")
        self.setToolTip("Words to find renders by, separated by commas")

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(tag for text in self.text().split(",") if (tag := " ".join(text.split())))

    def set_tags(self, tags: Iterable[str]) -> None:
        self.setText(", ".join(tags))

    def set_known(self, tags: Iterable[str]) -> None:
        """Those that are offered."""
        self._known.setStringList(list(tags))


class _LastTag(QCompleter):
    """Completes what stands behind the last comma, and keeps the rest."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        return [path.rsplit(",", 1)[-1].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        before, comma, _ = self._field.text().rpartition(",")
        return f"{before}{comma}{' ' if comma else ''}{index.data()}"
