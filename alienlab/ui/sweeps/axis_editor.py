"""Edits one axis of a sweep: the options of its kind, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from superqt import QLargeIntSpinBox

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.counting import counted
from alienlab.domain.laboratories.declarations import LesionOperation
from alienlab.domain.recipe import MAX_NOISE_SEED, DiffusionRecipe
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish
from alienlab.ui.sweeps.lesion_options import (
    DoseField,
    EachField,
    LimitsField,
    ModulesField,
    OrdersField,
    TreatmentField,
)
from alienlab.ui.sweeps.option_field import OptionField, dress, whole_box, word
from alienlab.ui.theme import Theme

_PROMPT_LINES = 6


class AxisEditor(QWidget):
    """``changed`` comes when ``wish`` has changed."""

    changed = Signal()

    def __init__(
        self,
        base: DiffusionRecipe,
        anatomy: Anatomy,
        theme: Theme,
        *,
        wish: AxisWish,
        selected: Sequence[str] = (),
        known_prompts: Sequence[str] = (),
        has_atlas: bool = False,
        operations: Sequence[LesionOperation] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wish = wish
        self._is_loading = False
        self.modules = ModulesField(anatomy, selected)
        self.each = EachField()
        self.treatment = TreatmentField(theme, operations)
        self.dose = DoseField(theme, operations)
        self.orders = OrdersField(has_atlas=has_atlas)
        self.limits = LimitsField(base.steps)
        self.seeds = SeedsField()
        self.prompts = PromptsField()
        self.line = LineField(known_prompts)
        self._fields: tuple[OptionField, ...] = (
            *(self.modules, self.each, self.treatment, self.dose, self.orders, self.limits),
            *(self.seeds, self.prompts, self.line),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for field in self._fields:
            column.addWidget(field)
            field.changed.connect(self._tell)
        self.show_wish(wish)

    @property
    def wish(self) -> AxisWish:
        wish = self._wish
        for field in self._fields:
            if wish.kind in field.kinds:
                wish = field.applied_to(wish)
        return wish

    def show_wish(self, wish: AxisWish) -> None:
        self._is_loading = True
        self._wish = wish
        for field in self._fields:
            field.show_wish(wish)
            field.setVisible(wish.kind in field.kinds)
        self._is_loading = False
        self._tell()

    def choose(self, kind: Kind) -> None:
        """Vary something else; what both have in common stays."""
        self.show_wish(replace(self.wish, kind=kind))

    def _tell(self) -> None:
        if not self._is_loading:
            self.changed.emit()


class SeedsField(OptionField):
    """How many noise seeds, from which on."""

    kinds = frozenset({Kind.SEEDS})

    def __init__(self) -> None:
        super().__init__()
        self.number = whole_box("Number of seeds", "How many seeds, one after another", low=1)
        self.first = QLargeIntSpinBox()
        self.first.setRange(0, MAX_NOISE_SEED)
        dress(self.first, "First seed", "The noise that the first image grows from", width=120)
        self.add_row("Seeds", self.number, "from", self.first)
        for box in (self.number, self.first):
            box.valueChanged.connect(self.changed)

    def show_wish(self, wish: AxisWish) -> None:
        self.number.setValue(wish.seeds)
        self.first.setValue(wish.first_seed or 0)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(wish, seeds=self.number.value(), first_seed=int(self.first.value()))


class PromptsField(OptionField):
    """Prompts, one a line."""

    kinds = frozenset({Kind.PROMPTS})

    def __init__(self) -> None:
        super().__init__()
        self.texts = QPlainTextEdit()
        self.texts.setTabChangesFocus(True)
        self.texts.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.texts.setAccessibleName("Prompts, one a line")
        self.texts.setToolTip("Each line is a prompt; empty lines are left out.")
        self.texts.setPlaceholderText("One prompt a line")
        self.texts.setFixedHeight(_PROMPT_LINES * self.texts.fontMetrics().lineSpacing() + 20)
        self.count = word("")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.texts)
        column.addWidget(self.count)
        self.add_block("Prompts", column)
        self.count.setProperty("tone", "small")
        self.texts.textChanged.connect(self._tell)

    def show_wish(self, wish: AxisWish) -> None:
        text = "\n".join(wish.prompts)
        if self.texts.toPlainText() != text:
            self.texts.setPlainText(text)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(wish, prompts=self._prompts())

    def _prompts(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.texts.toPlainText().splitlines() if line.strip())

    def _tell(self) -> None:
        number = len(set(self._prompts()))
        self.count.setText(counted(number, "prompt"))
        self.changed.emit()


class LineField(OptionField):
    """Two prompts, and the points between and beyond them."""

    kinds = frozenset({Kind.LINE})

    def __init__(self, known_prompts: Sequence[str]) -> None:
        super().__init__()
        self.start = _prompt_box("Prompt that the line starts from", known_prompts)
        self.end = _prompt_box("Prompt that the line leads to", known_prompts)
        self.points = whole_box("Number of points", "Points from one prompt to the other, both included", low=2)
        self.beyond = whole_box(
            "Points beyond each end", "Further points on the line before the one prompt and behind the other", width=64
        )
        self.add_row("From", self.start, stretched=True)
        self.add_row("To", self.end, stretched=True)
        self.add_row("Points", self.points, "and", self.beyond, "more beyond each end")
        for editor in (self.start, self.end):
            editor.textChanged.connect(self.changed)
        for box in (self.points, self.beyond):
            box.valueChanged.connect(self.changed)

    def show_wish(self, wish: AxisWish) -> None:
        for editor, text in ((self.start, wish.start or ""), (self.end, wish.end or "")):
            if editor.text() != text:
                editor.setText(text)
        self.points.setValue(wish.points)
        self.beyond.setValue(wish.beyond)

    def applied_to(self, wish: AxisWish) -> AxisWish:
        return replace(
            wish,
            start=self.start.text().strip(),
            end=self.end.text().strip(),
            points=self.points.value(),
            beyond=self.beyond.value(),
        )


def _prompt_box(name: str, known_prompts: Sequence[str]) -> QLineEdit:
    box = QLineEdit()
    box.setPlaceholderText("Empty: the unconditional image")
    box.setAccessibleName(name)
    box.setToolTip(name)
    completer = QCompleter(QStringListModel(list(known_prompts), box), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    return box
