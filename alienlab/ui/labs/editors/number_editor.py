"""A number by slider and field."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from alienlab.domain.laboratories.parameters import Parameter, ParameterKind, Value
from alienlab.ui.labs.editors.editor import Editor, caption_of
from alienlab.ui.labs.numbers import SLIDER_STEPS, decimals_of, share_of, step_of, value_at

FIELD_WIDTH = 124
LARGEST = 2.0**53
"""Beyond, whole numbers are not told apart."""


class NumberEditor(Editor):
    """Numbers and whole numbers; those without limits have no slider."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.field = QDoubleSpinBox()
        self.field.setDecimals(decimals_of(parameter))
        self.field.setRange(
            -LARGEST if parameter.low is None else parameter.low,
            LARGEST if parameter.high is None else parameter.high,
        )
        self.field.setSingleStep(step_of(parameter))
        self.field.setSuffix(f" {parameter.unit}" if parameter.unit else "")
        self.field.setKeyboardTracking(False)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFixedWidth(FIELD_WIDTH)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._has_slider = None not in (parameter.low, parameter.high)
        self.slider.setRange(0, self._slider_steps())
        self.slider.setPageStep(max(1, self.slider.maximum() // 20))
        self._dress(self.field, self.slider)
        self._lay_out()
        self.field.valueChanged.connect(self._take_field)
        self.slider.valueChanged.connect(self._take_slider)

    @property
    def value(self) -> float | int:
        value = self.field.value()
        return round(value) if self.parameter.kind is ParameterKind.WHOLE else value

    def show_value(self, value: Value) -> None:
        assert isinstance(value, int | float)
        blockers = [QSignalBlocker(self.field), QSignalBlocker(self.slider)]
        self.field.setValue(value)
        self.slider.setValue(round(share_of(self.parameter, value) * self.slider.maximum()))
        del blockers

    def enter(self, value: Value) -> None:
        assert isinstance(value, int | float)
        self.field.setValue(value)

    def finish(self) -> None:
        self.field.interpretText()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(caption_of(self.parameter), 1)
        head.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.slider)
        self.slider.setVisible(self._has_slider)

    def _slider_steps(self) -> int:
        low, high = self.parameter.low, self.parameter.high
        if low is None or high is None or self.parameter.is_logarithmic:
            return SLIDER_STEPS
        return max(1, min(100_000, round((high - low) / step_of(self.parameter))))

    def _take_field(self, value: float) -> None:
        blocker = QSignalBlocker(self.slider)
        self.slider.setValue(round(share_of(self.parameter, value) * self.slider.maximum()))
        del blocker
        self.changed.emit(self.value)

    def _take_slider(self, place: int) -> None:
        self.field.setValue(value_at(self.parameter, place / self.slider.maximum()))
