"""What happens while the disk is full: nothing is rendered that could not be kept, and the user is told."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.app.archive import Archive
from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.messages import Message, Tone
from alienlab.app.workload import Workload

KEPT = (Priority.RENDER, Priority.SWEEP)
"""Jobs whose images go into the session."""
TOPIC = "full disk"


class FullDisk(QObject):
    """Lets the queue rest while the archive is blocked; it goes on by itself."""

    message = Signal(object)

    def __init__(
        self, *, archive: Archive, thread: GenerationThread, workload: Workload, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._workload = workload
        archive.blocked.connect(self._rest)
        archive.freed.connect(self._go_on)

    def _rest(self, folder: str) -> None:
        self._thread.hold(KEPT)
        self._workload.set_resting("disk full")
        text = (
            f"The disk is full, so nothing more can be saved in {folder or 'the session'}: the queue rests. Make "
            "space: what is finished is kept in memory, is saved as soon as it fits, and the queue then goes on."
        )
        self.message.emit(Message(text, Tone.ERROR, ("session.retry",), TOPIC))

    def _go_on(self) -> None:
        self._thread.hold(())
        self._workload.set_resting("")
        text = "There is space again: what waited is saved, and the queue goes on."
        self.message.emit(Message(text, Tone.NOTE, topic=TOPIC))
