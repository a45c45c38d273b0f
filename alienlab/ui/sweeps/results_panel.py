"""The panel of a sweep's results: a wall of images, a table, plots, and what they all are filtered by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.sweeps.families import FamilyFinder
from alienlab.app.sweeps.results_model import Criteria, SweepFilter, SweepResults
from alienlab.domain.counting import counted
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon, themed
from alienlab.ui.offers.measure_menu import MeasureMenu
from alienlab.ui.sweeps.filter_bar import FilterBar
from alienlab.ui.sweeps.grouping import Grouping
from alienlab.ui.sweeps.notice import notice
from alienlab.ui.sweeps.plots import PlotsPage
from alienlab.ui.sweeps.side_by_side import SideBySide
from alienlab.ui.sweeps.table import ResultsTable
from alienlab.ui.sweeps.wall import WallView
from alienlab.ui.sweeps.wall_controls import WallControls
from alienlab.ui.theme import Theme

NO_SWEEP = (
    "No sweep yet.\nIt renders many alterations of one image, and measures what each of them does.\n"
    "Ctrl+K knocks out each module in turn; Ctrl+Shift+K plans another one."
)
NO_RESULT = "No result meets the filter."


class Page(StrEnum):
    """The ways to look at results."""

    WALL = "Wall"
    TABLE = "Table"
    PLOTS = "Plots"

    @property
    def shortcut(self) -> str:
        return {"Wall": "Ctrl+1", "Table": "Ctrl+2", "Plots": "Ctrl+3"}[self]

    @property
    def tip(self) -> str:
        tips = {
            "Wall": "All images at a glance",
            "Table": "All numbers in rows and columns",
            "Plots": "Effects against what was varied",
        }
        return f"{tips[self]} ({self.shortcut})"


class ResultsPanel(QWidget):
    """Shows a SweepResults."""

    result_opened = Signal(object)
    """A Result that was clicked, or Enter pressed on it."""
    result_hovered = Signal(object)
    """The Result under the pointer, or None."""
    csv_wanted = Signal()
    embeddings_wanted = Signal(object)
    """Computation ids of images that are to be parted into families; answered by ``set_embeddings``."""

    def __init__(self, results: SweepResults, appearance: AppearanceSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = appearance.theme
        self._results = results
        self._sweep_id = ""
        self._asked: tuple[str, ...] = ()
        self._finder = FamilyFinder(self)
        self.filtered = SweepFilter(results, self)
        self.filter_bar = FilterBar(results, self.filtered, theme)
        self.wall = WallView(results, self.filtered, theme)
        self.wall_controls = WallControls(results, self.filtered, self.wall, theme)
        self.table = ResultsTable(results, self.filtered, theme)
        self.plots = PlotsPage(results, self.filtered, theme)
        self.tabs = {page: _tab(page) for page in Page}
        self.title = ElidedLabel()
        self.count = QLabel()
        self.count.setProperty("tone", "small")
        self.export = _export_button()
        self.measures = MeasureMenu()
        self.notice = notice(NO_SWEEP)
        self.show_all = QPushButton("Show all")
        self.show_all.setToolTip("Clear the filter")
        self._pages = QStackedWidget()
        self._controls = QStackedWidget()
        self._below = QFrame()
        self._below.setProperty("role", "bar")
        self._empty_filter = self._make_empty_filter()
        self._lay_out()
        self._connect(appearance)
        self.set_theme(theme)
        self.show_page(Page.WALL)
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    @property
    def page(self) -> Page:
        return next(page for page, tab in self.tabs.items() if tab.isChecked())

    def show_page(self, page: Page) -> None:
        self.tabs[page].setChecked(True)
        self._update_pages()

    def set_offers_families(self, offers: bool) -> None:
        """Whether there is a recogniser that can be asked for embeddings."""
        self.wall_controls.set_has_families(offers)

    def set_embeddings(self, embeddings: Mapping[str, NDArray[Any]]) -> None:
        """The recogniser's image embeddings by computation id; may come again with more of them."""
        if self._groups_by_family:
            self._finder.find(self._results.results, embeddings)

    def finish(self) -> None:
        """Wait for what is done in the background."""
        self._results.finish()
        self._finder.finish()

    def set_theme(self, theme: Theme) -> None:
        self.export.setIcon(themed(Icon.EXPORT, theme))
        for part in (self.filter_bar, self.wall, self.wall_controls, self.table, self.plots):
            part.set_theme(theme)

    # Setting up

    def _lay_out(self) -> None:
        self._pages.setProperty("role", "panel")
        for page in (self.notice, self._empty_filter, self.wall, self.table, self.plots):
            self._pages.addWidget(page)
        for controls in (self.wall_controls, self.plots.controls):
            self._controls.addWidget(controls)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_heading())
        column.addWidget(self._make_below())
        column.addWidget(self._pages, 1)

    def _make_heading(self) -> QWidget:
        heading = QFrame()
        heading.setProperty("role", "bar")
        tabs = QHBoxLayout()
        tabs.setSpacing(0)
        group = QButtonGroup(self)
        for tab in self.tabs.values():
            group.addButton(tab)
            tabs.addWidget(tab)
        row = QHBoxLayout(heading)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addLayout(tabs)
        row.addWidget(self.title, 1)
        row.addWidget(self.count)
        row.addWidget(self.measures)
        row.addWidget(self.export)
        return heading

    def _make_below(self) -> QWidget:
        """The filter and, beneath it, verdicts and what concerns one page."""
        self.filter_bar.chips.setMinimumHeight(self._controls.sizeHint().height())
        self._parts = SideBySide(self.filter_bar.chips, self._controls, room=300, margins=QMargins(6, 4, 8, 4))
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_bar)
        column.addWidget(self._parts)
        return self._below

    def _make_empty_filter(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(notice(NO_RESULT))
        column.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _connect(self, appearance: AppearanceSwitch) -> None:
        for page, tab in self.tabs.items():
            tab.clicked.connect(lambda _, page=page: self._turn_to(page))
            shortcut = QShortcut(QKeySequence(page.shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda page=page: self._turn_to(page))
        for view in (self.wall, self.table, self.plots):
            view.result_opened.connect(self.result_opened)
            view.result_hovered.connect(self.result_hovered)
        self.export.clicked.connect(self.csv_wanted)
        self.show_all.clicked.connect(lambda: self.filtered.set_criteria(Criteria()))
        self.wall_controls.grouping_changed.connect(self._ask_for_embeddings)
        self._finder.came.connect(self.wall.set_families)
        self._results.updated.connect(self._take)
        for signal in (self.filtered.rowsInserted, self.filtered.rowsRemoved, self.filtered.modelReset):
            signal.connect(self._update_pages)
        appearance.changed.connect(self.set_theme)

    def _turn_to(self, page: Page) -> None:
        """Its keys work at once."""
        self.show_page(page)
        views = {Page.WALL: self.wall, Page.TABLE: self.table, Page.PLOTS: self.plots.view}
        views[page].setFocus()

    # Following

    def _take(self) -> None:
        sweep = self._results.sweep
        if (sweep.id if sweep else "") != self._sweep_id:
            self._sweep_id = sweep.id if sweep else ""
            self._begin_anew()
        self.title.set_text(self._results.title)
        self._update_pages()
        self._ask_for_embeddings()

    def _begin_anew(self) -> None:
        """What was chosen for another sweep says nothing about this one."""
        self.filtered.set_criteria(Criteria())
        self.filtered.sort(-1)
        self.wall.set_families(None)

    def _update_pages(self) -> None:
        has_sweep = self._results.sweep is not None
        self._below.setVisible(has_sweep)
        self.export.setEnabled(any(result.effect is not None for result in self._results.results))
        views = {Page.WALL: self.wall, Page.TABLE: self.table, Page.PLOTS: self.plots}
        shown: QWidget = views[self.page]
        if not has_sweep:
            shown = self.notice
        elif not self.filtered.rowCount():
            shown = self._empty_filter
        self._pages.setCurrentWidget(shown)
        self._controls.setVisible(self.page is not Page.TABLE)
        self._parts.fold()
        self._controls.setCurrentWidget(self.plots.controls if self.page is Page.PLOTS else self.wall_controls)
        self.count.setText(self._count())

    def _count(self) -> str:
        """``391 images``, ``212 of 391 rendered``, ``35 of 391 shown``."""
        results = self._results.results
        total, shown = len(results), self.filtered.rowCount()
        rendered = sum(result.is_rendered for result in results)
        failed = sum(bool(result.failure) for result in results)
        parts = [
            *([f"{shown:,} of {total:,} shown"] if shown != total else []),
            *([f"{rendered:,} of {total:,} rendered"] if rendered < total else []),
            *([f"{failed:,} failed"] if failed else []),
        ]
        return " · ".join(parts) or (counted(total, "image") if total else "")

    @property
    def _groups_by_family(self) -> bool:
        return self.wall_controls.chosen is Grouping.FAMILY

    def _ask_for_embeddings(self) -> None:
        """When families come to be shown, and when there are further images for them."""
        keys = tuple(dict.fromkeys(result.key for result in self._results.results if result.is_rendered))
        if not self._groups_by_family:
            self._asked = ()
        elif keys != self._asked:
            self._asked = keys
            self.embeddings_wanted.emit(keys)


def _tab(page: Page) -> QToolButton:
    button = QToolButton()
    button.setText(page)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCheckable(True)
    button.setToolTip(page.tip)
    button.setAccessibleName(f"Show the results as {page.lower()}")
    return button


def _export_button() -> QToolButton:
    button = QToolButton()
    button.setText("Export CSV…")
    button.setProperty("variant", "quiet")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setToolTip("Write all measures of this sweep as a table for other programs")
    button.setAccessibleName("Export the results as CSV")
    return button
