"""Reads the anatomy of a laboratory's network."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.app.labs.work import Around
from alienlab.app.open_brain import OpenBrain
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.parameters import ParameterKind
from alienlab.domain.laboratories.ports import LabEvent, LabFailed, LabStopped, NetworkJob, NetworkRead
from alienlab.domain.recipe import LabRecipe


class NetworkReader(QObject):
    """Asks again where other values may make for another network. ``brain`` is given what was read."""

    failed = Signal(str, str)
    """The plugin that is to be left alone, which may be empty, and why."""

    def __init__(self, laboratory: Laboratory, brain: OpenBrain, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._laboratory, self._brain, self._around = laboratory, brain, around
        self._lesions = {one.id for one in laboratory.parameters if one.kind is ParameterKind.LESIONS}
        self._asked: tuple[int, LabRecipe] | None = None

    def read(self, recipe: LabRecipe) -> None:
        """The network for the values of a recipe, whose lesions do not matter."""
        intact = LabRecipe(
            laboratory=recipe.laboratory,
            experiment=recipe.experiment,
            revision=recipe.revision,
            values={id_: value for id_, value in recipe.values.items() if id_ not in self._lesions},
        )
        if self._laboratory.network is None or (self._asked is not None and self._asked[1] == intact):
            return
        number = self._around.thread.next_number()
        self._asked = number, intact
        self._around.thread.submit(
            NetworkJob(number=number, laboratory=self._laboratory, recipe=intact, blobs=self._around.blobs())
        )

    def follow(self, event: LabEvent) -> bool:
        """Take in an event of the thread; False for one of another job."""
        if self._asked is None or event.job != self._asked[0]:
            return False
        match event:
            case NetworkRead():
                self._brain.set_anatomy(event.anatomy)
            case LabFailed():
                self.failed.emit(event.plugin, event.message)
            case LabStopped():
                self._asked = None
            case _:
                return True
        return True
