"""Options of what is lesioned, by what, in which order and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import LesionError
from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.lesions import Operation, StepWindow
from alienlab.domain.patterns import match_pattern, patterns_for
from alienlab.domain.sweeps.kinds import EVERYTHING
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish
from alienlab.ui.quantities import modules_of
from alienlab.ui.sweeps.option_field import (
    ROW_HEIGHT,
    LesionSeed,
    OperationChoice,
    OptionField,
    PercentBox,
    whole_box,
    word,
)
from alienlab.ui.theme import Theme

_DOSED = (Operation.NOISE, Operation.NOISE_ADDED, Operation.SCALE)
_USUAL_AMOUNTS = {Operation.SCALE: 0.5, Operation.NOISE: 0.2, Operation.NOISE_ADDED: 0.2}
_USUAL_DOSES = {Operation.SCALE: (0.0, 2.0), Operation.NOISE: (0.0, 0.2), Operation.NOISE_ADDED: (0.0, 0.2)}
_OUTER_REGION = 1
"""Dots in the paths of the regions that are offered in the list; the completer knows all."""


class ModulesField(OptionField):
    """The pattern, and how many modules match it."""

    kinds = frozenset({Kind.KNOCKOUT, Kind.PROGRESSIVE, Kind.DOSE})

    def __init__(self, anatomy: Anatomy, selected: Sequence[str]) -> None:
        super().__init__()
        self._anatomy = anatomy
        chosen = patterns_for([path for path in selected if path in anatomy], anatomy)
        self.pattern = _pattern_box(anatomy, chosen)
        self.count = QLabel()
        self.count.setFixedHeight(16)
        self.take_selection = QPushButton("Selection")
        self.take_selection.setProperty("density", "tight")
        self.take_selection.setAutoDefault(False)
        self.take_selection.setAccessibleName("Take the modules that are selected on the map")
        self.take_selection.setToolTip(f"Take what is selected on the map: {', '.join(chosen)}")
        self.take_selection.setHidden(len(chosen) != 1)
        if len(chosen) == 1:
            self.take_selection.clicked.connect(lambda: self.pattern.setCurrentText(chosen[0]))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.pattern, 1)
        row.addWidget(self.take_selection)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.count)
        self.add_block("Modules", column)
        self.pattern.currentTextChanged.connect(self._tell)
        self._tell()

    def show_wish(self, wish: AxisWish) -> None:
        self.pattern.setCurrentText(wish.pattern)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(wish, pattern=self.pattern.currentText().strip())

    def _tell(self) -> None:
        try:
            number = len(match_pattern(self.pattern.currentText().strip(), self._anatomy))
        except LesionError:
            number = 0
        of_all = f" of {len(self._anatomy):,}" if 0 < number < len(self._anatomy) else ""
        self.count.setText(f"{modules_of(number)}{of_all}" if number else "no module")
        self.count.setProperty("tone", "small" if number else "danger")
        self.count.style().polish(self.count)
        self.changed.emit()


class EachField(OptionField):
    """Single modules, or regions."""

    kinds = frozenset({Kind.KNOCKOUT})

    def __init__(self) -> None:
        super().__init__()
        self.modules = QRadioButton("module")
        self.modules.setToolTip("One module after another, in the order in which they run")
        self.regions = QRadioButton("region")
        self.regions.setToolTip("One region after another, with all that lies in it: blocks, layers, attentions")
        self.modules.setAccessibleName("Each module by itself")
        self.regions.setAccessibleName("Each region as a whole")
        self.modules.setChecked(True)
        self.add_row("Each", self.modules, self.regions)
        self.regions.toggled.connect(self.changed)

    def show_wish(self, wish: AxisWish) -> None:
        (self.regions if wish.by_region else self.modules).setChecked(True)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(wish, by_region=self.regions.isChecked())


class TreatmentField(OptionField):
    """An operation with its amount and seed."""

    kinds = frozenset({Kind.KNOCKOUT, Kind.PROGRESSIVE})

    def __init__(self, theme: Theme, offered: Sequence[LesionOperation] = ()) -> None:
        super().__init__()
        self.operation = OperationChoice(*Operation, offered=offered)
        self.amount = PercentBox("Amount in percent", "Scale: 100 % leaves as it is. Noise: the share of noise.")
        self.seed = LesionSeed(theme)
        self.add_row("Lesion", self.operation, self.amount, self.seed)
        self._adjust()
        self.operation.currentIndexChanged.connect(self._adjust)
        self.amount.valueChanged.connect(self.changed)
        self.seed.changed.connect(self.changed)

    def show_wish(self, wish: AxisWish) -> None:
        self.operation.set_operation(wish.operation)
        if wish.amount is not None:
            self.amount.set_amount(wish.amount)
        self.seed.set_seed(wish.lesion_seed)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        declared = self.operation.declared
        amount = self.amount.amount if declared.takes_amount else None
        seed = self.seed.seed if declared.takes_seed else 0
        return replace(wish, operation=self.operation.operation, amount=amount, lesion_seed=seed)

    def _adjust(self) -> None:
        declared = self.operation.declared
        self.amount.setVisible(declared.takes_amount)
        self.seed.setVisible(declared.takes_seed)
        usual = declared.default if isinstance(declared, LesionOperation) else _USUAL_AMOUNTS.get(declared)
        if usual is not None:
            self.amount.set_operation(declared)
            self.amount.set_amount(usual)
        self.changed.emit()


class DoseField(OptionField):
    """An operation, and the amounts from one to another."""

    kinds = frozenset({Kind.DOSE})

    def __init__(self, theme: Theme, offered: Sequence[LesionOperation] = ()) -> None:
        super().__init__()
        self.operation = OperationChoice(*_DOSED, offered=[one for one in offered if one.takes_amount])
        self.seed = LesionSeed(theme)
        self.lowest = PercentBox("First dose in percent", "The amount that the doses begin with")
        self.highest = PercentBox("Last dose in percent", "The amount that the doses end with")
        self.number = whole_box(
            "Number of doses", "How many doses, evenly spaced, both ends included", low=2, high=1001
        )
        self.add_row("Lesion", self.operation, self.seed)
        self.add_row("Doses", self.number, "from", self.lowest, "to", self.highest)
        self._adjust()
        self.operation.currentIndexChanged.connect(self._adjust)
        self.seed.changed.connect(self.changed)
        for box in (self.lowest, self.highest, self.number):
            box.valueChanged.connect(self.changed)

    def show_wish(self, wish: AxisWish) -> None:
        self.operation.set_operation(wish.dose)
        self.seed.set_seed(wish.lesion_seed)
        self.lowest.set_amount(wish.lowest)
        self.highest.set_amount(wish.highest)
        self.number.setValue(wish.doses)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(
            wish,
            dose=self.operation.operation,
            lesion_seed=self.seed.seed if self.operation.declared.takes_seed else 0,
            lowest=self.lowest.amount,
            highest=self.highest.amount,
            doses=self.number.value(),
        )

    def _adjust(self) -> None:
        declared = self.operation.declared
        self.seed.setVisible(declared.takes_seed)
        usual = declared.doses if isinstance(declared, LesionOperation) else _USUAL_DOSES[declared]
        for box, amount in zip((self.lowest, self.highest), usual, strict=True):
            box.set_operation(declared)
            box.set_amount(amount)
        self.changed.emit()


class OrdersField(OptionField):
    """In which orders modules are lesioned one after another, and in how many steps."""

    kinds = frozenset({Kind.PROGRESSIVE})

    def __init__(self, *, has_atlas: bool) -> None:
        super().__init__()
        self.ticks = {
            Order.RANDOM: _tick("random", "A shuffled order; several show what is chance"),
            Order.DEPTH: _tick("depth first", "From the latent inwards"),
            Order.END: _tick("from the end", "From the last module to run"),
            Order.LEAST: _tick("least effect first", "The modules that matter least go first"),
            Order.MOST: _tick("most effect first", "The modules that matter most go first"),
        }
        for order, tick in self.ticks.items():
            if order.needs_atlas and not has_atlas:
                tick.setEnabled(False)
                tick.setToolTip("Needs to know each module’s effect: knock out each module first, with this prompt")
        self.shuffles = whole_box("Number of random orders", "How many shuffled orders", low=1, high=100, width=56)
        self.shuffle_seed = whole_box("Seed of the first random order", "The others follow it", high=999_999)
        self.steps = whole_box("Number of steps", "In how many steps from no module to all", low=1, width=64)
        self.add_block("Orders", self._orders())
        self.add_row("Steps", self.steps, "from no module to all of them")
        for tick in self.ticks.values():
            tick.toggled.connect(self._adjust)
        for box in (self.shuffles, self.shuffle_seed, self.steps):
            box.valueChanged.connect(self.changed)
        self._adjust()

    def show_wish(self, wish: AxisWish) -> None:
        for order, tick in self.ticks.items():
            tick.setChecked(order in wish.orders and tick.isEnabled())
        self.shuffles.setValue(wish.shuffles)
        self.shuffle_seed.setValue(wish.shuffle_seed)
        self.steps.setValue(wish.steps)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(
            wish,
            orders=tuple(order for order, tick in self.ticks.items() if tick.isChecked()),
            shuffles=self.shuffles.value(),
            shuffle_seed=self.shuffle_seed.value(),
            steps=self.steps.value(),
        )

    def _orders(self) -> QVBoxLayout:
        lines = (
            (self.ticks[Order.RANDOM], self.shuffles, word("times, from seed"), self.shuffle_seed),
            (self.ticks[Order.DEPTH], self.ticks[Order.END]),
            (self.ticks[Order.LEAST], self.ticks[Order.MOST]),
        )
        column = QVBoxLayout()
        column.setSpacing(4)
        for line in lines:
            row = QHBoxLayout()
            row.setSpacing(8)
            for part in line:
                row.addWidget(part)
            row.addStretch(1)
            if line[0] is self.ticks[Order.RANDOM]:
                row.addStrut(ROW_HEIGHT)
            column.addLayout(row)
        for left in (Order.DEPTH, Order.LEAST):
            self.ticks[left].setMinimumWidth(self.ticks[Order.LEAST].sizeHint().width() + 8)
        return column

    def _adjust(self) -> None:
        for box in (self.shuffles, self.shuffle_seed):
            box.setEnabled(self.ticks[Order.RANDOM].isChecked())
        self.changed.emit()


class LimitsField(OptionField):
    """Whether biases are spared, and in which denoising steps lesions act."""

    kinds = frozenset({Kind.KNOCKOUT, Kind.PROGRESSIVE, Kind.DOSE})

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.weights_only = _tick("weights only", "Leave the bias of each module as it is")
        self.windowed = _tick("only in steps", f"Act in some of the {steps} denoising steps only, counted from 0")
        tip = "{} Steps are counted from 0."
        self.begin = whole_box("First step in which the lesion acts", tip.format("The first step."), width=56)
        self.end = whole_box(
            "Step before which the lesion ends", tip.format("The step before which it ends."), width=56
        )
        self.begin.setRange(0, steps - 1)
        self.end.setRange(1, steps)
        self.end.setValue(max(1, steps // 4))
        self.add_row("Limits", self.weights_only, self.windowed, self.begin, "to", self.end)
        self.begin.valueChanged.connect(lambda begin: self.end.setMinimum(begin + 1))
        for tick in (self.weights_only, self.windowed):
            tick.toggled.connect(self._adjust)
        for box in (self.begin, self.end):
            box.valueChanged.connect(self.changed)
        self._adjust()

    def show_wish(self, wish: AxisWish) -> None:
        self.weights_only.setChecked(wish.weights_only)
        self.windowed.setChecked(wish.window is not None)
        if wish.window is not None:
            self.begin.setValue(wish.window.first)
            self.end.setValue(wish.window.end)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        begin, end = self.begin.value(), max(self.end.value(), self.begin.value() + 1)
        window = StepWindow(begin, end) if self.windowed.isChecked() else None
        return replace(wish, weights_only=self.weights_only.isChecked(), window=window)

    def _adjust(self) -> None:
        for box in (self.begin, self.end):
            box.setEnabled(self.windowed.isChecked())
        self.changed.emit()


def _pattern_box(anatomy: Anatomy, chosen: Sequence[str]) -> QComboBox:
    outer = [f"{region}.*" for region in anatomy.regions if region.count(".") <= _OUTER_REGION]
    sorts = [f"kind={kind}" for kind in dict.fromkeys(module.kind for module in anatomy)]
    roles = [f"role={role}" for role in dict.fromkeys(module.role for module in anatomy)]
    offered = dict.fromkeys((EVERYTHING, *chosen, *outer, *sorts, *roles))
    every = dict.fromkeys((*offered, *(f"{region}.*" for region in anatomy.regions), *anatomy.paths))
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(offered))
    box.setMaxVisibleItems(16)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    completer = QCompleter(QStringListModel(list(every), box), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    box.setCompleter(completer)
    box.setAccessibleName("Pattern of the modules")
    box.setToolTip(
        "A path with * for anything, such as up_blocks.1.*, or kind=conv, or role=q. * alone is every module."
    )
    return box


def _tick(text: str, tip: str) -> QCheckBox:
    tick = QCheckBox(text)
    tick.setToolTip(tip)
    return tick
