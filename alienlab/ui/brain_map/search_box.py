"""Finds modules by pattern, and adds lesions by their text."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from alienlab.domain.anatomy import Anatomy
from alienlab.ui.brain_map.search import Finding, find
from alienlab.ui.icons import Icon, themed
from alienlab.ui.quantities import modules_of
from alienlab.ui.theme import Theme


class SearchBox(QWidget):
    """``found`` follows the typing; ``entered`` comes with Enter. Both carry a ``Finding``."""

    found = Signal(object)
    entered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anatomy: Anatomy | None = None
        self._finding = Finding()
        self.field = _SearchField()
        self.field.setPlaceholderText("Find modules: attn2, up_blocks.1.*, kind=norm, role=q …")
        self.field.setToolTip(
            "Find modules by name, by pattern (up_blocks.1.*) or by kind=… and role=… (Ctrl+F).\n"
            "Enter selects them. A whole lesion, such as up_blocks.1.*:zero, is added by Enter."
        )
        self.field.setAccessibleName("Find modules or add a lesion")
        self.setFocusProxy(self.field)
        self._icon = QAction(self)
        self.field.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.count = QLabel()
        self.count.setProperty("tone", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._enter)
        self.set_theme(theme)
        self._show_count()

    @property
    def finding(self) -> Finding:
        return self._finding

    def set_theme(self, theme: Theme) -> None:
        self._icon.setIcon(themed(Icon.SEARCH, theme))

    def set_anatomy(self, anatomy: Anatomy | None) -> None:
        self._anatomy = anatomy
        self._search()

    def _search(self) -> None:
        self._finding = Finding() if self._anatomy is None else find(self.field.text(), self._anatomy)
        self._show_count()
        self.found.emit(self._finding)

    def _show_count(self) -> None:
        paths = self._finding.paths
        self.count.setVisible(paths is not None)
        self.count.setText("" if paths is None else modules_of(len(paths)) if paths else "no module")

    def _enter(self) -> None:
        finding = self._finding
        self.entered.emit(finding)
        if finding.spec is not None:
            self.field.clear()


class _SearchField(QLineEdit):
    """Esc empties it first, and only then belongs to the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
