"""What can be chosen of an animation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QVBoxLayout, QWidget

from alienlab.app.exports.film_draft import FilmDraft, FilmOptions
from alienlab.session.sheets.animation import FASTEST, SLOWEST
from alienlab.ui.exports.source_box import SourceBox
from alienlab.ui.sweeps.option_field import Rows


class FilmForm(QWidget):
    """Edits a FilmDraft."""

    def __init__(self, draft: FilmDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.source = SourceBox(draft.sources, draft.source)
        self.pace = QDoubleSpinBox()
        self.pace.setRange(SLOWEST, FASTEST)
        self.pace.setDecimals(1)
        self.pace.setSuffix(" images a second")
        self.pace.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.pace.setAccessibleName("Pace")
        self.pace.setToolTip(f"How fast it is played, {SLOWEST:g} to {FASTEST:g} images a second")
        self.back = QCheckBox("There and back")
        self.back.setToolTip("Play it back to the start as well, so that it has no jump")
        self.captions = QCheckBox("Captions")
        self.captions.setToolTip("Write beneath each image what differs")
        self._show(draft.options)
        self._lay_out()
        self.source.currentIndexChanged.connect(lambda: draft.choose(self.source.source))
        self.pace.valueChanged.connect(self._commit)
        for check in (self.back, self.captions):
            check.toggled.connect(self._commit)

    def _show(self, options: FilmOptions) -> None:
        self.pace.setValue(options.frames_a_second)
        self.back.setChecked(options.there_and_back)
        self.captions.setChecked(options.captions)

    def _lay_out(self) -> None:
        rows = Rows()
        rows.add_row("Images", self.source, stretched=True)
        rows.add_row("Pace", self.pace)
        rows.add_row("", self.back)
        rows.add_row("", self.captions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)
        column.addStretch(1)

    def _commit(self) -> None:
        self._draft.set_options(
            FilmOptions(
                frames_a_second=self.pace.value(),
                there_and_back=self.back.isChecked(),
                captions=self.captions.isChecked(),
            )
        )
