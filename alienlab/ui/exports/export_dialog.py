"""The frame of a dialog that puts something together: choices at the left, what it will be at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alienlab.ui.exports.preview_view import PreviewView
from alienlab.ui.theme import Theme

FIRST_SIZE = (1120, 720)
FORM_WIDTH = 336


class ExportDialog(QDialog):
    """``wanted`` says that it is to be written."""

    wanted = Signal()

    def __init__(self, title: str, form: QWidget, theme: Theme, *, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        form.setFixedWidth(FORM_WIDTH)
        self.preview = PreviewView(theme)
        self.state = QLabel()
        self.state.setProperty("tone", "small")
        self.state.setWordWrap(True)
        self.export_button = QPushButton("Export…")
        self.export_button.setProperty("variant", "primary")
        self.export_button.setToolTip(tip)
        self.export_button.setDefault(True)
        self.close_button = QPushButton("Close")
        self.close_button.setToolTip("Close without writing anything (Esc)")
        self.close_button.setAutoDefault(False)
        self._lay_out(form)
        self.export_button.clicked.connect(self.wanted)
        self.close_button.clicked.connect(self.reject)
        self.resize(QSize(*FIRST_SIZE).boundedTo(self.screen().availableSize() - QSize(32, 64)))

    def say(self, sentence: str) -> None:
        """Say in place of the preview why there is none."""
        self.preview.show_sentence(sentence)
        self.export_button.setEnabled(False)
        self.state.setText("")

    def _lay_out(self, form: QWidget) -> None:
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addStretch(1)
        for button in (self.close_button, self.export_button):
            button.setFixedWidth(100)
            ends.addWidget(button)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(form, 1)
        side.addWidget(self.state)
        side.addLayout(ends)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(side)
        row.addWidget(self.preview, 1)
