"""Asks what a sweep shall vary, and says at once what that takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.sweeps.forecast import forecast
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import LesionOperation, SweepKind
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.sweeps.sweep import Kind, Sweep
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish, goes_with, title_of
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.sweeps.axis_editor import AxisEditor
from alienlab.ui.sweeps.kind_cards import KindCards
from alienlab.ui.sweeps.option_field import Rows, whole_box
from alienlab.ui.sweeps.plan_line import PlanLine
from alienlab.ui.theme import DARK, LIGHT, Theme

PLAN_DELAY_MS = 150
_BESIDE = {
    Kind.SEEDS: "Seeds",
    Kind.PROMPTS: "Prompts",
    Kind.DOSE: "Dose",
    Kind.LINE: "Concept line",
    Kind.KNOCKOUT: "Modules, one by one",
}
_FEW = {"seeds": 4, "doses": 5, "points": 5}
"""Where a second axis multiplies everything, it begins with few values."""


class SweepDialog(QDialog):
    """Once it is accepted, ``sweep`` is what was asked for.

    ``selected`` are paths of modules that are offered; ``effects`` those of an atlas, for the orders that need one;
    ``is_known`` says of a computation id whether its image is there; ``wish`` is what the dialog starts with.
    ``operations`` and ``sweeps`` are those of plugins.
    """

    sweep_wanted = Signal(object)
    """The SweepKind of a plugin that was chosen instead; the dialog is closed then."""

    def __init__(
        self,
        base: DiffusionRecipe,
        anatomy: Anatomy,
        info: BrainInfo,
        *,
        is_known: Callable[[str], bool],
        effects: Mapping[str, float] | None,
        free_bytes: Callable[[], int],
        selected: Sequence[str] = (),
        wish: SweepWish | None = None,
        operations: Sequence[LesionOperation] = (),
        sweeps: Sequence[SweepKind] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._base = base
        self._anatomy = anatomy
        self._info = info
        self._is_known = is_known
        self._effects = effects
        self._free_bytes = free_bytes
        self._operations, self._sweeps = operations, sweeps
        self._sweep: Sweep | None = None
        self.setWindowTitle("New sweep")
        self._make_editors(wish or SweepWish(AxisWish(kind=Kind.KNOCKOUT)), selected)
        self._make_ends()
        self._lay_out()
        self._connect()
        self._take_kind(self.cards.kind)
        self.cards.cards[self.cards.kind].setFocus()

    @property
    def sweep(self) -> Sweep | None:
        """None unless the dialog was accepted."""
        return self._sweep if self.result() == QDialog.DialogCode.Accepted else None

    @property
    def wish(self) -> SweepWish:
        """What stands in the dialog, to start with it another time."""
        whole = self._whole_wish()
        pared = whole.first.pared(self._base, self._info)
        return replace(whole, first=pared, second=whole.second and whole.second.pared(self._base, self._info))

    def accept(self) -> None:
        """Plan once more where something has changed since; stay open where that fails."""
        if self._timer.isActive() or self._sweep is None:
            self._plan()
        if self._sweep is not None:
            super().accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    # Setting up

    def _make_editors(self, wish: SweepWish, selected: Sequence[str]) -> None:
        theme = _theme_of(self.palette())
        self.cards = KindCards(theme, self._sweeps)
        self.first = self._editor(wish.first, theme, selected)
        self.refinements = whole_box(
            "Further renders where images jump",
            "So many renders may be added half-way between neighbours whose images differ most",
            width=64,
        )
        self.refinements.setValue(wish.refinements)
        self.also = QComboBox()
        self.also.setAccessibleName("Second axis")
        self.also.setToolTip("Render all combinations with the values of a second axis")
        self.also.setFixedWidth(192)
        beside = wish.second or replace(AxisWish(kind=Kind.SEEDS), **_FEW)
        self.second = self._editor(beside, theme, selected)
        self._offer(wish.first.kind, None if wish.second is None else wish.second.kind)
        self.cards.choose(wish.first.kind)
        self.plan_line = PlanLine(theme)

    def _editor(self, wish: AxisWish, theme: Theme, selected: Sequence[str]) -> AxisEditor:
        return AxisEditor(
            self._base,
            self._anatomy,
            theme,
            wish=wish.filled(self._base, self._info),
            selected=selected,
            known_prompts=self._info.prompts,
            has_atlas=bool(self._effects),
            operations=self._operations,
        )

    def _make_ends(self) -> None:
        self.title = ElidedLabel()
        self.title.setProperty("tone", "title")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.setToolTip("Close without a sweep (Esc)")
        self.start_button = QPushButton("Start")
        self.start_button.setProperty("variant", "primary")
        self.start_button.setDefault(True)
        self.start_button.setToolTip("Start the sweep (Enter)")
        for button in (self.cancel_button, self.start_button):
            button.setFixedWidth(100)
        self._timer = QTimer(self, singleShot=True, interval=PLAN_DELAY_MS)

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.cards)
        body.addWidget(self._options(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(ElidedLabel(_described(self._base)))
        column.addSpacing(8)
        column.addLayout(body, 1)
        column.addSpacing(8)
        column.addLayout(self._foot())
        self.setMinimumSize(880, 480)
        self.resize(880, 560)

    def _options(self) -> QWidget:
        self._refine_rows = Rows()
        self._refine_rows.add_row("Refine", self.refinements, "further renders where neighbouring images jump")
        also = Rows()
        also.add_row("Also vary", self.also)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_card(self.first, self._refine_rows))
        column.addWidget(_card(also, self.second))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        return area

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.plan_line, 1)
        row.addSpacing(8)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        return row

    def _connect(self) -> None:
        self.cards.chosen.connect(self._take_kind)
        self.cards.offered_chosen.connect(self._leave_for)
        self.also.currentIndexChanged.connect(self._take_second)
        for editor in (self.first, self.second):
            editor.changed.connect(self._take_change)
        self.refinements.valueChanged.connect(self._take_change)
        self._timer.timeout.connect(self._plan)
        self.start_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)

    # Following the user

    def _take_kind(self, kind: Kind) -> None:
        self.first.choose(kind)
        self._offer(kind, self._second_kind)
        self._take_second()

    def _leave_for(self, kind: SweepKind) -> None:
        self.reject()
        self.sweep_wanted.emit(kind)

    def _offer(self, first: Kind, second: Kind | None) -> None:
        """The second axes that go with the first; the one there was stays where it can."""
        self._beside: list[Kind | None] = [None, *(kind for kind in _BESIDE if goes_with(first, kind))]
        blocker = QSignalBlocker(self.also)
        self.also.clear()
        self.also.addItems(["Nothing else" if kind is None else _BESIDE[kind] for kind in self._beside])
        self.also.setCurrentIndex(self._beside.index(second) if second in self._beside else 0)
        del blocker

    @property
    def _second_kind(self) -> Kind | None:
        return self._beside[self.also.currentIndex()]

    def _take_second(self) -> None:
        kind = self._second_kind
        if kind is not None:
            self.second.choose(kind)
        self.second.setVisible(kind is not None)
        self._take_change()

    def _take_change(self) -> None:
        wish = self._whole_wish()
        self._refine_rows.setVisible(wish.is_refinable)
        self.title.set_text(title_of(wish))
        self._timer.start()

    def _whole_wish(self) -> SweepWish:
        second = None if self._second_kind is None else self.second.wish
        return SweepWish(self.first.wish, second, self.refinements.value())

    def _plan(self) -> None:
        self._timer.stop()
        self._sweep = None
        try:
            sweep = self._whole_wish().to_sweep(self._base, self._anatomy, self._effects)
            expected = forecast(
                sweep, self._anatomy, self._info, is_known=self._is_known, free_bytes=self._free_bytes()
            )
        except AlienLabError as error:
            self.plan_line.show_error(str(error))
        else:
            self._sweep = sweep
            self.plan_line.show_forecast(expected)
        self.start_button.setEnabled(self._sweep is not None)


def _card(*parts: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return card


def _described(base: DiffusionRecipe) -> str:
    """What the sweep changes from."""
    lesions = len(base.lesions)
    parts = [f"“{base.prompt}”", f"seed {base.seed}", f"{base.steps} steps"]
    if lesions:
        parts.append("1 lesion stays" if lesions == 1 else f"{lesions} lesions stay")
    return "From " + " · ".join(parts)


def _theme_of(palette: QPalette) -> Theme:
    """The theme that the application wears."""
    return LIGHT if palette.color(QPalette.ColorRole.Window).lightness() > 127 else DARK
