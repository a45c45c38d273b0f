"""Points and boxes in a picture, by small fields beside the handle that is dragged."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alienlab.domain.laboratories.parameters import Parameter, ParameterKind, Value
from alienlab.ui.labs.editors.editor import Editor, caption_of, tip_of

WHOLE = (0.0, 0.0, 0.0, 0.0)
_POINT_PARTS = ("across", "down")
_BOX_PARTS = ("left", "top", "right", "bottom")


class PlaceEditor(Editor):
    """In percent of the picture's width and height."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        is_box = parameter.kind is ParameterKind.BOX
        parts = _BOX_PARTS if is_box else _POINT_PARTS
        self.fields = [_field(parameter, part) for part in parts]
        self.whole = QPushButton("Whole picture", self)
        self.whole.setHidden(not is_box)
        self.whole.setProperty("density", "tight")
        self.whole.setToolTip(f"Let {parameter.name} cover the whole picture")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for number, (part, field) in enumerate(zip(parts, self.fields, strict=True)):
            label = QLabel(part)
            label.setProperty("tone", "small")
            grid.addWidget(label, number // 2, 2 * (number % 2))
            grid.addWidget(field, number // 2, 2 * (number % 2) + 1)
            field.valueChanged.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption_of(parameter))
        column.addLayout(grid)
        if is_box:
            column.addWidget(self.whole, alignment=Qt.AlignmentFlag.AlignLeft)
            self.whole.clicked.connect(lambda: self.enter(WHOLE))

    def show_value(self, value: Value) -> None:
        assert isinstance(value, tuple)
        for field, part in zip(self.fields, value, strict=True):
            blocker = QSignalBlocker(field)
            field.setValue(100 * float(part))
            del blocker
        self.whole.setEnabled(value != WHOLE)

    def _take(self) -> None:
        self.changed.emit(tuple(round(field.value() / 100, 4) for field in self.fields))


def _field(parameter: Parameter, part: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0, 100)
    field.setDecimals(1)
    field.setSuffix(" %")
    field.setKeyboardTracking(False)
    field.setAccessibleName(f"{parameter.name}, {part}, in percent")
    field.setToolTip(tip_of(parameter))
    field.setMinimumWidth(72)
    return field
