"""The map of a laboratory's network, and the panel that lesions it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QWidget

from alienlab.app.labs.bench_lesions import BenchLesions
from alienlab.ui.brain_map.brain_map import BrainMap
from alienlab.ui.lesion_panel import LesionPanel
from alienlab.ui.theme import Theme


class NetworkPanel(QFrame):
    """The same widgets as of the brain, on a network of its own."""

    def __init__(self, lesions: BenchLesions, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = BrainMap(lesions.brain, lesions.selection, lesions.list, theme)
        self.lesions = LesionPanel(lesions.brain, lesions.selection, lesions.list, theme)
        room = QScrollArea()
        room.setWidget(self.lesions)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setMinimumWidth(self.lesions.minimumSizeHint().width() + room.verticalScrollBar().sizeHint().width())
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.map)
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
