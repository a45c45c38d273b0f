"""Writes renders and exports beside the UI thread: a disk may take its time to sync, and may be full."""

from __future__ import annotations

import errno
import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from alienlab.domain.brain import Provenance
from alienlab.domain.counting import counted
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.recipe import Recipe
from alienlab.session.files import DiskFull
from alienlab.session.log.store import RenderRecord, Session

log = logging.getLogger(__name__)

RETRY_MS = 4000
"""How long a full disk is left alone before it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedRender:
    """All that is kept of a render."""

    recipe: Recipe
    image: Image
    provenance: Provenance
    recipe_id: str
    computation_id: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """How much waits in memory to be written into the session."""

    images: int
    entries: int
    """What the log is to keep beside images: measures, the states of sweeps and the like."""

    def __bool__(self) -> bool:
        return bool(self.images or self.entries)

    def __str__(self) -> str:
        parts = (
            counted(self.images, "image") if self.images else "",
            counted(self.entries, "log entry", "log entries") if self.entries else "",
        )
        return " and ".join(filter(None, parts)) or "nothing"


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    carry_out: Callable[[], object]
    is_kept: bool = field(kw_only=True)
    """Whether it belongs into the session: it then waits for a full disk to have space again."""
    is_image: bool = field(default=False, kw_only=True)


class Archive(QObject):
    """What belongs into the session is written one after another, in the order it was asked for; so are exports.

    Neither waits for the other: a large sheet takes minutes, and renders must not be lost in them. Where the disk is
    full, what belongs into the session waits in memory and is tried again, the task that did not fit first. Exports go
    on meanwhile: they may lead to another disk.
    """

    saved = Signal(object)
    """A RenderRecord, once it is safely on disk."""
    done = Signal(str)
    """The sentence for a task that has been carried out."""
    failed = Signal(str)
    blocked = Signal(str)
    """The disk of this folder is full: what waits is tried again from time to time. Told once, and by ``try_again``."""
    freed = Signal()
    """All that waited for space is written."""
    _stuck = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._lock = threading.Lock()
        self._tasks: deque[_Task] = deque()
        self._at_work: set[bool] = set()
        """Which tasks are being worked off: those that are kept, those that are not."""
        self._is_blocked = False
        self._is_told = False
        self._rests = False
        """Whether tasks of the session are left alone until the next try."""
        self._timer = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._timer.timeout.connect(self._retry)
        self._stuck.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

    @property
    def is_blocked(self) -> bool:
        """Whether something waits for space on the disk."""
        return self._is_blocked

    @property
    def unsaved(self) -> Unsaved:
        with self._lock:
            kept = [task for task in self._tasks if task.is_kept]
        images = sum(task.is_image for task in kept)
        return Unsaved(images, len(kept) - images)

    def set_retry(self, milliseconds: int) -> None:
        """How long a full disk is left alone."""
        self._timer.setInterval(milliseconds)

    def save(self, session: Session, render: FinishedRender) -> None:
        """Log a render; ``saved``, ``blocked`` or ``failed`` follows."""

        def task() -> None:
            record: RenderRecord = session.save(
                render.recipe,
                render.image,
                render.provenance,
                recipe_id=render.recipe_id,
                computation_id=render.computation_id,
            )
            self.saved.emit(record)

        self._add(_Task(task, is_kept=True, is_image=True))

    def carry_out(self, task: Callable[[], object], *, sentence: str) -> None:
        """Write something that was asked for beside the session; ``done`` with ``sentence`` or ``failed`` follows."""

        def announce() -> None:
            task()
            self.done.emit(sentence)

        self._add(_Task(announce, is_kept=False))

    def carry_out_silently(self, task: Callable[[], object]) -> None:
        """Write something into the session whose success is of no interest; ``blocked`` or ``failed`` may follow."""
        self._add(_Task(task, is_kept=True))

    def cache(self, task: Callable[[], object]) -> None:
        """Write something that can be made anew at any time; a full disk is no matter."""

        def attempt() -> None:
            try:
                task()
            except DiskFull:
                return  # it is made anew the next time

        self._add(_Task(attempt, is_kept=False))

    def try_again(self) -> None:
        """Try what waits for space at once; ``freed`` or ``blocked`` follows."""
        self._is_told = False
        self._retry()

    def finish(self) -> None:
        """Wait until everything is written, or the disk is full."""
        self._pool.waitForDone()

    def settle(self) -> bool:
        """Wait until everything is written, and try a full disk once more; False where it is still full."""
        self.finish()
        if self._is_blocked:
            self._retry()
            self.finish()
        return not self._is_blocked

    def give_up(self) -> None:
        """Forget what could not be written."""
        with self._lock:
            self._tasks.clear()
            self._is_blocked = self._is_told = self._rests = False
        self._timer.stop()

    def _retry(self) -> None:
        with self._lock:
            self._rests = False
        self._work(is_kept=True)

    def _add(self, task: _Task) -> None:
        with self._lock:
            self._tasks.append(task)
        self._work(is_kept=task.is_kept)

    def _work(self, *, is_kept: bool) -> None:
        with self._lock:
            starts = is_kept not in self._at_work and self._due(is_kept) is not None
            if starts:
                self._at_work.add(is_kept)
        if starts:
            self._pool.start(lambda: self._work_off(is_kept))

    def _due(self, is_kept: bool) -> _Task | None:
        """What is to be done next of its kind; the lock is held."""
        return next((task for task in self._tasks if task.is_kept is is_kept and not (is_kept and self._rests)), None)

    def _work_off(self, is_kept: bool) -> None:
        while (task := self._next(is_kept)) is not None:
            try:
                task.carry_out()
            except Exception as error:
                if task.is_kept and _is_full(error):
                    self._rest(str(getattr(error, "folder", "")))
                    continue
                self.failed.emit(_sentence(error))
            self._end(task)

    def _next(self, is_kept: bool) -> _Task | None:
        with self._lock:
            task = self._due(is_kept)
            if task is None:
                self._at_work.discard(is_kept)
            return task

    def _rest(self, folder: str) -> None:
        with self._lock:
            was_told, self._is_told = self._is_told, True
            self._is_blocked = self._rests = True
        self._stuck.emit()
        if not was_told:
            self.blocked.emit(folder)

    def _end(self, task: _Task) -> None:
        with self._lock:
            if task in self._tasks:
                self._tasks.remove(task)
            is_freed = self._is_blocked and not any(other.is_kept for other in self._tasks)
            if is_freed:
                self._is_blocked = self._is_told = False
        if is_freed:
            self.freed.emit()


def _is_full(error: Exception) -> bool:
    return isinstance(error, DiskFull) or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT))


def _sentence(error: Exception) -> str:
    if isinstance(error, AlienLabError):
        return str(error)
    if isinstance(error, OSError):
        return f"Not saved: {error.strerror or error}."
    log.error("A task of the archive failed", exc_info=error)
    return f"Not saved, as something in AlienLab failed: {error!r}"
