"""All that an experiment shows: its main part, plots beneath, readings and a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from alienlab.domain.laboratories.exhibits import Cloud, Exhibit, Film, Main, Picture, Plot, Wall
from alienlab.domain.laboratories.parameters import Parameter, Value
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.labs.cloud_view import CloudView
from alienlab.ui.labs.film_player import FilmPlayer
from alienlab.ui.labs.picture_view import PictureView
from alienlab.ui.labs.plot_view import LabPlot
from alienlab.ui.labs.readings import ReadingsTable
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.plain_text import PlainLabel
from alienlab.ui.sweeps.notice import notice
from alienlab.ui.theme import Theme

WIDE = 1.5
"""Width by height from which on plots stand beside the main part, not beneath it."""
BESIDE, BENEATH = 0.4, 0.34
"""Share of the room that plots get."""
STACKED = 2
"""Plots that stand upon one another beside the main part; more stand in two columns."""


class ExhibitView(QWidget):
    """A view of each kind is made when it is first needed."""

    dragged = Signal(str, object)
    """A parameter and its new value."""
    chosen = Signal(object)
    """Values by parameter that a click on a wall sets."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_smooth = False
        self._arranged = Qt.Orientation.Vertical, 0
        self._exhibit: Exhibit | None = None
        self._parameters: Mapping[str, Parameter] = {}
        self._values: Mapping[str, Value] = {}
        self._views: dict[type, PictureView | WallView | FilmPlayer | CloudView | LabPlot] = {}
        self.plots: list[LabPlot] = []
        """Those beneath; the first ``len(exhibit.plots)`` are seen."""
        self.notice = notice()
        self.note = PlainLabel()
        self.note.setProperty("tone", "muted")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(16, 4, 16, 8)
        self.note.hide()
        self.readings = ReadingsTable()
        self.pointer = ElidedLabel()
        self.pointer.setProperty("tone", "small")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notice)
        self._beneath = QWidget()
        self._beneath.hide()
        self._lay_out()

    @property
    def main(self) -> QWidget:
        """The view of the main part that is seen."""
        view = self._stack.currentWidget()
        assert view is not None
        return view

    @property
    def exhibit(self) -> Exhibit | None:
        return self._exhibit

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for view in (*self._views.values(), *self.plots):
            view.set_theme(theme)

    def set_smooth(self, smooth: bool) -> None:
        """Whether whole pixels are filtered where they are enlarged."""
        self._is_smooth = smooth
        for view in self._views.values():
            if isinstance(view, PictureView | FilmPlayer):
                view.set_smooth(smooth)

    def show_exhibit(self, exhibit: Exhibit | None) -> None:
        self._exhibit = exhibit
        if exhibit is None:
            self._stack.setCurrentWidget(self.notice)
        else:
            self._show_main(exhibit.main)
        self._show_plots(() if exhibit is None else exhibit.plots)
        self.readings.show_readings(() if exhibit is None else exhibit.readings)
        self.note.setText("" if exhibit is None else exhibit.note)
        self.note.setVisible(bool(exhibit is not None and exhibit.note))
        self.pointer.set_text("")
        self._place_handles()

    def show_values(self, parameters: Mapping[str, Parameter], values: Mapping[str, Value]) -> None:
        """Put the handles where these values are."""
        self._parameters, self._values = parameters, values
        self._place_handles()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self._beneath)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self._stack)
        self._split.addWidget(self._beneath)
        self._split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 4)
        foot.addWidget(self.pointer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._split, 1)
        column.addLayout(foot)
        column.addWidget(self.readings)
        column.addWidget(self.note)

    def _show_main(self, main: Main) -> None:
        view = self._view_of(type(main))
        match main:
            case Picture():
                assert isinstance(view, PictureView)
                view.show_picture(main)
            case Wall():
                assert isinstance(view, WallView)
                view.show_wall(main)
            case Film():
                assert isinstance(view, FilmPlayer)
                view.show_film(main)
            case Cloud():
                assert isinstance(view, CloudView)
                view.show_cloud(main)
            case Plot():
                assert isinstance(view, LabPlot)
                view.show_plot(main)
        self._stack.setCurrentWidget(view)

    def _view_of(self, kind: type) -> QWidget:
        if kind not in self._views:
            view = _VIEWS[kind](self._theme)
            self._views[kind] = view
            self._stack.addWidget(view)
            if isinstance(view, PictureView | LabPlot):
                view.dragged.connect(self.dragged)
            if isinstance(view, PictureView | FilmPlayer):
                view.set_smooth(self._is_smooth)
            if isinstance(view, WallView):
                view.chosen.connect(self.chosen)
            if not isinstance(view, CloudView):
                view.pointed.connect(self.pointer.set_text)
        return self._views[kind]

    def _show_plots(self, plots: tuple[Plot, ...]) -> None:
        while len(self.plots) < len(plots):
            plot = LabPlot(self._theme)
            plot.dragged.connect(self.dragged)
            plot.pointed.connect(self.pointer.set_text)
            self.plots.append(plot)
            self._grid.addWidget(plot, 0, len(self.plots) - 1)
        for number, view in enumerate(self.plots):
            view.setVisible(number < len(plots))
            if number < len(plots):
                view.show_plot(plots[number])
        was_shown = not self._beneath.isHidden()
        self._beneath.setVisible(bool(plots))
        self._arrange(anew=not was_shown)

    def _arrange(self, *, anew: bool = False) -> None:
        """Plots beside the main part or beneath it, whichever leaves that more room."""
        is_wide = self._split.width() > WIDE * self._split.height()
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        count = 0 if self._exhibit is None else len(self._exhibit.plots)
        if self._arranged == (orientation, count) and not anew:
            return
        columns = (1 if count <= STACKED else 2) if is_wide else max(1, count)
        for number, plot in enumerate(self.plots):
            self._grid.addWidget(plot, number // columns, number % columns)
        if self._arranged[0] is not orientation or anew:
            room = self._split.width() if is_wide else self._split.height()
            share = BESIDE if is_wide else BENEATH
            self._split.setOrientation(orientation)
            self._split.setSizes([round(room * (1 - share)), round(room * share)])
        self._arranged = orientation, count

    def _place_handles(self) -> None:
        main = self.main
        if isinstance(main, PictureView | LabPlot):
            main.show_handles(self._parameters, self._values)
        if isinstance(main, WallView):
            main.show_values(self._values)
        for plot in self.plots:
            plot.show_handles(self._parameters, self._values)


_VIEWS = {Picture: PictureView, Wall: WallView, Film: FilmPlayer, Cloud: CloudView, Plot: LabPlot}
