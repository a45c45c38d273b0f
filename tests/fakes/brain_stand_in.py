"""Stands in for the open brain where a widget only needs its anatomy."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.domain.anatomy import Anatomy


class BrainStandIn(QObject):
    anatomy_changed = Signal()

    def __init__(self, anatomy: Anatomy | None = None) -> None:
        super().__init__()
        self.anatomy = anatomy

    def become(self, anatomy: Anatomy | None) -> None:
        self.anatomy = anatomy
        self.anatomy_changed.emit()
