"""What all editors of parameters have."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.plain_text import PlainLabel, plain_tip


class Editor(QWidget):
    """Shows a value with ``show_value``, and says with ``changed`` what the user makes of it."""

    changed = Signal(object)

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter

    def show_value(self, value: Value) -> None:
        """Without saying anything."""
        # abstract, but Qt's metaclass does not go together with that of abstract classes
        raise NotImplementedError(f"{type(self).__name__} does not show its value")

    def enter(self, value: Value) -> None:
        """As a user would: show it and say it."""
        self.show_value(value)
        self.changed.emit(value)

    def finish(self) -> None:
        """Take what is being typed."""

    def _dress(self, *controls: QWidget) -> None:
        """Name and tooltip of all that sets the value."""
        unit = f" in {self.parameter.unit}" if self.parameter.unit else ""
        for control in controls:
            control.setAccessibleName(f"{self.parameter.name}{unit}")
            control.setToolTip(tip_of(self.parameter))


def tip_of(parameter: Parameter) -> str:
    """The hint, and whether a change waits for Run."""
    slow = "A change waits for Run, as it takes long to compute." if parameter.is_slow else ""
    return plain_tip(" ".join(part for part in (parameter.hint or parameter.name, slow) if part))


def caption_of(parameter: Parameter) -> QLabel:
    label = PlainLabel(parameter.name)
    label.setProperty("tone", "muted")
    label.setToolTip(tip_of(parameter))
    return label
