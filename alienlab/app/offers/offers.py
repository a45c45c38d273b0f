"""What plugins offer in the window: those that are on, and the way to ask them from another thread."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.labs.lab_thread import LabThread
from alienlab.app.offers.asking import answer_of
from alienlab.app.plugins import Plugins
from alienlab.domain.events import Event, PluginBroke
from alienlab.domain.laboratories.declarations import AnyOffer, LesionOperation, Offer
from alienlab.domain.laboratories.operations import completed
from alienlab.domain.laboratories.ports import AskJob, LabEvent, PluginFailed, Progressed
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.domain.lesions import LesionSpec

POLL_SECONDS = 0.1


class Offers(QObject):
    """Offers of the plugins that are on. A plugin that fails, here or in the engine, is left alone."""

    changed = Signal()
    _broke = Signal(str, str)

    def __init__(
        self, plugins: Plugins, thread: LabThread, generation: GenerationThread, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._plugins, self._thread = plugins, thread
        plugins.changed.connect(self.changed)
        queued = Qt.ConnectionType.QueuedConnection
        self._broke.connect(plugins.fail, queued)
        generation.happened.connect(self._follow, queued)

    @property
    def shelf(self) -> Shelf:
        return self._plugins.shelf

    def of_kind(self, kind: type[AnyOffer]) -> tuple[AnyOffer, ...]:
        return self._plugins.shelf.offers(kind)

    def completed(self, spec: LesionSpec) -> LesionSpec:
        """With the amount that a plugin's operation declares, where it has none."""
        return completed(spec, self.of_kind(LesionOperation))

    def asker(
        self, step: Callable[[int, int], None] | None = None, is_stopped: Callable[[], bool] = lambda: False
    ) -> Callable[..., Any]:
        """An ``Ask`` for another thread than the window's; ``step`` is told of what the plugin says of its progress."""

        def ask(
            offer: Offer, *arguments: Any, values: Mapping[str, Any] | None = None, wants_workbench: bool = False
        ) -> Any:
            job = AskJob(
                number=self._thread.next_number(),
                offer=offer,
                arguments=arguments,
                wants_workbench=wants_workbench,
                values=values or {},
            )
            return answer_of(self._events(job, step, is_stopped))

        return ask

    def guarded(self, task: Callable[[], Any]) -> Any:
        """What a task in another thread returns; a plugin that fails in it is left alone, and its error passes."""
        try:
            return task()
        except PluginFailed as failed:
            with contextlib.suppress(RuntimeError):  # the window may be gone by then
                self._broke.emit(failed.plugin, failed.sentence)
            raise

    def _events(
        self, job: AskJob, step: Callable[[int, int], None] | None, is_stopped: Callable[[], bool]
    ) -> Iterator[LabEvent]:
        """Those of one job, until its last."""
        heard: queue.SimpleQueue[LabEvent] = queue.SimpleQueue()

        def hear(event: LabEvent) -> None:
            if event.job == job.number:
                heard.put(event)

        self._thread.happened.connect(hear, Qt.ConnectionType.DirectConnection)
        try:
            self._thread.submit(job)
            asked_to_stop = False
            while True:
                if is_stopped() and not asked_to_stop:
                    asked_to_stop = True
                    self._thread.stop(job.number)
                try:
                    event = heard.get(timeout=POLL_SECONDS)
                except queue.Empty:
                    continue
                if not isinstance(event, Progressed):
                    yield event
                    return
                if step is not None and event.fraction is not None:
                    step(round(100 * event.fraction), 100)
        finally:
            self._thread.happened.disconnect(hear)

    def _follow(self, event: Event) -> None:
        if isinstance(event, PluginBroke):
            self._plugins.fail(event.plugin, event.message)
