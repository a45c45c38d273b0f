"""Operations of plugins, beside the buttons of AlienLab's own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from alienlab.domain.laboratories.declarations import LesionOperation


class MoreOperations(QToolButton):
    """A button with a menu; it is there where plugins offer operations."""

    chosen = Signal(object)
    """The LesionOperation that the selection is to be lesioned with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("More operations ▾")
        self.setProperty("density", "compact")
        self.setAccessibleName("Operations of plugins")
        self.setToolTip("Lesion the selection with an operation that a plugin offers")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.operations = QMenu(self)
        self.operations.setToolTipsVisible(True)
        self.setMenu(self.operations)
        self.hide()

    def offer(self, operations: Sequence[LesionOperation]) -> None:
        self.operations.clear()
        for operation in operations:
            action = self.operations.addAction(operation.name, lambda operation=operation: self.chosen.emit(operation))
            action.setToolTip(f"{operation.summary} (plugin {operation.plugin})")
        self.setVisible(bool(operations))
