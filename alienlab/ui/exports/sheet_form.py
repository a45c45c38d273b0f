"""What can be chosen of a sheet."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from alienlab.app.exports.sheet_draft import SheetDraft
from alienlab.app.exports.sources import SheetSource
from alienlab.domain.effects import Scale
from alienlab.session.sheets.content import MAX_COLUMNS
from alienlab.session.sheets.sheet import Labelling, SheetOptions
from alienlab.ui.exports.source_box import SourceBox
from alienlab.ui.sweeps.choices import Choice, choice_box, fill
from alienlab.ui.sweeps.option_field import Rows

TYPING_PAUSE_MS = 250
FIELD_WIDTH = 256
_LABELS: list[Choice] = [
    ("What differs", Labelling.CAPTIONS, "Words beneath each image; numbers where there is no room for words"),
    ("Numbers", Labelling.NUMBERS, "The number of each image alone"),
    ("None", Labelling.NONE, "Nothing beneath the images"),
]
NO_MEASURE: Choice = ("None", None, "No measure is shown")


class SheetForm(QWidget):
    """Edits a SheetDraft."""

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.source = SourceBox(draft.sources, draft.source)
        self.title = QLineEdit()
        self.title.setAccessibleName("Title")
        self.title.setToolTip("The heading of the sheet")
        self.title.setPlaceholderText("as the images are called")
        self.columns = _columns()
        self.labels = _choice("Labels", "What stands beneath each image", _LABELS)
        self.scale = _choice("Measure", "Shown beneath each image, with a colour bar", [NO_MEASURE, *_scales()])
        self.strip = _check(
            "Where lesions sit",
            "A strip of the whole network beneath each image, with its lesions marked",
            checked=True,
        )
        self.one_page = _check("All on one page", "As many columns as bring all images onto one page", checked=False)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._take()

    def _lay_out(self) -> None:
        rows = Rows()
        rows.add_row("Images", self.source, stretched=True)
        rows.add_row("Title", self.title, stretched=True)
        rows.add_row("Columns", self.columns)
        rows.add_row("Labels", self.labels)
        rows.add_row("Measure", self.scale)
        rows.add_row("", self.strip)
        rows.add_row("", self.one_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)
        column.addStretch(1)

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(self._choose)
        self.title.textEdited.connect(self._pause.start)
        self._pause.timeout.connect(self._commit)
        self.columns.valueChanged.connect(self._commit)
        for box in (self.labels, self.scale):
            box.currentIndexChanged.connect(self._commit)
        for check in (self.strip, self.one_page):
            check.toggled.connect(self._commit)

    def _choose(self) -> None:
        source: SheetSource = self.source.source
        if not source.is_measured:
            self.scale.setCurrentIndex(0)
        self._draft.choose(source)
        self._take()

    def _commit(self) -> None:
        self._pause.stop()
        self._draft.set_options(self._options())
        self._take()

    def _options(self) -> SheetOptions:
        return replace(
            self._draft.options,
            columns=self.columns.value() or None,
            title=self.title.text().strip() or None,
            labels=self.labels.currentData(),
            strip=self.strip.isChecked(),
            scale=self.scale.currentData(),
            is_one_page=self.one_page.isChecked(),
        )

    def _take(self) -> None:
        is_measured = self._draft.source.is_measured
        for control in (self.scale, self.strip):
            control.setEnabled(is_measured)


def _columns() -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, MAX_COLUMNS)
    box.setSpecialValueText("automatic")
    box.setAccessibleName("Columns")
    box.setToolTip(f"Images side by side, 1 to {MAX_COLUMNS}; the lowest value leaves it to the sheet")
    box.setFixedWidth(120)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return box


def _scales() -> list[Choice]:
    return [(f"{scale.heading}{f' ({scale.unit})' if scale.unit else ''}", scale, scale.tip) for scale in Scale]


def _choice(name: str, tip: str, choices: list[Choice]) -> QComboBox:
    box = choice_box(name, tip, width=FIELD_WIDTH)
    fill(box, choices)
    return box


def _check(words: str, tip: str, *, checked: bool) -> QCheckBox:
    check = QCheckBox(words)
    check.setToolTip(tip)
    check.setChecked(checked)
    return check
