"""The amount of an operation that a plugin offers."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget

from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.ui.plain_text import plain_tip

STEPS = 1000
"""Places of the slider."""
WIDEST = 1e6
"""Where the operation says no limit."""


class OfferedAmount(QWidget):
    """``moved`` follows the amount; ``settled`` comes when the hand lets go. The slider is there between two limits."""

    moved = Signal(float)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel("Amount")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 20)
        self.field = QDoubleSpinBox()
        self.field.setDecimals(4)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        self.field.setFixedWidth(96)
        for control in (self.slider, self.field):
            control.setAccessibleName("Amount of the plugin's operation")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.slider, 1)
        row.addStretch()
        row.addWidget(self.field)
        self.slider.valueChanged.connect(self._take_slider)
        self.field.valueChanged.connect(self._take_field)
        self.slider.sliderReleased.connect(self.settled)
        self.field.editingFinished.connect(self.settled)

    @property
    def amount(self) -> float:
        return self.field.value()

    def set_amount(self, amount: float) -> None:
        self.field.setValue(amount)

    def set_operation(self, operation: LesionOperation) -> None:
        """Its limits, and its words in the tooltip."""
        low = -WIDEST if operation.low is None else operation.low
        high = WIDEST if operation.high is None else operation.high
        blocker = QSignalBlocker(self.field)
        self.field.setRange(low, high)
        del blocker
        self.field.setSingleStep((high - low) / 100 if self._is_limited(operation) else 1.0)
        self.slider.setVisible(self._is_limited(operation))
        for control in (self._label, self.slider, self.field):
            control.setToolTip(plain_tip(operation.summary))

    def _is_limited(self, operation: LesionOperation) -> bool:
        return operation.low is not None and operation.high is not None and operation.low < operation.high

    def _take_slider(self, place: int) -> None:
        if place != self._place():
            low, high = self.field.minimum(), self.field.maximum()
            self.field.setValue(low + (high - low) * place / STEPS)

    def _take_field(self, amount: float) -> None:
        self.slider.setValue(self._place())
        self.moved.emit(amount)

    def _place(self) -> int:
        low, high = self.field.minimum(), self.field.maximum()
        return round(STEPS * (self.field.value() - low) / (high - low)) if high > low else 0
