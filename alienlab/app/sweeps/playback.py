"""Shows the results of a sweep one after another, as an animation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from alienlab.domain.sweeps.results import Result

FRAME_MS = 160


class Playback(QObject):
    """Steps through results that have an image; stops after the last one."""

    shown = Signal(object)
    """A Result."""
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, *, frame_ms: int = FRAME_MS) -> None:
        super().__init__(parent)
        self._frames: list[Result] = []
        self._timer = QTimer(self, interval=frame_ms)
        self._timer.timeout.connect(self._step)

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def play(self, results: Sequence[Result]) -> None:
        """Begin at the first result; where there are none, nothing happens."""
        self._frames = [result for result in results if result.is_rendered]
        if self._frames:
            self._timer.start()
            self.playing_changed.emit(True)
            self._step()

    def stop(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def _step(self) -> None:
        if not self._frames:
            self.stop()
            return
        self.shown.emit(self._frames.pop(0))
