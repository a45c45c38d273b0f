"""Asks for the parameters of something that a plugin offers."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from alienlab.domain.laboratories.declarations import Offer
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind, Value
from alienlab.ui.labs.editors.editor import Editor
from alienlab.ui.labs.editors.number_editor import NumberEditor
from alienlab.ui.labs.editors.place_editor import PlaceEditor
from alienlab.ui.labs.editors.word_editors import ChoiceEditor, SwitchEditor, TextEditor
from alienlab.ui.plain_text import PlainLabel, plain_tip

_EDITORS: dict[ParameterKind, type[Editor]] = {
    ParameterKind.NUMBER: NumberEditor,
    ParameterKind.WHOLE: NumberEditor,
    ParameterKind.SWITCH: SwitchEditor,
    ParameterKind.CHOICE: ChoiceEditor,
    ParameterKind.TEXT: TextEditor,
    ParameterKind.POINT: PlaceEditor,
    ParameterKind.BOX: PlaceEditor,
}


class OfferDialog(QDialog):
    """Once it is accepted, ``values`` are what was asked for, as they travel. Other kinds keep their defaults."""

    def __init__(self, offer: Offer, doing: str, parent: QWidget | None = None, *, note: str = "") -> None:
        """``doing`` is what the button says, ``note`` what it is done with."""
        super().__init__(parent)
        self.offer, self.note = offer, note
        self.setWindowTitle(offer.name)
        self._values: dict[str, Value] = {one.id: one.default for one in offer.parameters}
        self.editors = {one.id: self._made(one) for one in offer.parameters if one.kind in _EDITORS}
        self._lay_out(doing)

    @property
    def values(self) -> dict[str, Any]:
        for editor in self.editors.values():
            editor.finish()
        return {one.id: one.to_json(one.check(self._values[one.id])) for one in self.offer.parameters}

    def _made(self, parameter: Parameter) -> Editor:
        editor = _EDITORS[parameter.kind](parameter)
        editor.show_value(parameter.default)
        editor.changed.connect(lambda value: self._values.update({parameter.id: value}))
        return editor

    def _lay_out(self, doing: str) -> None:
        said = (self.offer.summary, f"Offered by the plugin {self.offer.plugin}.", self.note)
        summary = PlainLabel("\n".join(filter(None, said)))
        summary.setProperty("tone", "muted")
        summary.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setToolTip("Close without doing anything (Esc)")
        self.go_button = self.buttons.addButton(doing, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_button.setProperty("variant", "primary")
        self.go_button.setToolTip(plain_tip(self.offer.summary))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(summary)
        for editor in self.editors.values():
            column.addWidget(editor)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.setMinimumWidth(420)
