"""The brain that is open, or being opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo


class OpenBrain(QObject):
    """What is known of the brain. The anatomy may come from a file long before the brain itself is open."""

    anatomy_changed = Signal()
    info_changed = Signal()
    """``info`` changed; None while a brain is being opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._anatomy: Anatomy | None = None
        self._info: BrainInfo | None = None

    @property
    def anatomy(self) -> Anatomy | None:
        return self._anatomy

    @property
    def info(self) -> BrainInfo | None:
        return self._info

    def set_anatomy(self, anatomy: Anatomy | None) -> None:
        if anatomy != self._anatomy:
            self._anatomy = anatomy
            self.anatomy_changed.emit()

    def set_info(self, info: BrainInfo | None) -> None:
        if info != self._info:
            self._info = info
            self.info_changed.emit()
