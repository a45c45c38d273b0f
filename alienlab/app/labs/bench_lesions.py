"""Lesions of a laboratory's network, as the lesion panel and the map edit them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.domain.lesions import LesionSpec


class BenchLesions(QObject):
    """One parameter of kind lesions. ``brain`` holds the network's anatomy once it was read."""

    changed = Signal()

    def __init__(self, brain: OpenBrain, undo_stack: QUndoStack, texts: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self.brain = brain
        self.selection = Selection(self)
        self.list = LesionList(undo_stack, self, specs=map(LesionSpec.parse, texts))
        self.list.changed.connect(self.changed)

    @property
    def value(self) -> tuple[str, ...]:
        """The text forms of those that are switched on."""
        return tuple(map(str, self.list.active))

    def take(self, texts: tuple[str, ...]) -> None:
        """Show other lesions; can be undone."""
        if texts != self.value:
            self.list.replace_all(map(LesionSpec.parse, texts))
