"""The plugins' process, as the application sees it. Imports none of what plugins compute with."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Failure
from alienlab.domain.laboratories.ports import (
    AskJob,
    LabEvent,
    LabFailed,
    LabJob,
    LabStopped,
    NetworkJob,
    PluginJob,
    Progressed,
    Shown,
)
from alienlab.engine.process.spawned import PATIENCE_SECONDS, CancelRequest, ProcessLost, SpawnedProcess
from alienlab.engine.processor import usable_cores
from alienlab.extensions import worker

LOG = "plugins.log"
STARTING_PATIENCE = 60.0
"""Least seconds without a word while a plugin is imported, with all that it imports."""


class PluginProcess:
    """Implements ``alienlab.domain.laboratories.ports.PluginEngine``; its process is spawned when it is needed."""

    def __init__(
        self, cache: Path, *, threads: int | None = None, starting_patience: float = STARTING_PATIENCE
    ) -> None:
        arguments = (cache / LOG, threads or usable_cores())
        self._process = SpawnedProcess(worker.main, arguments, name="alienlab-plugins")
        self._starting_patience = starting_patience
        self._killed = CancelRequest()

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.id

    def start(self) -> None:
        """See ``PluginEngine.start``."""
        self._process.bury_if_dead()
        self._process.start()

    def run(self, job: PluginJob) -> Iterator[LabEvent]:
        """See ``PluginEngine.run``."""
        self._process.settle(PATIENCE_SECONDS)
        self._process.bury_if_dead()
        watch = _Watch(job, starting_patience=self._starting_patience)

        def is_hopeless(_: float) -> bool:
            return watch.is_over or (not watch.is_done and self._killed.age(job.number) > PATIENCE_SECONDS)

        try:
            for event in self._process.exchange(job, job=job.number, is_hopeless=is_hopeless):
                watch.note(event)
                yield event
                watch.go_on()
        except GeneratorExit:
            self.stop(job.number)
            raise
        except ProcessLost as lost:
            if not watch.is_done:
                yield LabStopped(job.number) if self._killed.covers(job.number) else watch.blame(lost)
        except AlienLabError as error:
            yield LabFailed(job.number, Failure.USER, str(error))

    def stop(self, job: int, *, insists: bool = True) -> None:
        """See ``PluginEngine.stop``. May be called from any thread."""
        if insists:
            self._killed.ask(job)
        self._process.cancel(job)

    def close(self) -> None:
        """End the process."""
        self._process.close()


class _Watch:
    """Listens to one job, and says who is to blame where nothing comes of it."""

    def __init__(self, job: PluginJob, *, starting_patience: float) -> None:
        self._job, self._patience = job, _patience(job)
        self._starting_patience = max(starting_patience, self._patience)
        self._heard = time.monotonic()
        self._words = 0
        self.is_done = False

    def note(self, event: LabEvent) -> None:
        self._heard = time.monotonic()
        self._words += 1
        self.is_done = not isinstance(event, Progressed | Shown)

    def go_on(self) -> None:
        """The time that the caller took for an event is not the plugin's."""
        self._heard = time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether nothing was heard for longer than is to be borne."""
        return not self.is_done and time.monotonic() - self._heard > self._borne

    def blame(self, lost: ProcessLost) -> LabFailed:
        """The failure of a job whose process is gone."""
        plugin, name = _blamed(self._job)
        if not self._words:
            sentence = f"The process in which plugins compute could not be started (exit code {lost.exit_code})."
            return LabFailed(self._job.number, Failure.WORKER, sentence)
        if self.is_over:
            what = f"computed “{name}” for {self._borne:g} s without a word of progress, so it was ended."
        else:
            what = f"ended its process while it computed “{name}” (exit code {lost.exit_code})."
        return LabFailed(self._job.number, Failure.WORKER, f"The plugin {plugin} {what}", plugin)

    @property
    def _borne(self) -> float:
        """The first word says that the plugin is being imported, the second that it computes."""
        return self._starting_patience if self._words < 2 else self._patience


def _patience(job: PluginJob) -> float:
    match job:
        case LabJob(experiment=experiment):
            return experiment.patience
        case AskJob(patience=patience):
            return patience
        case NetworkJob(laboratory=laboratory):
            return max(experiment.patience for experiment in laboratory.experiments)


def _blamed(job: PluginJob) -> tuple[str, str]:
    """The plugin, and what it was asked for."""
    match job:
        case LabJob(laboratory=laboratory, experiment=experiment):
            return laboratory.plugin, experiment.name
        case NetworkJob(laboratory=laboratory):
            return laboratory.plugin, f"the network of {laboratory.name}"
        case AskJob(offer=offer):
            return offer.plugin, offer.name
