"""The thread that owns the job queue and talks to the engine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from typing import TypeVar, cast

from PySide6.QtCore import QObject, QThread, Signal

from alienlab.app.jobs import Attempt, Job, JobQueue, OpenJob, Priority
from alienlab.domain.errors import AlienLabError, EngineDefect, WorkerDied
from alienlab.domain.events import Cancelled, Done, Event, Failed, Failure, Finished, Loading, Opened, PluginBroke
from alienlab.domain.ports import BrainSource, EmbedJob, Engine, LocateJob, MeasureJob, RecogniseJob, RenderJob

log = logging.getLogger(__name__)

CLOSING_SECONDS = 1.5
"""How long closing waits for the running job before the engine is closed beneath it."""


_Question = TypeVar("_Question", RecogniseJob, MeasureJob, EmbedJob, LocateJob)


class _Stopped(Exception):
    """The thread is to end."""


class GenerationThread(QThread):
    """Takes jobs from its queue, one after another, and re-emits what the engine says.

    A job whose worker dies is tried once more, without the rows that are finished. Where the worker dies again before
    another row is finished, the job is set aside with its error and the queue goes on. A job that is cancelled before
    its turn ends with ``Cancelled`` alone.
    """

    happened = Signal(object)
    """An ``Event``; jobs and rows are counted as they were submitted."""
    queue_changed = Signal(int)
    """Another number of jobs waits. As two threads emit it, ``waiting`` alone is sure to be the present number."""
    refused = Signal(object)
    """The AlienLabError for which a brain was not opened; ``Failed`` follows."""
    broken = Signal(str)
    """The sentence for a defect that is not the user's; the queue goes on."""

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._queue = JobQueue()
        self._lock = threading.Lock()
        self._running: Job | None = None
        self._attempt: Attempt | None = None
        self._cancelled: set[int] = set()
        self._stopping = False
        self._source: BrainSource | None = None
        self._engine_numbers = count(1)
        self._numbers = count(1)

    @property
    def waiting(self) -> int:
        """Jobs in the queue, without the one that runs."""
        return len(self._queue)

    def next_number(self) -> int:
        """A number for a new job, larger than any before."""
        return next(self._numbers)

    def submit(self, job: Job, *, priority: Priority = Priority.RENDER) -> None:
        self._queue.put(job, priority=Priority.OPEN if isinstance(job, OpenJob) else priority)
        self.queue_changed.emit(len(self._queue))

    def hold(self, priorities: Iterable[Priority]) -> None:
        """Let jobs of these priorities wait, whatever else runs; none lets all go on."""
        self._queue.hold(priorities)

    def cancel(self, number: int) -> None:
        """Stop one job, whether it waits or runs."""
        self._cancel(lambda job: job.number == number)

    def cancel_all(self) -> None:
        """Stop every render; the opening of a brain goes on."""
        self._cancel(lambda job: isinstance(job, RenderJob))

    def stop(self) -> None:
        """End the thread: forget what waits, cancel what runs, close the engine."""
        self._stopping = True
        self._queue.close()
        self._cancel(lambda _: True)
        if not self.isRunning():
            self._engine.close()
        elif not self.wait(round(CLOSING_SECONDS * 1000)):
            self._engine.close()
            self.wait()

    def run(self) -> None:
        while (job := self._queue.take(self._claim)) is not None:
            self.queue_changed.emit(len(self._queue))
            try:
                self._work(job)
            except _Stopped:
                break
            finally:
                self._release()
        self._engine.close()

    def _claim(self, job: Job) -> None:
        with self._lock:
            self._running = job

    def _release(self) -> None:
        with self._lock:
            self._running = self._attempt = None
            self._cancelled.clear()

    def _cancel(self, unwanted: Callable[[Job], bool]) -> None:
        dropped = self._queue.drop(unwanted)
        with self._lock:
            running, attempt = self._running, self._attempt
            if running is not None and unwanted(running):
                self._cancelled.add(running.number)
                if attempt is not None:
                    self._engine.cancel(attempt.number)
        for job in dropped:
            self.happened.emit(Cancelled(job.number))
        if dropped:
            self.queue_changed.emit(len(self._queue))

    def _work(self, job: Job) -> None:
        try:
            match job:
                case OpenJob():
                    self._open(job.source, tries=2)
                case RenderJob():
                    self._render(job)
                case RecogniseJob():
                    self._ask(job, self._engine.recognise)
                case MeasureJob():
                    self._ask(job, self._engine.measure)
                case EmbedJob():
                    self._ask(job, self._engine.embed)
                case LocateJob():
                    self._ask(job, self._engine.locate)
        except AlienLabError as error:
            if isinstance(job, OpenJob):
                self.refused.emit(error)
            if isinstance(error, WorkerDied) and error.plugin:
                self.happened.emit(PluginBroke(job.number, error.plugin, str(error)))
            self.happened.emit(Failed(job.number, None, _failure(error), str(error)))
        except _Stopped:
            raise
        except Exception as error:
            log.exception("Job %d failed", job.number)
            sentence = f"Something in AlienLab failed: {type(error).__name__}: {error}"
            self.broken.emit(sentence)
            self.happened.emit(Failed(job.number, None, Failure.INTERNAL, sentence))

    def _open(self, source: BrainSource, *, tries: int) -> None:
        for left in reversed(range(tries)):
            try:
                self._relay(self._engine.open(source), translate=lambda event: event)
                self._source = source
                return
            except WorkerDied:
                if self._stopping:
                    raise _Stopped from None
                if not left:
                    raise
                log.warning("The worker died while it opened %s; once more", source.location)

    def _render(self, job: RenderJob) -> None:
        ended: set[int] = set()
        death: WorkerDied | None = None
        while True:
            before = len(ended)
            try:
                self._attempt_rows(job, ended)
                return
            except WorkerDied as error:
                if self._stopping:
                    raise _Stopped from None
                is_cancelled = self._is_cancelled(job)
                if error.plugin:  # once more would do the same
                    self._reopen()
                    raise
                if is_cancelled:
                    self.happened.emit(Cancelled(job.number))
                self._reopen()
                if is_cancelled:
                    return
                if death is not None and len(ended) == before:
                    raise _set_aside(error) from death
                log.warning("The worker died in job %d; once more", job.number)
                death = error

    def _attempt_rows(self, job: RenderJob, ended: set[int]) -> None:
        rows = tuple(row for row in range(len(job.recipes)) if row not in ended)
        attempt = Attempt(job, next(self._engine_numbers), rows)
        with self._lock:
            if job.number not in self._cancelled:
                self._attempt = attempt
        if self._is_cancelled(job) or not rows:
            self.happened.emit(Cancelled(job.number) if rows else Done(job.number, intact=True))
            return

        def translate(event: Event) -> Event:
            translated = attempt.translate(event)
            if isinstance(translated, Finished | Failed) and translated.row is not None:
                ended.add(translated.row)
            return translated

        self._relay(self._engine.render(attempt.engine_job), translate=translate)

    def _ask(self, job: _Question, ask: Callable[[_Question], Iterator[Event]]) -> None:
        """Have the engine look at images; once more where its process is lost, without what it has said already."""
        said: set[int] = set()
        try:
            self._attempt_question(job, ask, said)
        except WorkerDied as error:
            if self._stopping:
                raise _Stopped from None
            if error.plugin:
                self._reopen()
                raise
            log.warning("The worker died in job %d; once more", job.number)
            self._reopen()
            self._attempt_question(job, ask, said)

    def _attempt_question(self, job: _Question, ask: Callable[[_Question], Iterator[Event]], said: set[int]) -> None:
        before = frozenset(said)

        def translate(event: Event) -> Event | None:
            row = getattr(event, "row", None)
            if row in before:
                return None
            if row is not None:
                said.add(row)
            return event if isinstance(event, Loading | Opened) else replace(event, job=job.number)

        self._relay(ask(replace(job, number=next(self._engine_numbers))), translate=translate)

    def _reopen(self) -> None:
        if self._source is not None:
            self._open(self._source, tries=2)

    def _relay(self, events: Iterator[Event], *, translate: Callable[[Event], Event | None]) -> None:
        """Re-emit what ``translate`` makes of the events; what it makes nothing of is left out."""
        with closing(_closable(events)):
            for event in events:
                if self._stopping:
                    raise _Stopped
                told = translate(event)
                if told is not None:
                    self.happened.emit(told)

    def _is_cancelled(self, job: Job) -> bool:
        with self._lock:
            return job.number in self._cancelled


def _set_aside(error: WorkerDied) -> WorkerDied:
    return WorkerDied(f"This render ended the process that renders, twice, and was set aside. {error}")


def _failure(error: AlienLabError) -> Failure:
    match error:
        case WorkerDied():
            return Failure.WORKER
        case EngineDefect():
            return Failure.INTERNAL
        case _:
            return Failure.USER


class _Closable:
    def close(self) -> None:
        """Nothing to let go of."""


def _closable(events: Iterator[Event]) -> _Closable:
    """The iterator itself where it is a generator, which cleans up when it is closed."""
    return cast(_Closable, events) if hasattr(events, "close") else _Closable()
