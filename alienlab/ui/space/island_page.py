"""The page of islands: how far a concept reaches, in the intact and in the altered mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from alienlab.app.space.island_survey import IslandSurvey, Task
from alienlab.domain.space.archipelago import Sighting
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon, themed
from alienlab.ui.space.island_bar import IslandBar
from alienlab.ui.space.island_figures import IslandFigures
from alienlab.ui.space.lesion_bars import LesionBars
from alienlab.ui.space.polar_plot import PolarPlot
from alienlab.ui.sweeps.notice import notice

NOTHING_YET = {
    Task.AROUND: (
        "How far from its point does a concept still hold?\n"
        "Along random directions the edge of its island is found, at which the recogniser no longer sees it.\n"
        "Press Look around."
    ),
    Task.EACH: (
        "Which part of the brain keeps an island large?\n"
        "Each region is zeroed alone, and the island is measured again. Press Measure each."
    ),
}
HOW_TO = {
    Task.AROUND: "Angles only keep directions apart. Point at a spoke to read it, click on an image to open it.",
    Task.EACH: "The line is where the intact island ends. A double click opens the image at the centre.",
}


class IslandPage(QWidget):
    """Shows an IslandSurvey."""

    recipe_opened = Signal(object)
    """A recipe that is to be looked at on the canvas."""
    save_wanted = Signal(object)
    """The Task whose figures are to be written to a file."""

    def __init__(
        self,
        islands: IslandSurvey,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._islands, self._appearance = islands, appearance
        self.bar = IslandBar(islands)
        self.plot = PolarPlot(appearance.theme)
        self.figures = IslandFigures()
        self.bars = LesionBars(appearance.theme)
        self.notice = notice()
        self.place = ElidedLabel()
        self.noise = QComboBox()
        self.noise.setAccessibleName("Noise that is shown")
        self.noise.setToolTip("The noise whose island is shown")
        self.save = QPushButton("Save…")
        self.save.setToolTip("Write all figures to a table (CSV) or as JSON")
        self._stack = QStackedWidget()
        self._around = self._make_around()
        self._lay_out()
        self._connect()
        self._dress()
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    def _make_around(self) -> QWidget:
        page = QWidget()
        words = QScrollArea(widgetResizable=True)
        words.setWidget(self.figures)
        words.setFixedWidth(self.figures.width() + 12)
        words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.plot, 1)
        row.addWidget(words)
        return page

    def _lay_out(self) -> None:
        self._stack.setProperty("role", "panel")
        for page in (self.notice, self._around, self.bars):
            self._stack.addWidget(page)
        foot = QFrame()
        foot.setProperty("role", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(self.noise)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        self._islands.changed.connect(self._take)
        self._appearance.changed.connect(self._dress)
        self.bar.task_changed.connect(self._take)
        self.noise.currentIndexChanged.connect(self._show_around)
        self.plot.spoke_changed.connect(lambda words: self.place.set_text(words or HOW_TO[Task.AROUND]))
        for part in (self.plot, self.bars):
            part.recipe_opened.connect(self.recipe_opened)
        self.save.clicked.connect(lambda _=False: self.save_wanted.emit(self.bar.task))

    def _dress(self) -> None:
        theme = self._appearance.theme
        self.plot.set_theme(theme)
        self.bars.set_theme(theme)
        self.save.setIcon(themed(Icon.SAVE, theme))
        self._show_around()

    def _take(self) -> None:
        task = self.bar.task
        found = self._islands.sightings(task)
        self._take_noises(self._islands.sightings(Task.AROUND))
        self.notice.setText(self._notice(task, found))
        page = self._around if task is Task.AROUND else self.bars
        self._stack.setCurrentWidget(self.notice if self.notice.text() else page)
        self.noise.setVisible(task is Task.AROUND and self.noise.count() > 1)
        self.save.setEnabled(bool(found))
        if self.plot.marked is None or task is Task.EACH:
            self.place.set_text("" if self.notice.text() else HOW_TO[task])
        if task is Task.EACH:
            self.bars.show_islands(found)
        self._show_around()

    def _notice(self, task: Task, found: Sequence[Sighting]) -> str:
        """What stands in place of the islands; empty where there are some."""
        if trouble := self._islands.trouble(task):
            return trouble
        if task is Task.AROUND and found and all(one.is_lost for one in found) and not self._islands.busy_with:
            return found[0].trouble
        if any(not one.is_lost for one in found):
            return ""
        return "Looking around …" if self._islands.busy_with is task else NOTHING_YET[task]

    def _take_noises(self, found: Sequence[Sighting]) -> None:
        noises = sorted({one.island.noise for one in found})
        if noises != [self.noise.itemData(place) for place in range(self.noise.count())]:
            shown = self.noise.currentData()
            self.noise.blockSignals(True)
            self.noise.clear()
            for noise in noises:
                self.noise.addItem(f"noise {noise}", noise)
            self.noise.setCurrentIndex(max(0, self.noise.findData(shown)))
            self.noise.blockSignals(False)

    def _show_around(self) -> None:
        found = self._islands.sightings(Task.AROUND)
        shown = [one for one in found if one.island.noise == self.noise.currentData()]
        self.plot.show_islands(shown)
        self.figures.show_islands(shown, found, self._appearance.theme)
