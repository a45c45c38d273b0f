"""Rows of options with their captions, and the editors that stand in them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSpinBox,
    QToolButton,
    QWidget,
)

from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.lesions import MAX_SCALE, AnyOperation, Operation, PluginOperation
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import Theme

CAPTION_WIDTH = 72
_TO_MIDDLE = 6
"""Pixels that bring a caption level with the text of a field that is higher than it."""
ROW_HEIGHT = 28
"""Where there is too little room, rows are scrolled, not squeezed."""
LARGEST_SEED = 2**31 - 1
"""That a spin box can hold."""
OPERATIONS = {
    Operation.ZERO: "Knock out",
    Operation.RANDOMIZE: "Randomize",
    Operation.SCALE: "Scale",
    Operation.NOISE: "Mix in noise",
    Operation.NOISE_ADDED: "Add noise",
}
_WIDEST = 1e6
"""Where a plugin's operation says no limit."""
OPERATION_TIP = (
    "Knock out: set the weights to zero. Randomize: replace them by noise of the same mean and spread.\n"
    "Scale: multiply them. Mix in noise: replace a share of them. Add noise: add a share to the whole weights."
)


class Rows(QWidget):
    """Rows of a caption and an editor, with captions of one width everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, CAPTION_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def add_row(self, caption: str, *parts: QWidget | str, stretched: bool = False) -> None:
        """Editors and words side by side; the last one takes the room that is left where it is ``stretched``."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(word(part) if isinstance(part, str) else part)
        if stretched:
            row.setStretch(len(parts) - 1, 1)
        else:
            row.addStretch(1)
        self._add(caption, row, alignment=Qt.AlignmentFlag.AlignVCenter)

    def add_block(self, caption: str, block: QLayout) -> None:
        """Something of several lines; the caption stands beside the first."""
        self._add(caption, block, alignment=Qt.AlignmentFlag.AlignTop)

    def _add(self, caption: str, layout: QLayout, *, alignment: Qt.AlignmentFlag) -> None:
        place = self._grid.rowCount()
        label = word(caption)
        if alignment is Qt.AlignmentFlag.AlignTop:
            label.setContentsMargins(0, _TO_MIDDLE, 0, 0)
        self._grid.setRowMinimumHeight(place, ROW_HEIGHT)
        self._grid.addWidget(label, place, 0, alignment)
        self._grid.addLayout(layout, place, 1)


class OptionField(Rows):
    """Edits some options of an AxisWish; by itself none."""

    changed = Signal()
    kinds: ClassVar[frozenset[Kind]] = frozenset()
    """Those that its options belong to."""

    def show_wish(self, wish: AxisWish) -> None:
        """Let its options stand here."""

    def applied_to(self, wish: AxisWish) -> AxisWish:
        """The wish with what stands here."""
        return wish


class PercentBox(QDoubleSpinBox):
    """An amount in percent, that of a plugin's operation as a number, without zeros that say nothing."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(3)
        self._take_unit(" %", whole=100.0)
        dress(self, name, tip, width=88)

    @property
    def amount(self) -> float:
        """1.0 is 100 %."""
        return round(self.value() / self._whole, 6)

    def set_amount(self, amount: float) -> None:
        self.setValue(amount * self._whole)

    def set_operation(self, operation: Operation | LesionOperation) -> None:
        """Take what the operation can be given."""
        if isinstance(operation, LesionOperation):
            self._take_offered(operation)
            return
        self._take_unit(" %", whole=100.0)
        low = -MAX_SCALE if operation is Operation.SCALE else 0.0
        high = 1.0 if operation is Operation.NOISE else MAX_SCALE
        self.setRange(low * 100, high * 100)
        self.setSingleStep(10.0 if operation is Operation.SCALE else 1.0)

    def _take_offered(self, operation: LesionOperation) -> None:
        self._take_unit("", whole=1.0)
        low, high = operation.low, operation.high
        self.setRange(-_WIDEST if low is None else low, _WIDEST if high is None else high)
        self.setSingleStep(1.0 if low is None or high is None else (high - low) / 100)

    def _take_unit(self, unit: str, *, whole: float) -> None:
        self._whole = whole
        self.setSuffix(unit)

    def textFromValue(self, val: float) -> str:
        text = super().textFromValue(val)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


class OperationChoice(QComboBox):
    """Operations by the words for them, then those that plugins offer."""

    def __init__(
        self, *operations: Operation, offered: Sequence[LesionOperation] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offered = {PluginOperation(one.plugin, one.id): one for one in offered}
        self._operations: tuple[AnyOperation, ...] = (*operations, *self._offered)
        self.addItems([OPERATIONS[operation] for operation in operations])
        for one in offered:
            self.addItem(one.name)
            tip = f"{one.summary} (plugin {one.plugin})"
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        self.setAccessibleName("What is done to the weights")
        self.setToolTip(OPERATION_TIP)
        self.setFixedWidth(128)

    @property
    def operation(self) -> AnyOperation:
        return self._operations[self.currentIndex()]

    @property
    def declared(self) -> Operation | LesionOperation:
        """What says which amount and seed the operation takes."""
        operation = self.operation
        return operation if isinstance(operation, Operation) else self._offered[operation]

    def set_operation(self, operation: AnyOperation) -> None:
        if operation in self._operations:
            self.setCurrentIndex(self._operations.index(operation))


class LesionSeed(QWidget):
    """The seed of the noise that lesions draw."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = whole_box("Lesion seed", "Which noise is drawn. The same seed, the same noise.", width=96)
        self.box.setRange(0, LARGEST_SEED)
        dice = QToolButton()
        dice.setProperty("variant", "quiet")
        dice.setIcon(themed(Icon.DICE, theme))
        dice.setFixedHeight(ROW_HEIGHT)
        dice.setAccessibleName("Draw another lesion seed")
        dice.setToolTip("Draw another lesion seed")
        dice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dice.clicked.connect(lambda: self.box.setValue(secrets.randbelow(1_000_000)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(word("with seed"))
        row.addSpacing(4)
        row.addWidget(self.box)
        row.addWidget(dice)
        self.box.valueChanged.connect(self.changed)

    @property
    def seed(self) -> int:
        return self.box.value()

    def set_seed(self, seed: int) -> None:
        self.box.setValue(min(seed, LARGEST_SEED))


def whole_box(name: str, tip: str, *, low: int = 0, high: int = 1000, width: int = 72) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    dress(box, name, tip, width=width)
    return box


def dress(box: QAbstractSpinBox, name: str, tip: str, *, width: int) -> None:
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setFixedWidth(width)


def word(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label
