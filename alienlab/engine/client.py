"""The engine in a worker process of its own, as the application sees it. Imports no torch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alienlab.domain.errors import WorkerDied
from alienlab.domain.events import Cancelled, Done, Event, Step
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, RenderJob
from alienlab.engine import worker
from alienlab.engine.process.spawned import PATIENCE_SECONDS, CancelRequest, ProcessLost, SpawnedProcess
from alienlab.engine.processor import usable_cores
from alienlab.engine.worker import Request

PATIENCE_STEPS = 5
"""Durations of the last denoising step that a worker may be silent for, or ignore a cancel, where that is longer than
PATIENCE_SECONDS."""
OPENING_PATIENCE_SECONDS = 60.0
"""Time without a heartbeat while libraries are imported and weights are read."""


class WorkerEngine:
    """Implements ``alienlab.domain.ports.Engine``; respawns its process, with the brain, when it was lost."""

    def __init__(self, cache: Path, *, threads: int | None = None) -> None:
        arguments = (cache, threads or usable_cores())
        self._process = SpawnedProcess(worker.main, arguments, name="alienlab-worker")
        self._source: BrainSource | None = None
        self._has_brain = False
        self._cancelled = CancelRequest()
        self._last_step_seconds = 0.0

    @property
    def process_id(self) -> int | None:
        """Of the worker, while there is one."""
        return self._process.id

    def start(self) -> None:
        """Spawn the worker ahead of the first request, so that its imports run beside the caller's work."""
        self._process.start()

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
            if not self._cancelled.covers(job.number):
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
        self._cancelled.ask(job)
        self._process.cancel(job)

    def close(self) -> None:
        """End the process."""
        self._has_brain = False
        self._process.close()

    def _reopen_if_lost(self) -> Iterator[Event]:
        """The brain, in a new process."""
        if self._source is not None and not self._has_brain:
            yield from self.open(self._source)

    def _request(self, request: Request, *, patience: float) -> Iterator[Event]:
        """Send a request and yield its events; raise its error, or WorkerDied where the process is lost."""
        job = None if isinstance(request, BrainSource) else request.number

        def is_hopeless(silence: float) -> bool:
            return silence > self._at_least(patience) or self._ignores_cancel(job)

        try:
            for event in self._process.exchange(request, job=job, is_hopeless=is_hopeless):
                if isinstance(event, Step):
                    self._last_step_seconds = event.seconds
                yield event
        except GeneratorExit:
            if job is not None:
                self.cancel(job)
            raise
        except ProcessLost as lost:
            self._has_brain = False
            raise WorkerDied(
                f"The process that renders stopped unexpectedly (exit code {lost.exit_code}). "
                "A new one has been started; what was rendered is kept."
            ) from None

    def _ignores_cancel(self, job: int | None) -> bool:
        return job is not None and self._cancelled.age(job) > self._at_least(PATIENCE_SECONDS)

    def _at_least(self, patience: float) -> float:
        return max(patience, PATIENCE_STEPS * self._last_step_seconds)
