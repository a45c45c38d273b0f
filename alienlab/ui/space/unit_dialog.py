"""Asks what distances in concept space are to be counted in."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from alienlab.app.space.unit import Unit
from alienlab.domain.errors import AlienLabError
from alienlab.session.settings import UNIT

WIDTH = 320


class UnitDialog(QDialog):
    """It stays open where the two points make no unit, and says why."""

    def __init__(self, unit: Unit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setWindowTitle("Unit of distance")
        said = QLabel("Distances in concept space are counted in the distance of these two points.")
        said.setWordWrap(True)
        self.first, self.second = (_field(name) for name in ("One point", "The other point"))
        self.note = QLabel()
        self.note.setProperty("tone", "small")
        self.note.setWordWrap(True)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel | buttons.RestoreDefaults)
        self.buttons.button(buttons.Ok).setProperty("variant", "primary")
        form = QFormLayout()
        form.addRow("From", self.first)
        form.addRow("to", self.second)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(said)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(buttons.RestoreDefaults).clicked.connect(lambda: self._write(UNIT))
        self._write(unit.texts)

    def accept(self) -> None:
        try:
            self._unit.choose(self.first.text().strip(), self.second.text().strip())
        except AlienLabError as error:
            self.note.setText(str(error))
        else:
            super().accept()

    def _write(self, texts: tuple[str, str]) -> None:
        self.first.setText(texts[0])
        self.second.setText(texts[1])


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setMinimumWidth(WIDTH)
    field.setAccessibleName(name)
    field.setToolTip("A prompt, or a formula such as = &quot;king&quot; - &quot;man&quot;")
    return field
