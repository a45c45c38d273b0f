"""The page of a plane: which one above, the plane itself, and where one is below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.choice import PlaneChoice
from alienlab.app.space.drawn_path import DrawnPath
from alienlab.app.space.plane import COARSE_STEPS, Address
from alienlab.app.space.tiles import PlaneTiles
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.elided_label import ElidedLabel
from alienlab.ui.icons import Icon
from alienlab.ui.quiet_buttons import QuietButtons
from alienlab.ui.space.linked_planes import LinkedPlanes
from alienlab.ui.space.path_bar import PathBar
from alienlab.ui.space.plane_bar import PlaneBar
from alienlab.ui.space.plane_view import PlaneView
from alienlab.ui.sweeps.notice import notice

HOW_TO = "Drag to move, turn the wheel to zoom, click on an image to open it on the canvas."


class PlanePage(QWidget):
    """``actions`` are the window's, by id."""

    tile_opened = Signal(object)
    """An Address."""
    recipe_opened = Signal(object)
    """The recipe of a tile that is to be looked at beside the same point in the intact mind."""

    def __init__(
        self,
        tiles: PlaneTiles,
        intact_tiles: PlaneTiles,
        choice: PlaneChoice,
        settings: PromptSettings,
        *,
        path: DrawnPath,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tiles, self._appearance = tiles, appearance
        self.bar = PlaneBar(choice, settings, actions)
        self.view = PlaneView(tiles, path, appearance.theme)
        self._places: dict[PlaneView, str] = {}
        self.planes = LinkedPlanes(self.view, tiles, intact_tiles)
        self.path_bar = PathBar(path, self.view.path_tool)
        self.trouble = notice()
        self.place = ElidedLabel(HOW_TO)
        self.progress = QLabel()
        self.progress.setProperty("tone", "small")
        self.progress.setToolTip(f"Sketches take {COARSE_STEPS} denoising steps; then come all that are set above.")
        self._buttons = QuietButtons()
        self.draw = self._make_draw()
        self._stack = QStackedWidget()
        self._foot = self._make_foot()
        self._lay_out()
        for view in (self.view, self.planes.intact_view):
            view.tile_opened.connect(self._open)
            view.place_changed.connect(lambda words, view=view: self._tell_place(view, words))
        self.planes.changed.connect(self._take)
        appearance.changed.connect(self._dress)
        tiles.progressed.connect(self._take)
        self._dress()
        self._take()

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tiles.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tiles.set_watched(False)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.trouble)
        self._stack.addWidget(self.planes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.path_bar)
        column.addWidget(self._foot)

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("role", "panel")
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(self.progress)
        row.addWidget(self.planes.button)
        row.addWidget(self.draw)
        row.addWidget(self._buttons.add(Icon.ZOOM_OUT, "Zoom out", "−", lambda: self.view.zoom(-1)))
        row.addWidget(self._buttons.add(Icon.ZOOM_IN, "Zoom in", "+", lambda: self.view.zoom(1)))
        row.addWidget(self._buttons.add(Icon.FIT, "Back to the origin", "0", self.view.go_home))
        return foot

    def _make_draw(self) -> QToolButton:
        button = self._buttons.add(Icon.DRAW, "Draw a path", "D", lambda: None)
        button.setCheckable(True)
        button.toggled.connect(self._draw)
        self.view.path_tool.switched.connect(button.setChecked)
        return button

    def _draw(self, on: bool) -> None:
        self.view.path_tool.switch(on)
        self.draw.setChecked(self.view.path_tool.is_on)
        if on:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        for view in (self.view, self.planes.intact_view):
            view.set_theme(self._appearance.theme)
        self.path_bar.dress(self._appearance.theme)
        self._buttons.dress(self._appearance.theme)

    def _tell_place(self, view: PlaneView, words: str) -> None:
        """Of the view that the pointer is on."""
        self._places[view] = words
        self.place.set_text("".join(self._places.values()) or HOW_TO)

    def _open(self, address: Address) -> None:
        """Alone, a tile is compared with the origin; beside the intact mind, with the same point there."""
        plane = self._tiles.plane
        if self.planes.is_beside and plane is not None:
            self.recipe_opened.emit(plane.recipe(address))
        else:
            self.tile_opened.emit(address)

    def _take(self) -> None:
        trouble = self._tiles.trouble
        self.trouble.setText(trouble)
        self._stack.setCurrentWidget(self.trouble if trouble else self.planes)
        self.progress.setText("" if trouble else self._progress_words())
        self._foot.setVisible(not trouble)

    def _progress_words(self) -> str:
        progress = self.planes.progress
        if progress.fine == progress.tiles:
            return ""
        if self.planes.is_resting:
            return f"stopped · {progress.fine} of {progress.tiles} done · move to go on"
        if progress.coarse < progress.tiles:
            return f"{progress.coarse} of {progress.tiles} sketched"
        return f"{progress.fine} of {progress.tiles} done"
