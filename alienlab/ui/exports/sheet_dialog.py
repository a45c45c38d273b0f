"""Puts a sheet together, and shows what it will look like."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alienlab.app.exports.sheet_draft import MOST_PREVIEWED, SheetDraft
from alienlab.app.pictures import to_qimage
from alienlab.domain.events import Image
from alienlab.ui.exports.preview_view import PreviewView
from alienlab.ui.exports.sheet_form import SheetForm
from alienlab.ui.theme import Theme

FIRST_SIZE = (1120, 720)
FORM_WIDTH = 312
DRAWING = "The sheet is being drawn …"


class SheetDialog(QDialog):
    """Shows a SheetDraft; ``wanted`` says that it is to be written."""

    wanted = Signal()

    def __init__(self, draft: SheetDraft, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.setWindowTitle("Export sheet")
        self.form = SheetForm(draft)
        self.form.setFixedWidth(FORM_WIDTH)
        self.preview = PreviewView(theme)
        self.state = QLabel()
        self.state.setProperty("tone", "small")
        self.export_button = QPushButton("Export…")
        self.export_button.setProperty("variant", "primary")
        self.export_button.setToolTip("Choose a file, PNG, PDF or HTML, and write the sheet (Enter)")
        self.export_button.setDefault(True)
        self.close_button = QPushButton("Close")
        self.close_button.setToolTip("Close without writing anything (Esc)")
        self.close_button.setAutoDefault(False)
        self._lay_out()
        self.export_button.clicked.connect(self.wanted)
        self.close_button.clicked.connect(self.reject)
        draft.changed.connect(self._wait)
        draft.drawn.connect(self._show)
        draft.failed.connect(self._say)
        self.preview.show_sentence(DRAWING)
        self.resize(*FIRST_SIZE)
        self.form.source.setFocus()
        draft.draw()

    def done(self, result: int) -> None:
        self._draft.finish()
        super().done(result)

    def _lay_out(self) -> None:
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addStretch(1)
        for button in (self.close_button, self.export_button):
            button.setFixedWidth(100)
            ends.addWidget(button)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.form, 1)
        side.addWidget(self.state)
        side.addLayout(ends)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addLayout(side)
        row.addWidget(self.preview, 1)

    def _wait(self) -> None:
        self.state.setText(DRAWING)

    def _show(self, image: Image) -> None:
        self.preview.show_image(to_qimage(image))
        self.export_button.setEnabled(True)
        shortened = f"The preview shows the first {MOST_PREVIEWED} images." if self._draft.is_shortened else ""
        self.state.setText(shortened)

    def _say(self, sentence: str) -> None:
        self.preview.show_sentence(sentence)
        self.export_button.setEnabled(False)
        self.state.setText("")
