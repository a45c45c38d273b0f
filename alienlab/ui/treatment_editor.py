"""Amounts, seed and limits: of the lesion that is chosen, or of the next one."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.lesions import MAX_SCALE, AnyOperation, Operation, PluginOperation, StepWindow, Treatment
from alienlab.ui.amount_slider import AmountSlider
from alienlab.ui.icons import Icon, themed
from alienlab.ui.offers.offered_amount import OfferedAmount
from alienlab.ui.theme import Theme

_LARGEST_SEED = 2**31 - 1
_NOISES = (Operation.NOISE, Operation.NOISE_ADDED)


class TreatmentEditor(QWidget):
    """``edited`` carries the new treatment of the lesion shown; ``settled`` ends a drag."""

    edited = Signal(object)
    settled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Treatment | None = None
        self._loading = False
        self._offered: dict[str, LesionOperation] = {}
        self.caption = QLabel("For the next lesion")
        self._make_amounts()
        self._make_limits()
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.dice.setIcon(themed(Icon.DICE, theme))

    def set_offered(self, operations: Iterable[LesionOperation]) -> None:
        """What plugins can do to weights."""
        self._offered = {operation.key: operation for operation in operations}
        self.show_treatment(self._shown)

    def treatment(self, operation: AnyOperation) -> Treatment:
        """A new treatment with the values that stand here; noise is the kind that is ticked. What a plugin does begins
        with the plugin's own amount.
        """
        offered = self._offered.get(str(operation))
        draws = operation.takes_seed if offered is None else offered.takes_seed
        if operation in _NOISES:
            operation = Operation.NOISE_ADDED if self.adds.isChecked() else Operation.NOISE
        return Treatment(
            operation,
            self._amount(operation),
            self.seed.value() if draws else 0,
            self.weights_only.isChecked(),
            StepWindow(self.first.value(), self.end.value()) if self.windowed.isChecked() else None,
        )

    def show_treatment(self, treatment: Treatment | None) -> None:
        """Edit this treatment; None goes back to the values for the next lesion."""
        self._shown = treatment
        if treatment is not None:
            self._loading = True
            self._load(treatment)
            self._loading = False
        operation = None if treatment is None else treatment.operation
        self.caption.setText("For the next lesion" if treatment is None else "For the chosen lesion")
        offered = None if operation is None else self._offered.get(str(operation))
        self._show_amount(offered, is_plain=not isinstance(operation, PluginOperation))
        self.scale.setEnabled(operation in (None, Operation.SCALE))
        self.noise.setEnabled(operation is None or operation in _NOISES)
        self.adds.setEnabled(self.noise.isEnabled())
        draws = operation is None or (operation.takes_seed if offered is None else offered.takes_seed)
        self.seed.setEnabled(draws)
        self.dice.setEnabled(self.seed.isEnabled())

    def _show_amount(self, offered: LesionOperation | None, *, is_plain: bool) -> None:
        """The plugin's own amount in place of scale and noise, which it has nothing to do with."""
        for widget in (self.scale, self.noise, self.adds):
            widget.setVisible(is_plain)
        takes_amount = offered is not None and offered.takes_amount
        self.offered.setVisible(takes_amount)
        self.no_amount.setVisible(not is_plain and not takes_amount)
        if offered is None:
            self.no_amount.setText("The plugin that does this is switched off.")
            return
        self.no_amount.setText(f"{offered.name} takes no amount.")
        self._loading, before = True, self._loading
        self.offered.set_operation(offered)
        shown = self._shown
        if shown is not None and offered.takes_amount:
            self.offered.set_amount(offered.default or 0.0 if shown.amount is None else shown.amount)
        self._loading = before

    def _amount(self, operation: AnyOperation) -> float | None:
        if isinstance(operation, PluginOperation):
            return self._offered_amount(operation)
        if not operation.takes_amount:
            return None
        amount = self.scale.amount if operation is Operation.SCALE else self.noise.amount
        shown = self._shown
        if shown is not None and shown.amount is not None and round(shown.amount, 3) == round(amount, 3):
            amount = shown.amount  # finer than the field can say
        return min(amount, 1.0) if operation is Operation.NOISE else amount

    def _offered_amount(self, operation: PluginOperation) -> float | None:
        offered = self._offered.get(str(operation))
        if offered is None:
            return None if self._shown is None else self._shown.amount
        if self._shown is not None and self._shown.operation == operation and offered.takes_amount:
            return self.offered.amount
        return offered.default

    def _load(self, treatment: Treatment) -> None:
        if treatment.amount is not None and not isinstance(treatment.operation, PluginOperation):
            slider = self.scale if treatment.operation is Operation.SCALE else self.noise
            slider.set_amount(treatment.amount)
        if treatment.operation in _NOISES:
            self.adds.setChecked(treatment.operation is Operation.NOISE_ADDED)
        if treatment.operation.takes_seed:
            self.seed.setValue(min(treatment.seed, _LARGEST_SEED))
        self.weights_only.setChecked(treatment.weights_only)
        self.windowed.setChecked(treatment.steps is not None)
        if treatment.steps is not None:
            self.first.setValue(treatment.steps.first)
            self.end.setValue(treatment.steps.end)

    def _make_amounts(self) -> None:
        self.scale = AmountSlider("Scale", reach=3.0, low=-MAX_SCALE, high=MAX_SCALE)
        self.scale.set_tool_tip("Multiply the weights: 0 % silences, 100 % leaves as it is, 200 % doubles.")
        self.scale.set_amount(0.5)
        self.noise = AmountSlider("Noise", reach=1.0, low=0.0, high=MAX_SCALE)
        self.noise.set_tool_tip("Share of the weights replaced by noise of the same mean and spread.")
        self.noise.set_amount(0.2)
        self.adds = QCheckBox("add")
        self.adds.setAccessibleName("Add noise instead of mixing it in")
        self.adds.setToolTip(
            "Add the noise to the whole weights (noise+) instead of mixing it in.\n"
            "Mixing shrinks the spread of the weights, to 71 % at half and half; adding never does."
        )

        self.offered = OfferedAmount()
        self.offered.hide()
        self.no_amount = QLabel()
        self.no_amount.setProperty("tone", "muted")
        self.no_amount.hide()

    def _make_limits(self) -> None:
        self.seed = QSpinBox()
        self.seed.setRange(0, _LARGEST_SEED)
        self.seed.setAccessibleName("Lesion seed")
        self.seed.setToolTip("Lesion seed: which noise is drawn by randomize and noise. The same seed, the same noise.")
        self.seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.seed.setFixedWidth(100)
        self.dice = QToolButton()
        self.dice.setProperty("variant", "quiet")
        self.dice.setAccessibleName("Draw another lesion seed")
        self.dice.setToolTip("Draw another lesion seed")
        self.weights_only = QCheckBox("weights only")
        self.weights_only.setToolTip("Leave the bias of each module as it is")
        self.windowed = QCheckBox("steps")
        self.windowed.setToolTip("Act in some denoising steps only, counted from 0")
        self.first = _step_field("First step in which the lesion acts", 0)
        self.end = _step_field("Step before which the lesion ends", 5)

    def _lay_out(self) -> None:
        noise = QHBoxLayout()
        noise.setSpacing(8)
        noise.addWidget(self.noise, 1)
        noise.addWidget(self.adds)
        scale = QHBoxLayout()
        scale.setSpacing(8)
        scale.addWidget(self.scale, 1)
        scale.addSpacing(self.adds.sizeHint().width())
        limits = QHBoxLayout()
        limits.setSpacing(4)
        limits.addWidget(QLabel("Seed"))
        limits.addWidget(self.seed)
        limits.addWidget(self.dice)
        limits.addStretch(1)
        limits.addWidget(self.windowed)
        limits.addWidget(self.first)
        limits.addWidget(QLabel("–"))
        limits.addWidget(self.end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.caption.setProperty("tone", "small")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.caption, 1)
        self.head.addWidget(self.weights_only)
        for row in (self.head, scale, noise):
            column.addLayout(row)
        column.addWidget(self.offered)
        column.addWidget(self.no_amount)
        column.addLayout(limits)
        self._enable_steps()

    def _connect(self) -> None:
        for slider in (self.scale, self.noise, self.offered):
            slider.moved.connect(self._edit)
            slider.settled.connect(self.settled)
        for tick in (self.adds, self.weights_only, self.windowed):
            tick.toggled.connect(self._edit)
        for field in (self.seed, self.first, self.end):
            field.valueChanged.connect(self._edit)
            field.editingFinished.connect(self.settled)
        self.windowed.toggled.connect(self._enable_steps)
        self.first.valueChanged.connect(lambda first: self.end.setMinimum(first + 1))
        self.dice.clicked.connect(lambda: self.seed.setValue(secrets.randbelow(1_000_000)))

    def _edit(self) -> None:
        if self._loading or self._shown is None:
            return
        if self.end.value() <= self.first.value():
            return  # the end follows the first step at once
        treatment = self.treatment(self._shown.operation)
        if treatment != self._shown:
            self._shown = treatment
            self.edited.emit(treatment)

    def _enable_steps(self) -> None:
        for field in (self.first, self.end):
            field.setEnabled(self.windowed.isChecked())


def _step_field(name: str, value: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, 999)
    field.setValue(value)
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    field.setFixedWidth(58)
    return field
