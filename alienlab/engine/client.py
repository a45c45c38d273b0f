"""The engine in a worker process of its own, as the application sees it. Imports no torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from alienlab.domain.errors import WorkerDied
from alienlab.domain.events import Cancelled, Done, Event, Step
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, RenderJob
from alienlab.engine import worker
from alienlab.engine.offered import AtWork, Call, no_plugins
from alienlab.engine.process.spawned import PATIENCE_SECONDS, CancelRequest, ProcessLost, SpawnedProcess
from alienlab.engine.processor import usable_cores
from alienlab.engine.worker import Request

PATIENCE_STEPS = 5
"""Durations of the last denoising step that a worker may be silent for, or ignore a cancel, where that is longer than
PATIENCE_SECONDS."""
OPENING_PATIENCE_SECONDS = 60.0
"""Time without a heartbeat while libraries are imported and weights are read."""


class WorkerEngine:
    """Implements ``alienlab.domain.ports.Engine``; respawns its process, with the brain, when it was lost.

    ``call`` imports and calls functions of plugins there; it travels by its name.
    """

    def __init__(self, cache: Path, *, threads: int | None = None, call: Call = no_plugins) -> None:
        arguments = (cache, threads or usable_cores(), call)
        self._process = SpawnedProcess(worker.main, arguments, name="alienlab-worker")
        self._source: BrainSource | None = None
        self._has_brain = False
        self._cancelled = CancelRequest()
        self._last_step_seconds = 0.0
        self.equipment: Callable[[], Equipment] = Equipment
        """Asked before each request, in its thread, for what plugins offer then."""
        self._equipped = Equipment()
        self._at_work = ""

    @property
    def process_id(self) -> int | None:
        """Of the worker, while there is one."""
        return self._process.id

    def start(self) -> None:
        """Spawn the worker ahead of the first request, so that its imports run beside the caller's work."""
        self._process.start()

    def open(self, source: BrainSource) -> Iterator[Event]:
        """See ``Engine.open``."""
        yield from self._equip()
        yield from self._request(source, patience=OPENING_PATIENCE_SECONDS)
        self._source, self._has_brain = source, True

    def render(self, job: RenderJob) -> Iterator[Event]:
        """See ``Engine.render``."""
        yield from self._reopen_if_lost()
        try:
            yield from self._request(job, patience=PATIENCE_SECONDS)
        except WorkerDied:
            if not self._cancelled.covers(job.number) or self._at_work:
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
        self._has_brain, self._equipped = False, Equipment()
        self._process.close()

    def _reopen_if_lost(self) -> Iterator[Event]:
        """The brain, in a new process."""
        if self._source is not None and not self._has_brain:
            yield from self.open(self._source)
        yield from self._equip()

    def _equip(self) -> Iterator[Event]:
        """Tell the process what plugins offer, where it does not know."""
        wanted = self.equipment()
        if wanted != self._equipped:
            yield from self._request(wanted, patience=OPENING_PATIENCE_SECONDS)
            self._equipped = wanted

    def _request(self, request: Request, *, patience: float) -> Iterator[Event]:
        """Send a request and yield its events; raise its error, or WorkerDied where the process is lost."""
        job = None if isinstance(request, BrainSource | Equipment) else request.number
        self._at_work = ""

        def is_hopeless(silence: float) -> bool:
            return silence > self._at_least(patience) or self._ignores_cancel(job)

        try:
            for event in self._process.exchange(request, job=job, is_hopeless=is_hopeless):
                if isinstance(event, AtWork):
                    self._at_work = event.plugin
                    continue
                if isinstance(event, Step):
                    self._last_step_seconds = event.seconds
                yield event
        except GeneratorExit:
            if job is not None:
                self.cancel(job)
            raise
        except ProcessLost as lost:
            self._has_brain, self._equipped = False, Equipment()
            raise self._death(lost, job) from None

    def _death(self, lost: ProcessLost, job: int | None) -> WorkerDied:
        if self._at_work:
            did = "did not return" if job is not None and self._cancelled.covers(job) else "ended its process"
            sentence = f"The plugin {self._at_work} {did} while it worked for the process that renders. A new one has"
            return WorkerDied(f"{sentence} been started; what was rendered is kept.", plugin=self._at_work)
        return WorkerDied(
            f"The process that renders stopped unexpectedly (exit code {lost.exit_code}). "
            "A new one has been started; what was rendered is kept."
        )

    def _ignores_cancel(self, job: int | None) -> bool:
        return job is not None and self._cancelled.age(job) > self._at_least(PATIENCE_SECONDS)

    def _at_least(self, patience: float) -> float:
        return max(patience, PATIENCE_STEPS * self._last_step_seconds)
