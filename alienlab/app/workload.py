"""What the engine is busy with, in numbers: for the status bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.app.jobs import Work, smoothed, total_steps
from alienlab.domain.events import Cancelled, Done, Event, Failed, Finished, Loading, Opened, Step
from alienlab.domain.ports import RenderJob

STARTING = Loading("Starting")


class Workload(QObject):
    """Progress and pace of all renders that were asked for and are not done."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, RenderJob] = {}
        self._steps: dict[tuple[int, int], int] = {}
        self._pace: float | None = None
        self._waiting = 0
        self._resting = ""
        self._loading: Loading | None = STARTING
        self._intact: bool | None = None

    @property
    def work(self) -> Work:
        return Work(sum(self._steps.values()), total_steps(self._jobs.values()), self._pace)

    @property
    def is_rendering(self) -> bool:
        return bool(self._jobs)

    @property
    def waiting(self) -> int:
        """Jobs in the queue."""
        return self._waiting

    @property
    def resting(self) -> str:
        """Why the queue rests; empty where it does not."""
        return self._resting

    @property
    def loading(self) -> Loading | None:
        """Set from the start, and whenever a brain is being opened, until it is open or refused."""
        return self._loading

    @property
    def intact(self) -> bool | None:
        """Whether the brain's weights were found as they are on disk; None before the first check."""
        return self._intact

    def add(self, job: RenderJob) -> None:
        self._jobs[job.number] = job
        self.changed.emit()

    def set_waiting(self, jobs: int) -> None:
        self._waiting = jobs
        self.changed.emit()

    def set_resting(self, reason: str) -> None:
        self._resting = reason
        self.changed.emit()

    def start_loading(self) -> None:
        self._loading = STARTING
        self.changed.emit()

    def stop_loading(self) -> None:
        self._loading = None
        self.changed.emit()

    def follow(self, event: Event) -> None:
        if isinstance(event, Step | Done) and self._loading is not STARTING:
            self._loading = None  # compiling, with which a render may begin
        match event:
            case Loading():
                self._loading = event
            case Opened():
                self._loading, self._intact, self._pace = None, None, None
            case Step(job, row, step) if job in self._jobs:
                self._steps[job, row] = step
                # Every row of a batch reports the same step: count its duration once.
                self._pace = smoothed(self._pace, rows=event.rows, seconds=event.seconds)
            case Finished(job, row) | Failed(job, int(row)) if job in self._jobs:
                self._steps[job, row] = self._jobs[job].recipes[row].steps
            case Done(job, intact):
                self._intact = intact
                self._forget(job)
            case Cancelled(job) | Failed(job, None):
                self._forget(job)
        self.changed.emit()

    def _forget(self, job: int) -> None:
        self._jobs.pop(job, None)
        self._steps = {place: step for place, step in self._steps.items() if place[0] != job}
