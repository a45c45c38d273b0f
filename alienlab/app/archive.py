"""Writes renders and exports beside the UI thread: a disk may take its time to sync."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThreadPool, Signal

from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.store import RenderRecord, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedRender:
    """All that is kept of a render."""

    recipe: DiffusionRecipe
    image: Image
    provenance: Provenance
    recipe_id: str
    computation_id: str


class Archive(QObject):
    """One write after another, in the order they were asked for."""

    saved = Signal(object)
    """A RenderRecord, once it is safely on disk."""
    done = Signal(str)
    """The sentence for a task that has been carried out."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def save(self, session: Session, render: FinishedRender) -> None:
        """Log a render; ``saved`` or ``failed`` follows."""

        def task() -> None:
            record: RenderRecord = session.save(
                render.recipe,
                render.image,
                render.provenance,
                recipe_id=render.recipe_id,
                computation_id=render.computation_id,
            )
            self.saved.emit(record)

        self._start(task)

    def carry_out(self, task: Callable[[], object], *, sentence: str) -> None:
        """Write something else; ``done`` with ``sentence`` or ``failed`` follows."""

        def announce() -> None:
            task()
            self.done.emit(sentence)

        self._start(announce)

    def carry_out_silently(self, task: Callable[[], object]) -> None:
        """Write something whose success is of no interest; ``failed`` may follow."""
        self._start(task)

    def finish(self) -> None:
        """Wait until everything is written."""
        self._pool.waitForDone()

    def _start(self, task: Callable[[], object]) -> None:
        def guarded() -> None:
            try:
                task()
            except AlienLabError as error:
                self.failed.emit(str(error))
            except OSError as error:
                self.failed.emit(f"Not saved: {error.strerror or error}.")

        self._pool.start(guarded)
