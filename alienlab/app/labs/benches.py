"""The benches of the window: one for each laboratory that was opened, and which of them is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QUndoStack

from alienlab.app.archive import FinishedRender
from alienlab.app.comparison import Comparison, Tile, TileState
from alienlab.app.labs.bench import LabBench
from alienlab.app.labs.lab_thread import LabThread
from alienlab.app.labs.memory import LabMemory
from alienlab.app.labs.work import Around
from alienlab.app.messages import Message, Tone
from alienlab.app.plugins import Plugins
from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.parameters import Material, ParameterKind
from alienlab.domain.laboratories.ports import LabEvent
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.reading import BLOBS_FOLDER

SAVING_MS = 1000
"""How long changes are gathered before they are written."""


class Benches(QObject):
    """Opens laboratories and keeps their results."""

    changed = Signal()
    """Other laboratories are on than before."""
    current_changed = Signal()
    """Another bench is looked at, or none."""
    shown = Signal()
    """A laboratory was opened from elsewhere and is to be looked at."""
    carried = Signal(object, object)
    """A Laboratory and the Image of its newest result."""
    kept = Signal()
    """A result went into the log and onto the canvas."""
    message = Signal(object)

    def __init__(
        self,
        *,
        plugins: Plugins,
        thread: LabThread,
        session: SessionKeeper,
        comparison: Comparison,
        undo_stack: QUndoStack,
        memory: LabMemory,
        embedded_brain: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plugins, self._thread, self._session, self._comparison = plugins, thread, session, comparison
        self._memory = memory
        self._around = Around(thread=thread, undo_stack=undo_stack, blobs=self._blobs, embedded_brain=embedded_brain)
        self._benches: dict[str, LabBench] = {}
        self._current: LabBench | None = None
        self._timer = QTimer(self, singleShot=True, interval=SAVING_MS)
        self._timer.timeout.connect(self._save)
        queued = Qt.ConnectionType.QueuedConnection
        thread.happened.connect(self._follow, queued)
        thread.begun.connect(self._begin, queued)
        plugins.changed.connect(self._take_plugins)
        session.changed.connect(self._take_session)

    @property
    def laboratories(self) -> tuple[Laboratory, ...]:
        """All that are on."""
        return self._plugins.shelf.offers(Laboratory)

    @property
    def folds_guide(self) -> bool:
        """Whether the user has folded away what to look for."""
        return self._memory.folds_guide

    def fold_guide(self, folded: bool) -> None:
        self._memory.folds_guide = folded
        self._save_soon()

    @property
    def current(self) -> LabBench | None:
        """The one that is looked at."""
        return self._current

    def bench(self, name: str) -> LabBench:
        """By ``plugin/laboratory`` or a laboratory's id; made where it was not open yet. Raises PluginError."""
        laboratory = self._plugins.shelf.find(Laboratory, name)
        if laboratory.key not in self._benches:
            self._benches[laboratory.key] = self._made(laboratory)
        return self._benches[laboratory.key]

    def open(self, name: str) -> LabBench:
        """Look at a laboratory. Raises PluginError."""
        bench = self.bench(name)
        if bench is not self._current:
            self.close_current()
            self._current = bench
            self.current_changed.emit()
            bench.look_at()
        return bench

    def close_current(self) -> None:
        """Look at none."""
        bench, self._current = self._current, None
        if bench is not None:
            bench.leave()
            self.current_changed.emit()

    def restore(self, recipe: LabRecipe) -> None:
        """Open the laboratory of a render with its values; the user is told where that cannot be."""
        self._try(lambda: self.open(recipe.laboratory).restore(recipe), shows=True)

    def look_at_image(self, laboratory: Laboratory, material: Material) -> None:
        """Open a laboratory with an image in its first parameter that takes one."""
        parameter = next(one for one in laboratory.parameters if one.kind is ParameterKind.IMAGE)

        def look() -> None:
            bench = self.open(laboratory.key)
            user = next(one for one in laboratory.experiments if parameter.id in one.parameters)
            if parameter.id not in bench.experiment.parameters:
                bench.choose_experiment(user.id)
            bench.change(parameter.id, material)

        self._try(look, shows=True)

    def keep(self, bench: LabBench) -> None:
        """Put what a bench shows into the log and onto the canvas."""
        carried = bench.carried
        if carried is None:
            self.message.emit(Message("There is no result to keep yet. Press Run.", Tone.NOTE))
            return
        id_ = carried.recipe.id()
        tile = Tile(
            key=id_,
            recipe=carried.recipe,
            state=TileState.FINISHED,
            image=carried.image,
            provenance=carried.provenance,
        )
        is_new = self._session.find(id_) is None
        if is_new:
            self._session.save(
                FinishedRender(
                    recipe=carried.recipe,
                    image=carried.image,
                    provenance=carried.provenance,
                    recipe_id=id_,
                    computation_id=id_,
                )
            )
        self._comparison.add([tile])
        text = "Kept in the log and on the canvas." if is_new else "The log has this already; it is on the canvas now."
        self.message.emit(Message(text, Tone.NOTE, topic="labs.keep"))
        self.kept.emit()

    def finish(self) -> None:
        """The window closes."""
        self._save()
        self._thread.close()

    def _made(self, laboratory: Laboratory) -> LabBench:
        bench = LabBench(laboratory, self._around, self._memory.get(laboratory.key), self)
        for changed in (bench.value_changed, bench.seed_changed, bench.experiment_changed):
            changed.connect(self._save_soon)
        bench.plugin_failed.connect(self._plugins.fail)
        bench.carried_out.connect(lambda carried: self.carried.emit(laboratory, carried.image))
        return bench

    def _follow(self, event: LabEvent) -> None:
        for bench in tuple(self._benches.values()):  # one whose plugin fails leaves
            bench.follow(event)

    def _begin(self, number: int) -> None:
        for bench in self._benches.values():
            bench.begin(number)

    def _take_plugins(self) -> None:
        """A laboratory that is not on any more is closed, and begins anew when it is switched on."""
        keys = {laboratory.key for laboratory in self.laboratories}
        for key in [key for key in self._benches if key not in keys]:
            bench = self._benches.pop(key)
            self._memory.keep(key, bench.remembered)
            if bench is self._current:
                self._current = None
                self.current_changed.emit()
            bench.stop_all()
            bench.deleteLater()
        self.changed.emit()

    def _take_session(self) -> None:
        for bench in self._benches.values():
            bench.forget_materials()

    def _blobs(self) -> Path | None:
        session = self._session.session
        return None if session is None else session.folder / BLOBS_FOLDER

    def _save_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _save(self) -> None:
        self._timer.stop()
        for key, bench in self._benches.items():
            self._memory.keep(key, bench.remembered)
        self._memory.save()

    def _try(self, act: Callable[[], object], *, shows: bool) -> None:
        try:
            act()
        except AlienLabError as error:
            self.message.emit(Message(str(error), Tone.WARNING, ("plugins.show",)))
            return
        if shows:
            self.shown.emit()
