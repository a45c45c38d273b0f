"""The engine in a worker process of its own, as the application sees it. Imports no torch."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from alienlab.domain.errors import WorkerDied
from alienlab.domain.events import Cancelled, Done, Event, Step
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, RenderJob
from alienlab.engine import worker
from alienlab.engine.worker import Answer, CancelJob, End, Heartbeat, Request

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 3.0
"""Least time without a heartbeat, or without an answer to a cancel, before the worker is killed."""
PATIENCE_STEPS = 5
"""The same in durations of the last denoising step, where that is longer."""
OPENING_PATIENCE_SECONDS = 60.0
"""Time without a heartbeat while libraries are imported and weights are read."""


class WorkerEngine:
    """Implements ``alienlab.domain.ports.Engine``; respawns its process, with the brain, when it was lost."""

    def __init__(self, cache: Path, *, threads: int | None = None) -> None:
        self._cache = cache
        self._threads = threads or _usable_cores()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._source: BrainSource | None = None
        self._has_brain = False
        self._unanswered = 0
        """Requests whose ``End`` has not come yet."""
        self._sending = threading.Lock()
        self._cancel_requested: tuple[int, float] | None = None
        self._last_step_seconds = 0.0

    @property
    def process_id(self) -> int | None:
        """Of the worker, while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Spawn the worker ahead of the first request, so that its imports run beside the caller's work."""
        if self._process is None:
            self._spawn()

    def open(self, source: BrainSource) -> Iterator[Event]:
        """See ``Engine.open``."""
        yield from self._request(source, patience=OPENING_PATIENCE_SECONDS)
        self._source, self._has_brain = source, True

    def render(self, job: RenderJob) -> Iterator[Event]:
        """See ``Engine.render``."""
        yield from self._reopen_if_lost()
        try:
            yield from self._request(job, patience=PATIENCE_SECONDS)
        except WorkerDied:
            if not self._was_cancelled(job.number):
                raise
            yield Cancelled(job.number)
            yield Done(job.number, intact=True)  # the next process reads the weights from disk

    def recognise(self, job: RecogniseJob) -> Iterator[Event]:
        """See ``Engine.recognise``."""
        yield from self._reopen_if_lost()
        yield from self._request(job, patience=OPENING_PATIENCE_SECONDS)

    def measure(self, job: MeasureJob) -> Iterator[Event]:
        """See ``Engine.measure``."""
        yield from self._reopen_if_lost()
        yield from self._request(job, patience=OPENING_PATIENCE_SECONDS)

    def embed(self, job: EmbedJob) -> Iterator[Event]:
        """See ``Engine.embed``."""
        yield from self._reopen_if_lost()
        yield from self._request(job, patience=OPENING_PATIENCE_SECONDS)

    def locate(self, job: LocateJob) -> Iterator[Event]:
        """See ``Engine.locate``."""
        yield from self._reopen_if_lost()
        yield from self._request(job, patience=OPENING_PATIENCE_SECONDS)

    def cancel(self, job: int) -> None:
        """See ``Engine.cancel``. May be called from any thread."""
        self._cancel_requested = (job, time.monotonic())
        with self._sending:
            if self._pipe is not None:
                try:
                    self._pipe.send(CancelJob(job))
                except OSError:
                    return  # the process is gone; whoever waits for it finds out

    def close(self) -> None:
        """End the process; it ends by itself when its pipe closes."""
        process, self._process = self._process, None
        self._has_brain, self._unanswered = False, 0
        with self._sending:
            if self._pipe is not None:
                self._pipe.close()
                self._pipe = None
        if process is not None:
            process.join(PATIENCE_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()

    def _reopen_if_lost(self) -> Iterator[Event]:
        """The brain, in a new process."""
        if self._source is not None and not self._has_brain:
            yield from self.open(self._source)

    def _request(self, request: Request, *, patience: float) -> Iterator[Event]:
        """Send a request and yield its events; raise its error, or WorkerDied where the process is lost."""
        self.start()
        job = None if isinstance(request, BrainSource) else request.number
        self._send(request)
        self._unanswered += 1
        try:
            while True:
                answer = self._next_answer(job, patience)
                if isinstance(answer, End):
                    self._unanswered -= 1
                    if self._unanswered:
                        continue  # the end of an earlier request, whose caller did not wait for it
                    if answer.error is not None:
                        raise answer.error
                    return
                if self._unanswered > 1 or isinstance(answer, Heartbeat):
                    continue
                if isinstance(answer, Step):
                    self._last_step_seconds = answer.seconds
                yield answer
        except GeneratorExit:
            if job is not None:
                self.cancel(job)
            raise

    def _send(self, request: Request) -> None:
        try:
            with self._sending:
                if self._pipe is not None:
                    self._pipe.send(request)
        except OSError:
            raise self._lost() from None

    def _next_answer(self, job: int | None, patience: float) -> Answer:
        """Wait for the worker, as long as it shows life and a cancel is not ignored."""
        heard = time.monotonic()
        while True:
            pipe = self._pipe
            try:
                if pipe is None:
                    raise EOFError
                if pipe.poll(POLL_SECONDS):
                    return pipe.recv()
            except (EOFError, OSError):
                raise self._lost() from None
            now = time.monotonic()
            if now - heard > max(patience, PATIENCE_STEPS * self._last_step_seconds) or self._ignores_cancel(job, now):
                raise self._lost()

    def _was_cancelled(self, job: int) -> bool:
        return self._cancel_requested is not None and job <= self._cancel_requested[0]

    def _ignores_cancel(self, job: int | None, now: float) -> bool:
        if job is None or self._cancel_requested is None or not self._was_cancelled(job):
            return False
        patience = max(PATIENCE_SECONDS, PATIENCE_STEPS * self._last_step_seconds)
        return now - self._cancel_requested[1] > patience

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, self._cache, self._threads)
        self._process = context.Process(target=worker.main, args=arguments, name="alienlab-worker", daemon=True)
        self._process.start()
        theirs.close()

    def _lost(self) -> WorkerDied:
        """Bury the process, killing it where it still runs."""
        process = self._process
        code = None
        if process is not None:
            process.join(0.2)
            if process.is_alive():
                process.kill()
                process.join()
            code = process.exitcode
        self.close()
        return WorkerDied(
            f"The process that renders stopped unexpectedly (exit code {code}). "
            "A new one has been started; what was rendered is kept."
        )


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
