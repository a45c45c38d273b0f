"""The map of a laboratory's network, and the panel that lesions it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QWidget

from alienlab.app.labs.bench_lesions import BenchLesions
from alienlab.ui.brain_map.brain_map import BrainMap
from alienlab.ui.docks import Scrolled
from alienlab.ui.lesion_panel import LesionPanel
from alienlab.ui.theme import Theme

MAP_WIDTH, PANEL_WIDTH = 208, 404
"""At least, in pixels: both fit beside the controls in the smallest window."""


class NetworkPanel(QFrame):
    """The same widgets as of the brain, on a network of its own."""

    def __init__(self, lesions: BenchLesions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = BrainMap(lesions.brain, lesions.selection, lesions.list, theme)
        self.lesions = LesionPanel(lesions.brain, lesions.selection, lesions.list, theme)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.map)
        self.map.setMinimumWidth(MAP_WIDTH)
        room = Scrolled(self.lesions)
        room.setMinimumWidth(PANEL_WIDTH)
        split.addWidget(room)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(split)

    def set_theme(self, theme: Theme) -> None:
        self.map.set_theme(theme)
        self.lesions.set_theme(theme)
