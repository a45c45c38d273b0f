"""The thread that talks to the process in which plugins compute."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Hashable
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from alienlab.domain.events import Failure
from alienlab.domain.laboratories.ports import LabFailed, LabJob, LabStopped, NetworkJob, PluginEngine, PluginJob

log = logging.getLogger(__name__)

GRACE_SECONDS = 0.4
"""A job that a newer one replaces may still end within this time from its start: dragging a slider shows something."""
CLOSING_SECONDS = 1.5
"""How long closing waits for the running job before the process is closed beneath it."""
NO_PROCESS = "There is no process for plugins here."


class LabThread(QThread):
    """Carries out jobs one after another and re-emits what the process says; starts it with the first job.

    Of the jobs for one experiment only the newest matters: it takes the place of those that wait, and one that runs
    is stopped softly. Others wait for their turn, experiments before networks before questions. Every job that was
    submitted ends with one event, ``LabStopped`` also where it never began. A job that stands alone takes no other's
    place, and gives up its own to none.
    """

    happened = Signal(object)
    """A ``LabEvent``; jobs are numbered as they were submitted."""
    begun = Signal(int)
    """The job of this number has its turn."""

    def __init__(self, engine: PluginEngine | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._changed = threading.Condition()
        self._waiting: list[PluginJob] = []
        self._alone: set[int] = set()
        """Numbers of the jobs that stand alone."""
        self._running: PluginJob | None = None
        self._engine_number = 0
        self._since = 0.0
        self._is_closing = False
        self._numbers = count(1)
        self._engine_numbers = count(1)

    @property
    def running(self) -> PluginJob | None:
        """The job that has its turn."""
        return self._running

    def next_number(self) -> int:
        """A number for a new job, larger than any before."""
        return next(self._numbers)

    def warm_up(self) -> None:
        """Start the process ahead of the first job."""
        if not self.isRunning() and not self._is_closing:
            self.start()

    def submit(self, job: PluginJob, *, stands_alone: bool = False) -> None:
        """Call it from the window's thread."""
        self.warm_up()
        with self._changed:
            if stands_alone:
                self._alone.add(job.number)
            dropped = [other for other in self._waiting if self._replaces(job, other)]
            self._waiting = [*(other for other in self._waiting if other not in dropped), job]
            running = self._running
            left = GRACE_SECONDS - (time.monotonic() - self._since)
            self._changed.notify_all()
        self._say_stopped(dropped)
        if running is not None and self._replaces(job, running):
            QTimer.singleShot(max(0, round(1000 * left)), self, lambda: self.stop(running.number, insists=False))

    def stop(self, number: int, *, insists: bool = True) -> None:
        """Stop a job, whether it waits or runs; where it insists, its process is killed if it does not answer."""
        with self._changed:
            dropped = [job for job in self._waiting if job.number == number]
            self._waiting = [job for job in self._waiting if job.number != number]
            if self._running is not None and self._running.number == number and self._engine is not None:
                self._engine.stop(self._engine_number, insists=insists)
        self._say_stopped(dropped)

    def close(self) -> None:
        """End the thread and the process: forget what waits, stop what runs."""
        with self._changed:
            self._is_closing = True
            self._waiting.clear()
            if self._running is not None and self._engine is not None:
                self._engine.stop(self._engine_number, insists=False)
            self._changed.notify_all()
        if self._engine is None:
            self.wait()
        elif not self.isRunning():
            self._engine.close()
        elif not self.wait(round(CLOSING_SECONDS * 1000)):
            self._engine.close()
            self.wait()

    def _replaces(self, job: PluginJob, other: PluginJob) -> bool:
        subject = _subject(job)
        is_same = subject is not None and subject == _subject(other)
        return is_same and self._alone.isdisjoint({job.number, other.number})

    def run(self) -> None:
        if self._engine is not None:
            self._start_process(self._engine)
        while (job := self._take()) is not None:
            self.begun.emit(job.number)
            self._work(job)
        if self._engine is not None:
            self._engine.close()

    def _start_process(self, engine: PluginEngine) -> None:
        try:
            engine.start()
        except Exception:  # the thread goes on: the first job tries again and says what is wrong
            log.exception("The process for plugins was not started; the first job tries again")

    def _take(self) -> PluginJob | None:
        """The next job, once there is one; None at the end."""
        with self._changed:
            if self._running is not None:
                self._alone.discard(self._running.number)
            self._running = None
            while not self._waiting and not self._is_closing:
                self._changed.wait()
            if self._is_closing:
                return None
            job = min(self._waiting, key=_rank)
            self._waiting.remove(job)
            self._running, self._engine_number, self._since = job, next(self._engine_numbers), time.monotonic()
            return job

    def _work(self, job: PluginJob) -> None:
        if self._engine is None:
            self.happened.emit(LabFailed(job.number, Failure.INTERNAL, NO_PROCESS))
            return
        try:
            for event in self._engine.run(replace(job, number=self._engine_number)):
                self.happened.emit(replace(event, job=job.number))
        except Exception as error:  # a defect ends the job, not the thread
            log.exception("Job %d failed", job.number)
            sentence = f"Something in AlienLab failed: {type(error).__name__}: {error}"
            self.happened.emit(LabFailed(job.number, Failure.INTERNAL, sentence))

    def _say_stopped(self, jobs: list[PluginJob]) -> None:
        for job in jobs:
            self.happened.emit(LabStopped(job.number))


def _subject(job: PluginJob) -> Hashable:
    """What a job is about; None where each counts."""
    match job:
        case LabJob():
            return job.laboratory.key, job.experiment.id
        case NetworkJob():
            return job.laboratory.key
        case _:
            return None


def _rank(job: PluginJob) -> int:
    return 0 if isinstance(job, LabJob) else 1 if isinstance(job, NetworkJob) else 2
