"""Carries out the recipe of a laboratory's picture again, beside what is computed for its page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from alienlab.app.labs.lab_thread import LabThread
from alienlab.app.plugins import Plugins
from alienlab.domain.laboratories.ports import Carried, LabEvent, LabFailed, LabStopped, Progressed
from alienlab.domain.laboratories.replaying import job_again
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.records import RenderRecord
from alienlab.session.paths import embedded_brain


@dataclass(frozen=True, slots=True, kw_only=True)
class LabProgress:
    """How far a record is that is carried out again."""

    record: RenderRecord
    fraction: float | None
    """Share done; None where it is not known."""


class LabReplay(QObject):
    """Every record that it takes ends with ``carried``, ``failed`` or ``stopped``."""

    progressed = Signal(object)
    carried = Signal(object, object)
    """The RenderRecord, and what came of it as a Carried."""
    failed = Signal(object, str)
    """The RenderRecord, and a sentence."""
    stopped = Signal(object)

    def __init__(self, thread: LabThread, plugins: Plugins, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread, self._plugins = thread, plugins
        self._asked: dict[int, RenderRecord] = {}
        thread.happened.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return bool(self._asked)

    def carry_out(self, record: RenderRecord, recipe: LabRecipe, *, blobs: Path) -> None:
        """``recipe`` is that of the record. Raises PluginError where there is nothing to carry it out with."""
        number = self._thread.next_number()
        job = job_again(recipe, self._plugins.shelf, number=number, blobs=blobs, embedded_brain=embedded_brain())
        self._asked[number] = record
        self._thread.submit(job, stands_alone=True)
        self.progressed.emit(LabProgress(record=record, fraction=None))

    def stop(self) -> None:
        """Stop everything that is carried out again."""
        for number in tuple(self._asked):
            self._thread.stop(number)

    def _follow(self, event: LabEvent) -> None:
        if event.job not in self._asked:
            return
        match event:
            case Progressed(job, fraction):
                self.progressed.emit(LabProgress(record=self._asked[job], fraction=fraction))
            case Carried(job):
                self.carried.emit(self._asked.pop(job), event)
            case LabFailed(job, message=message, plugin=plugin):
                self.failed.emit(self._asked.pop(job), message)
                if plugin:
                    self._plugins.fail(plugin, message)
            case LabStopped(job):
                self.stopped.emit(self._asked.pop(job))
