"""Fields of text leave the keys of the window's actions to them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
_EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
)


class ActionKeys(QObject):
    """Where Qt has keys of its own for fields, such as Ctrl+K on Linux, which empties a line to its end.

    An action of the window comes first, unless its keys are those by which everybody edits.
    """

    def __init__(self, window: QWidget, actions: Iterable[QAction]) -> None:
        """For the fields that the window has now."""
        super().__init__(window)
        self._keys = {key.toString() for action in actions for key in action.shortcuts()}
        for field in window.findChildren(QWidget):
            if isinstance(field, _FIELDS):
                field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_editing = any(event.matches(key) for key in _EDITING)
        if is_editing or QKeySequence(event.keyCombination()).toString() not in self._keys:
            return False
        event.ignore()
        return True
