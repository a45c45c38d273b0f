"""Puts a sheet together, and shows what it will look like."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from alienlab.app.exports.sheet_draft import MOST_PREVIEWED, SheetDraft
from alienlab.app.pictures import to_qimage
from alienlab.domain.events import Image
from alienlab.ui.exports.export_dialog import ExportDialog
from alienlab.ui.exports.sheet_form import SheetForm
from alienlab.ui.theme import Theme

DRAWING = "The sheet is being drawn …"


class SheetDialog(ExportDialog):
    """Shows a SheetDraft."""

    def __init__(self, draft: SheetDraft, theme: Theme, parent: QWidget | None = None) -> None:
        self.form = SheetForm(draft)
        tip = "Choose a file, PNG, PDF or HTML, and write the sheet (Enter)"
        super().__init__("Export sheet", self.form, theme, tip=tip, parent=parent)
        self._draft = draft
        draft.changed.connect(lambda: self.state.setText(DRAWING))
        draft.previewed.connect(self._show)
        draft.failed.connect(self.say)
        self.preview.show_sentence(DRAWING)
        self.form.source.setFocus()
        draft.look()

    def done(self, result: int) -> None:
        self._draft.finish()
        super().done(result)

    def _show(self, image: Image) -> None:
        self.preview.show_image(to_qimage(image))
        self.export_button.setEnabled(True)
        self.state.setText(f"The preview shows the first {MOST_PREVIEWED} images." if self._draft.is_shortened else "")
