"""A slider with its value in percent beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget


class AmountSlider(QWidget):
    """``moved`` follows the value (1.0 is 100 %); ``settled`` comes when the hand lets go.

    The slider covers 0 to ``reach``; the field beside it takes ``low`` to ``high``.
    """

    moved = Signal(float)
    settled = Signal()

    def __init__(self, name: str, *, reach: float, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(name)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round(reach * 100))
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(name)
        self.field = QDoubleSpinBox()
        self.field.setRange(low * 100, high * 100)
        self.field.setDecimals(1)
        self.field.setSuffix(" %")
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        self.field.setAccessibleName(f"{name} in percent")
        self.field.setFixedWidth(96)
        self._label.setFixedWidth(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.slider.valueChanged.connect(self._take_slider)
        self.field.valueChanged.connect(self._take_field)
        self.slider.sliderReleased.connect(self.settled)
        self.field.editingFinished.connect(self.settled)

    @property
    def amount(self) -> float:
        return round(self.field.value() / 100, 4)

    def set_amount(self, amount: float) -> None:
        self.field.setValue(amount * 100)

    def set_tool_tip(self, text: str) -> None:
        for widget in (self._label, self.slider, self.field):
            widget.setToolTip(text)

    def _take_slider(self, percent: int) -> None:
        # A slider that a value beyond its reach has pushed to its end says nothing of its own.
        if percent != self._on_slider(self.field.value()):
            self.field.setValue(percent)

    def _take_field(self, percent: float) -> None:
        self.slider.setValue(self._on_slider(percent))
        self.moved.emit(self.amount)

    def _on_slider(self, percent: float) -> int:
        return min(max(round(percent), self.slider.minimum()), self.slider.maximum())
