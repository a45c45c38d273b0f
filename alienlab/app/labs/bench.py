"""One laboratory at work: its values, what it computes, and what it shows."""

from __future__ import annotations

import random

from PySide6.QtCore import QObject, Signal

from alienlab.app.labs.bench_settings import BenchSettings
from alienlab.app.labs.memory import Remembered
from alienlab.app.labs.network_reader import NetworkReader
from alienlab.app.labs.work import Around, Result, Work
from alienlab.app.prompt_settings import LARGEST_ROLLED_SEED
from alienlab.domain.errors import RecipeError
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.exhibits import Exhibit
from alienlab.domain.laboratories.parameters import ParameterKind
from alienlab.domain.laboratories.ports import (
    Carried,
    LabEvent,
    LabFailed,
    LabJob,
    LabStopped,
    Progressed,
    Shown,
)
from alienlab.domain.recipe import LabRecipe


class LabBench(BenchSettings):
    """Computes what its laboratory is set to, and holds what came of it.

    A change computes at once where the experiment is live; where the parameter is slow, or the experiment is not live,
    it waits for ``run``.
    """

    exhibit_changed = Signal()
    work_changed = Signal()
    """Whether and how far it computes, whether it is behind, or its error."""
    carried_out = Signal(object)
    """A Carried of any experiment."""
    plugin_failed = Signal(str, str)
    """The plugin that is to be left alone, and why."""

    def __init__(
        self, laboratory: Laboratory, around: Around, remembered: Remembered, parent: QObject | None = None
    ) -> None:
        super().__init__(laboratory, around.undo_stack, remembered, parent)
        self._around = around
        self._settled = dict(self._values)
        self._results: dict[str, Result] = {}
        self._exhibit: Exhibit | None = None
        self._works: dict[str, Work] = {}
        self._asks: dict[int, LabJob] = {}
        self._error = ""
        self._network = NetworkReader(laboratory, self.brain, around, self)
        self._network.failed.connect(self._take_network_failure)
        self._is_looked_at = False

    # What it shows

    @property
    def exhibit(self) -> Exhibit | None:
        """The newest, also of a computation that goes on."""
        return self._exhibit

    @property
    def carried(self) -> Carried | None:
        """The newest result of this experiment."""
        result = self._results.get(self._experiment.id)
        return None if result is None else result.carried

    @property
    def is_behind(self) -> bool:
        """Whether what is shown is not of these values."""
        result = self._results.get(self._experiment.id)
        return result is None or result.asked != self.recipe

    @property
    def waits_for_run(self) -> bool:
        """Whether these values are computed only when they are asked for."""
        return self.is_behind and not self.is_busy and not (self._experiment.is_live and self._is_quick)

    @property
    def error(self) -> str:
        """Why there is no result of these values; empty where that is not known."""
        return self._error

    # What it does

    @property
    def is_busy(self) -> bool:
        """Whether this experiment is being computed, or waits for its turn."""
        return self._work is not None

    @property
    def is_running(self) -> bool:
        return self._work is not None and self._work.has_begun

    @property
    def is_asked(self) -> bool:
        """Whether it is busy with what the user pressed Run for."""
        return self._work is not None and self._work.is_asked

    @property
    def fraction(self) -> float | None:
        """Share done, 0 to 1; None where it is not known."""
        return self._work.fraction if self._work is not None else None

    @property
    def said(self) -> str:
        """What the computation says it is doing."""
        return self._work.said if self._work is not None else ""

    @property
    def others(self) -> str:
        """What has its turn while this waits, in words; empty where nothing does."""
        match self._around.thread.running:
            case LabJob(laboratory=laboratory, experiment=experiment):
                return f"“{experiment.name}” of {laboratory.name}"
            case None:
                return ""
            case _:
                return "another plugin"

    @property
    def seconds(self) -> float:
        """Since the computation began."""
        return self._work.clock.elapsed() / 1000 if self._work is not None and self._work.has_begun else 0.0

    def choose_experiment(self, id_: str) -> None:
        experiment = self.laboratory.experiment(id_)
        if experiment is None or experiment is self._experiment:
            return
        self.rest()
        self._experiment = experiment
        self._error = ""
        carried = self.carried
        self._exhibit = None if carried is None else carried.exhibit
        self.experiment_changed.emit()
        self.exhibit_changed.emit()
        self._touch()

    def restore(self, recipe: LabRecipe) -> None:
        """Take the values of a render. Raises RecipeError for what the laboratory does not know any more."""
        experiment = self.laboratory.experiment(recipe.experiment)
        if experiment is None:
            known = ", ".join(one.id for one in self.laboratory.experiments)
            raise RecipeError(f"{self.laboratory.name} has no experiment '{recipe.experiment}' now. Known are {known}.")
        if recipe.experiment != self._experiment.id:
            self.rest()
            self._experiment = experiment
            self.experiment_changed.emit()
        self._seed = recipe.seed
        self.seed_changed.emit()
        self._settled = {}
        self.change_together(recipe.values)
        self._settled = dict(self._values)
        self._touch()

    def run(self) -> None:
        """Compute what it is set to; with an unlocked seed, another one."""
        if not self._is_seed_locked:
            self._seed = random.randint(0, LARGEST_ROLLED_SEED)
            self.seed_changed.emit()
        self._submit(is_asked=True)

    def stop(self) -> None:
        """Stop what this experiment computes; a process that does not answer is ended."""
        if self._work is not None:
            self._work.is_unwanted = True
            self._around.thread.stop(self._work.job.number)

    def stop_all(self) -> None:
        """Stop what any experiment of the laboratory computes."""
        for work in list(self._works.values()):
            self._around.thread.stop(work.job.number)

    def look_at(self) -> None:
        """The page is looked at: a live experiment that shows nothing yet computes."""
        self._is_looked_at = True
        if self.is_behind and not self.is_busy and not self._error:
            self._touch()
        self._read_network()

    def leave(self) -> None:
        """The page is not looked at any more: what computes by itself rests."""
        self._is_looked_at = False
        self.rest()

    def rest(self) -> None:
        """Stop, softly, what was not asked for by Run."""
        if self._work is not None and not self._work.is_asked:
            self._around.thread.stop(self._work.job.number, insists=False)

    def follow(self, event: LabEvent) -> None:
        """Take in an event of the thread."""
        if self._network.follow(event):
            return
        job = self._asks.get(event.job)
        if job is None:
            return
        match event:
            case Progressed():
                self._take_progress(event)
            case Shown():
                if job.experiment is self._experiment and not self._is_outdone(job):
                    self._show(event.exhibit)
            case Carried():
                self._take_result(job, event)
            case LabFailed():
                self._fail(job, event)
            case LabStopped():
                self._take_stop(job)
            case _:
                return

    def begin(self, number: int) -> None:
        """A job of the thread has its turn."""
        work = self._work_of(number)
        if work is not None:
            work.has_begun = True
            work.clock.start()
            self.work_changed.emit()

    # Asking

    @property
    def _work(self) -> Work | None:
        """Of the experiment that is looked at."""
        return self._works.get(self._experiment.id)

    def _work_of(self, number: int) -> Work | None:
        return next((work for work in self._works.values() if work.job.number == number), None)

    def _touch(self) -> None:
        """Something differs: compute it, or say that what is shown is behind."""
        self._error = ""
        if self._is_looked_at and self.is_behind and self._experiment.is_live and self._is_quick:
            self._submit(is_asked=False)
        elif not self.is_behind:
            self.rest()
        self.work_changed.emit()

    @property
    def _is_quick(self) -> bool:
        """Whether the slow parameters are as they were when they were computed last."""
        slow = (one.id for one in self.parameters if one.is_slow)
        return all(self._values[id_] == self._settled.get(id_) for id_ in slow)

    def _submit(self, *, is_asked: bool) -> None:
        job = LabJob(
            number=self._around.thread.next_number(),
            laboratory=self.laboratory,
            experiment=self._experiment,
            recipe=self.recipe,
            blobs=self._around.blobs(),
            embedded_brain=self._around.embedded_brain,
        )
        self._error = ""
        self._settled = dict(self._values)
        self._asks[job.number] = job
        self._works[job.experiment.id] = Work(job, is_asked)
        self.work_changed.emit()
        self._around.thread.submit(job)

    def _take_progress(self, event: Progressed) -> None:
        work = self._work_of(event.job)
        if work is not None:
            work.fraction, work.said = event.fraction, event.message
            self.work_changed.emit()

    def _take_result(self, job: LabJob, carried: Carried) -> None:
        if not self._is_outdone(job):
            self._results[job.experiment.id] = Result(job.recipe, carried)
            if job.experiment is self._experiment:
                self._error = ""
                self._show(carried.exhibit)
        self._end(job)
        self.carried_out.emit(carried)
        self._read_network()

    def _is_outdone(self, job: LabJob) -> bool:
        """Whether what it is set to now is shown already, and this job is of other values."""
        return job.experiment is self._experiment and not self.is_behind and job.recipe != self.recipe

    def _show(self, exhibit: Exhibit) -> None:
        self._exhibit = exhibit
        self.exhibit_changed.emit()

    def _take_stop(self, job: LabJob) -> None:
        """What was only to rest goes on where its page is looked at again."""
        work = self._work_of(job.number)
        self._end(job)
        if work is not None and not work.is_unwanted and job.experiment is self._experiment:
            self._touch()

    def _fail(self, job: LabJob, event: LabFailed) -> None:
        if job.recipe == self.recipe:
            self._error = event.message
        self._end(job)
        if event.plugin:
            self.plugin_failed.emit(event.plugin, event.message)

    def _end(self, job: LabJob) -> None:
        self._asks.pop(job.number, None)
        if self._work_of(job.number) is not None:
            del self._works[job.experiment.id]
        self.work_changed.emit()

    # The network

    def _read_network(self) -> None:
        """Where its lesions are looked at, and nothing else is on its way."""
        shown = any(one.kind is ParameterKind.LESIONS for one in self.parameters)
        if shown and self._is_looked_at and not self.is_busy:
            self._network.read(self.recipe)

    def _take_network_failure(self, plugin: str, message: str) -> None:
        self._error = message
        self.work_changed.emit()
        if plugin:
            self.plugin_failed.emit(plugin, message)
