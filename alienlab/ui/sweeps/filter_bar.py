"""Which results of a sweep are shown: words, kind, region, depth."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QMargins, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSpinBox, QToolButton, QVBoxLayout, QWidget

from alienlab.app.sweeps.columns import region_of
from alienlab.app.sweeps.results_model import Criteria, SweepFilter, SweepResults
from alienlab.domain.anatomy import Kind
from alienlab.domain.sweeps.results import Result
from alienlab.ui.icons import Icon, themed
from alienlab.ui.sweeps.choices import choice_box, fill
from alienlab.ui.sweeps.side_by_side import SideBySide
from alienlab.ui.sweeps.verdict_chips import VerdictChips
from alienlab.ui.theme import Theme

ALL_KINDS, ALL_REGIONS = "All kinds", "All regions"
_LONGEST_REGION = 2
"""Names of a region's path that is offered."""


class FilterBar(QWidget):
    """Changes the criteria of a filter, and follows them. ``chips`` are placed by who makes the bar."""

    def __init__(
        self, results: SweepResults, filtered: SweepFilter, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._results, self._filtered = results, filtered
        self.chips = VerdictChips(theme)
        self.words = _WordsField()
        self._magnifier = self.words.addAction(themed(Icon.SEARCH, theme), QLineEdit.ActionPosition.LeadingPosition)
        self.kinds = choice_box("Kind of module", "Show only trials about modules of this kind", width=104)
        self.regions = choice_box("Region", "Show only trials about modules in this region", width=132)
        self.least, self.most = _depth_field("Least depth"), _depth_field("Greatest depth")
        self.clear = QToolButton()
        self.clear.setProperty("variant", "quiet")
        self.clear.setToolTip("Show all results again")
        self.clear.setAccessibleName("Clear the filter")
        self._about_modules = QWidget()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._take)
        self._lay_out()
        self.set_theme(theme)
        self._connect()
        self._take()

    def set_theme(self, theme: Theme) -> None:
        self._magnifier.setIcon(themed(Icon.SEARCH, theme))
        self.clear.setIcon(themed(Icon.CLOSE, theme))
        self.chips.set_theme(theme)

    def _lay_out(self) -> None:
        inner = QHBoxLayout(self._about_modules)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.kinds)
        inner.addWidget(self.regions)
        for widget in (_small("Depth"), self.least, _small("to"), self.most):
            inner.addWidget(widget)
        rest = QWidget()
        row = QHBoxLayout(rest)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._about_modules)
        row.addStretch(1)
        row.addWidget(self.clear)
        self._parts = SideBySide(self.words, rest, room=140, margins=QMargins(12, 6, 8, 0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._parts)

    def _connect(self) -> None:
        self.words.textChanged.connect(
            lambda text: self._change(words=tuple(text.casefold().split())),
        )
        self.chips.chosen.connect(lambda verdicts: self._change(verdicts=verdicts))
        self.kinds.currentIndexChanged.connect(self._choose_kind)
        self.regions.currentIndexChanged.connect(lambda: self._change(region=self.regions.currentData() or ""))
        for field in (self.least, self.most):
            field.valueChanged.connect(self._choose_depths)
        self.clear.clicked.connect(lambda: self._filtered.set_criteria(Criteria()))
        self._results.updated.connect(self._schedule)
        self._filtered.criteria_changed.connect(self._follow)

    # What the user chooses

    def _change(self, **changes: object) -> None:
        self._filtered.set_criteria(replace(self._filtered.criteria, **changes))

    def _choose_kind(self) -> None:
        kind = self.kinds.currentData()
        self._change(kinds=frozenset() if kind is None else frozenset({Kind(kind)}))

    def _choose_depths(self) -> None:
        chosen = (float(self.least.value()), float(self.most.value()))
        whole = (self.least.minimum(), self.most.maximum())
        self._change(depths=None if chosen == whole else chosen)

    # Following

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _take(self) -> None:
        """Offer what occurs among the results."""
        results = self._results.results
        self._about_modules.setVisible(any(result.trial.module is not None for result in results))
        self._parts.fold()
        kinds = {result.module.kind for result in results if result.module is not None}
        fill(self.kinds, [(ALL_KINDS, None, ""), *((str(kind), kind, "") for kind in Kind if kind in kinds)])
        fill(self.regions, [(ALL_REGIONS, "", ""), *((name, name, "") for name in regions_of(results))])
        self._take_depths([result.depth for result in results if result.depth is not None])
        self._follow()

    def _take_depths(self, depths: Sequence[float]) -> None:
        low, high = (math.floor(min(depths)), math.ceil(max(depths))) if depths else (0, 0)
        chosen = self._filtered.criteria.depths or (low, high)
        for field, value in ((self.least, chosen[0]), (self.most, chosen[1])):
            field.blockSignals(True)
            field.setRange(low, high)
            field.setValue(round(value))
            field.blockSignals(False)

    def _follow(self) -> None:
        """Show the criteria, which may have been cleared, and what each verdict would leave."""
        criteria = self._filtered.criteria
        if tuple(self.words.text().casefold().split()) != criteria.words:
            self.words.setText(" ".join(criteria.words))
        for box, value in ((self.kinds, next(iter(criteria.kinds), None)), (self.regions, criteria.region)):
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.blockSignals(False)
        if criteria.depths is None:
            self._take_depths([result.depth for result in self._results.results if result.depth is not None])
        self.chips.set_chosen(criteria.verdicts)
        self.clear.setEnabled(not criteria.is_empty)
        self._count(replace(criteria, verdicts=frozenset()))

    def _count(self, others: Criteria) -> None:
        measured = [(one, one.effect.verdict) for one in self._results.results if one.effect is not None]
        counts = Counter(verdict for result, verdict in measured if others.admits(result))
        self.chips.show_counts(counts, {verdict for _, verdict in measured})


class _WordsField(QLineEdit):
    """Esc empties it first, and only then belongs to the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search trials")
        self.setToolTip("Show only trials whose label holds these words")
        self.setAccessibleName("Search the trials of the sweep")
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


def regions_of(results: Iterable[Result]) -> tuple[str, ...]:
    """The outer regions that trials are about or within, an outer one before those inside it."""
    found: dict[str, None] = {}
    for result in results:
        parts = (region_of(result) or "").split(".")[:_LONGEST_REGION]
        for end in range(1, len(parts) + 1):
            found.setdefault(".".join(parts[:end]))
    found.pop("", None)
    return tuple(found)


def _depth_field(name: str) -> QSpinBox:
    field = QSpinBox()
    field.setAccessibleName(name)
    field.setToolTip(f"{name} of the modules that are shown, counted in modules from the latent")
    field.setFixedWidth(58)
    return field


def _small(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "small")
    return label
