"""The tab of concept space: pages of which one is looked at."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.concept_space import ConceptSpace
from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.space.breadth_page import BreadthPage
from alienlab.ui.space.island_page import IslandPage
from alienlab.ui.space.map_page import MapPage
from alienlab.ui.space.plane_page import PlanePage
from alienlab.ui.space.walk_page import WalkPage


class SpacePanel(QWidget):
    """Its pages are public. ``actions`` are the window's, by id."""

    tile_opened = Signal(object)
    """The Address of a tile of the plane that is to be looked at on the canvas."""
    recipe_opened = Signal(object)
    """A recipe that is to be looked at on the canvas."""

    def __init__(
        self,
        space: ConceptSpace,
        settings: PromptSettings,
        *,
        appearance: AppearanceSwitch,
        actions: Mapping[str, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        shared = {"appearance": appearance, "actions": actions}
        self.plane = PlanePage(space.tiles, space.intact_tiles, space.choice, settings, path=space.drawn_path, **shared)
        self.walk = WalkPage(space.walking, **shared)
        self.map = MapPage(space.concept_map, **shared)
        self.islands = IslandPage(space.islands, **shared)
        self.breadth = BreadthPage(space.breadth, **shared)
        self._bar = QTabBar(drawBase=False, expanding=False, documentMode=True)
        self._bar.setAccessibleName("Pages of concept space")
        self._stack = QStackedWidget()
        self._first_controls: dict[QWidget, QWidget] = {}
        self._add(self.plane, self.plane.view, "Plane", "A map around a concept, dragged and zoomed without end")
        self._add(
            self.walk,
            self.walk.bar.start,
            "Walks",
            "From concept to concept and beyond, and random points without words",
        )
        self._add(self.map, self.map.view, "Concept map", "Many concepts laid out by their points")
        self._add(self.islands, self.islands.bar.go, "Islands", "How far around its point a concept holds")
        self._add(self.breadth, self.breadth.go, "Breadth", "How many different things this mind imagines")
        self._lay_out()
        self._bar.currentChanged.connect(self._stack.setCurrentIndex)
        self.plane.tile_opened.connect(self.tile_opened)
        self.plane.recipe_opened.connect(self.recipe_opened)
        self.walk.recipe_opened.connect(self.recipe_opened)
        self.map.recipe_opened.connect(self.recipe_opened)
        self.breadth.recipe_opened.connect(self.recipe_opened)
        self.islands.recipe_opened.connect(self.recipe_opened)
        space.walking.shown.connect(lambda: self.show_page(self.walk))

    def sizeHint(self) -> QSize:
        return QSize(760, 560)

    @property
    def page(self) -> QWidget:
        """The one that is looked at."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    def show_page(self, page: QWidget) -> None:
        self._bar.setCurrentIndex(self._stack.indexOf(page))

    def take_focus(self) -> None:
        """Give the keyboard to the page that is looked at."""
        self._first_controls[self.page].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self, page: QWidget, first_control: QWidget, title: str, tip: str) -> None:
        self._first_controls[page] = first_control  # no focus proxy: Tab would leave out what stands before it
        self._stack.addWidget(page)
        self._bar.setTabToolTip(self._bar.addTab(title), tip)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 0, 8, 0)
        row.addWidget(self._bar)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
