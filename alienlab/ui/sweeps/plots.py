"""Plots of a sweep's results: which there are depends on what it varies."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from alienlab.app.sweeps.columns import Column
from alienlab.app.sweeps.results_model import ResultRole, SweepFilter, SweepResults
from alienlab.domain.effects import Scale
from alienlab.ui.sweeps.choices import choice_box, fill
from alienlab.ui.sweeps.notice import notice
from alienlab.ui.sweeps.plot_data import AnyScale, PlotKind, plot_of, plots_for
from alienlab.ui.sweeps.plot_view import PlotView
from alienlab.ui.theme import Theme

GATHERED_MS = 100
"""So long are changes gathered before a plot is drawn again."""

HOW_TO_LOOK = "The wheel zooms, dragging pans, F shows everything."


class PlotsPage(QWidget):
    """One plot at a time, of what a filter lets through. ``controls`` choose it; who makes the page places them."""

    result_opened = Signal(object)
    result_hovered = Signal(object)
    """A Result, or None."""

    def __init__(
        self, results: SweepResults, filtered: SweepFilter, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._results, self._filtered = results, filtered
        self._shown: tuple[PlotKind, str, str] | None = None
        self.view = PlotView(results, theme)
        self.kinds = choice_box(
            "Plot", "Which plot is shown. The wheel zooms, dragging pans, F shows everything", width=164
        )
        self.scales = choice_box("Scale of the plot", "What the height of a point means", width=188)
        self._measures: dict[str, Column] = {}
        self._fill_scales()
        self.controls = self._make_controls()
        self.notice = notice()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.notice)
        self._pages.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._timer = QTimer(self, singleShot=True, interval=GATHERED_MS)
        self._timer.timeout.connect(self._draw)
        self._connect()
        self._offer()

    def set_theme(self, theme: Theme) -> None:
        self.view.set_theme(theme)

    @property
    def kind(self) -> PlotKind | None:
        chosen = self.kinds.currentData()  # Qt makes plain text of it
        return None if chosen is None else PlotKind(chosen)

    @property
    def scale(self) -> AnyScale:
        name = str(self.scales.currentData())
        return self._measures[name] if name in self._measures else Scale(name)

    def choose(self, kind: PlotKind, scale: Scale | str) -> None:
        """Show a plot that the sweep has; ``scale`` may be the name of a column that a plugin has measured."""
        self.kinds.setCurrentIndex(self.kinds.findData(kind))
        self.scales.setCurrentIndex(self.scales.findData(scale))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _connect(self) -> None:
        filtered = self._filtered
        for signal in (filtered.rowsInserted, filtered.rowsRemoved, filtered.modelReset):
            signal.connect(self._schedule)
        filtered.dataChanged.connect(self._take_change)
        self._results.updated.connect(self._offer)
        self.kinds.currentIndexChanged.connect(self._draw)
        self.scales.currentIndexChanged.connect(self._draw)
        self.view.result_opened.connect(self.result_opened)
        self.view.result_hovered.connect(self.result_hovered)

    def _make_controls(self) -> QWidget:
        controls = QWidget()
        row = QHBoxLayout(controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.kinds)
        row.addWidget(self.scales)
        return controls

    def _fill_scales(self) -> None:
        """AlienLab's own, then those that plugins have measured of this sweep."""
        self._measures = {column.name: column for column in self._results.measures}
        own = [(scale.heading, scale, scale.tip) for scale in Scale]
        fill(self.scales, [*own, *((one.heading, name, one.tip) for name, one in self._measures.items())])

    def _offer(self) -> None:
        if tuple(self._measures.values()) != self._results.measures:
            self._fill_scales()
        offered = plots_for(self._results.sweep, self._results.results)
        fill(self.kinds, [(str(kind), kind, kind.tip) for kind in offered])
        self.kinds.setEnabled(len(offered) > 1)
        self._schedule()

    def _take_change(self, first: object, last: object, roles: list[int]) -> None:
        if roles != [ResultRole.THUMBNAIL]:
            self._schedule()

    def _schedule(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        sweep, kind = self._results.sweep, self.kind
        if not self.isVisible() or sweep is None or kind is None:
            return
        plot = plot_of(kind, sweep, self._filtered.results(), self.scale)
        self.notice.setText(self._empty_text())
        self._pages.setCurrentWidget(self.view if plot.dots else self.notice)
        shown = (kind, str(self.scales.currentData()), sweep.id)
        self.view.show_plot(plot, keeps_range=shown == self._shown)
        self._shown = shown

    def _empty_text(self) -> str:
        if not self._filtered.rowCount():
            return "No result meets the filter."
        if any(result.effect is not None for result in self._filtered.results()):
            return f"Nothing is measured on this scale.\n{self.scale.tip}."
        return "Nothing is measured yet.\nPoints appear as images come."
