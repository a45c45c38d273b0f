"""How the wall is grouped and ordered, and how large its tiles are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from alienlab.app.sweeps.results_model import SweepFilter, SweepResults
from alienlab.domain.effects import Scale
from alienlab.ui.icons import Icon, themed
from alienlab.ui.sweeps.choices import choice_box, fill
from alienlab.ui.sweeps.grouping import Grouping, groupings_for
from alienlab.ui.sweeps.wall import SIDES, WallView
from alienlab.ui.theme import Theme

SWEEP_ORDER = "Sweep order"
_STRONGEST_FIRST = {
    "verdict",
    *map(str, (Scale.SPREADS, Scale.PERCEPTUAL, Scale.PIXEL, Scale.LATENT, Scale.NOISE, Scale.FLATNESS)),
}
"""Columns whose large values are the strong effects: they begin with these."""


class WallControls(QWidget):
    """Tells the wall how to group, and the filter how to order, which the table follows."""

    grouping_changed = Signal(object)

    def __init__(
        self, results: SweepResults, filtered: SweepFilter, wall: WallView, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._results, self._filtered, self._wall = results, filtered, wall
        self._has_families = False
        self._sweep_id = ""
        self.grouping = choice_box("Groups of the wall", "What the images are grouped by", width=124)
        self.order = choice_box("Order of the images", "What the images are ordered by; the table follows", width=132)
        self.direction = _button("Turn the order round")
        self.smaller = _button("Smaller images (−, or Ctrl+wheel)")
        self.larger = _button("Larger images (+, or Ctrl+wheel)")
        self._lay_out()
        self.set_theme(theme)
        self._connect()
        self._take()

    @property
    def chosen(self) -> Grouping:
        return Grouping(self.grouping.currentData() or Grouping.NONE)  # Qt makes plain text of it

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.smaller.setIcon(themed(Icon.ZOOM_OUT, theme))
        self.larger.setIcon(themed(Icon.ZOOM_IN, theme))
        self._take_order()

    def set_has_families(self, has_families: bool) -> None:
        """Whether images can be grouped by family."""
        self._has_families = has_families
        self._take()

    def choose(self, grouping: Grouping) -> None:
        """Group by something that the sweep offers."""
        self.grouping.setCurrentIndex(self.grouping.findData(grouping))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self.grouping)
        row.addSpacing(4)
        row.addWidget(self.order)
        row.addWidget(self.direction)
        row.addSpacing(4)
        row.addWidget(self.smaller)
        row.addWidget(self.larger)

    def _connect(self) -> None:
        self.grouping.currentIndexChanged.connect(self._group)
        self.order.currentIndexChanged.connect(self._order)
        self.direction.clicked.connect(self._turn_round)
        self.smaller.clicked.connect(lambda: self._wall.zoom(-1))
        self.larger.clicked.connect(lambda: self._wall.zoom(1))
        self._results.updated.connect(self._take)
        self._filtered.order_changed.connect(self._take_order)
        self._wall.side_changed.connect(self._take_side)

    def _take(self) -> None:
        """Another sweep begins with what suits it best."""
        sweep = self._results.sweep
        groupings = groupings_for(sweep, self._results.results, has_families=self._has_families)
        if sweep is not None and sweep.id != self._sweep_id:
            self._sweep_id = sweep.id
            self.grouping.blockSignals(True)
            self.grouping.clear()
            self.grouping.blockSignals(False)
        fill(self.grouping, [(str(one), one, one.tip) for one in groupings])
        self.grouping.setEnabled(len(groupings) > 1)
        columns = [(column.heading.partition(",")[0], column.name, column.tip) for column in self._results.columns]
        fill(self.order, [(SWEEP_ORDER, "", "In the order of the sweep's axes"), *columns])
        self._take_side()

    def _group(self) -> None:
        self._wall.set_grouping(self.chosen)
        is_grid = self.chosen is Grouping.GRID
        self.order.setEnabled(not is_grid)
        self.direction.setEnabled(not is_grid and self._filtered.sortColumn() >= 0)
        self.grouping_changed.emit(self.chosen)

    def _order(self) -> None:
        name = self.order.currentData()
        order = Qt.SortOrder.DescendingOrder if name in _STRONGEST_FIRST else Qt.SortOrder.AscendingOrder
        self._filtered.sort(self._results.column(name) if name else -1, order)

    def _turn_round(self) -> None:
        is_rising = self._filtered.sortOrder() is Qt.SortOrder.AscendingOrder
        order = Qt.SortOrder.DescendingOrder if is_rising else Qt.SortOrder.AscendingOrder
        self._filtered.sort(self._filtered.sortColumn(), order)

    def _take_order(self) -> None:
        column = self._filtered.sortColumn()
        name = self._results.columns[column].name if 0 <= column < len(self._results.columns) else ""
        self.order.blockSignals(True)
        self.order.setCurrentIndex(self.order.findData(name))
        self.order.blockSignals(False)
        is_rising = self._filtered.sortOrder() is Qt.SortOrder.AscendingOrder
        self.direction.setIcon(themed(Icon.SORT_RISING if is_rising else Icon.SORT_FALLING, self._theme))
        self.direction.setEnabled(bool(name) and self.order.isEnabled())

    def _take_side(self) -> None:
        self.smaller.setEnabled(self._wall.side > SIDES[0])
        self.larger.setEnabled(self._wall.side < SIDES[-1])


def _button(tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("variant", "quiet")
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition(" (")[0])
    return button
