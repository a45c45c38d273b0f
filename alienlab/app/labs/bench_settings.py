"""What a laboratory is set to."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from alienlab.app.labs.bench_lesions import BenchLesions
from alienlab.app.labs.images import BLOB
from alienlab.app.labs.memory import Remembered
from alienlab.app.labs.resetting import Reset
from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import LARGEST_ROLLED_SEED
from alienlab.domain.laboratories.declarations import Experiment, Laboratory
from alienlab.domain.laboratories.parameters import Material, Parameter, ParameterKind, Value, Values
from alienlab.domain.recipe import LabRecipe


class BenchSettings(QObject):
    """Holds a value for every parameter of its laboratory, whichever experiment is chosen."""

    experiment_changed = Signal()
    value_changed = Signal(str)
    """The value of this parameter."""
    seed_changed = Signal()

    def __init__(
        self, laboratory: Laboratory, undo_stack: QUndoStack, remembered: Remembered, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.laboratory = laboratory
        self.brain = OpenBrain(self)
        """Has the anatomy of the laboratory's network, once it was read."""
        self._undo_stack = undo_stack
        self._parameters = {parameter.id: parameter for parameter in laboratory.parameters}
        self._values = Values(remembered.checked(laboratory.parameters))
        self._experiment = laboratory.experiment(remembered.experiment) or laboratory.experiments[0]
        self._seed, self._is_seed_locked = remembered.seed, remembered.is_seed_locked
        self.lesions = {
            parameter.id: self._lesions_of(parameter)
            for parameter in laboratory.parameters
            if parameter.kind is ParameterKind.LESIONS
        }

    @property
    def experiment(self) -> Experiment:
        return self._experiment

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Those that the experiment uses."""
        return self.laboratory.parameters_of(self._experiment)

    @property
    def values(self) -> Values:
        """Of all parameters of the laboratory."""
        return self._values

    @property
    def seed(self) -> int:
        return self._seed

    @property
    def is_seed_locked(self) -> bool:
        """Else ``run`` takes another one."""
        return self._is_seed_locked

    @property
    def recipe(self) -> LabRecipe:
        """Of what it is set to now."""
        return LabRecipe(
            laboratory=self.laboratory.key,
            experiment=self._experiment.id,
            revision=self._experiment.revision,
            values={one.id: one.to_json(self._values[one.id]) for one in self.parameters},
            seed=self._seed,
        )

    @property
    def remembered(self) -> Remembered:
        return Remembered(
            experiment=self._experiment.id,
            values={id_: self._parameters[id_].to_json(value) for id_, value in self._values.items()},
            seed=self._seed,
            is_seed_locked=self._is_seed_locked,
        )

    def change(self, id_: str, value: Any) -> None:
        """Set a parameter. Raises RecipeError where the value is none of it."""
        self.change_together({id_: value})

    def change_together(self, values: Mapping[str, Any]) -> None:
        """Set several at once; what is unknown is left out. Raises RecipeError."""
        checked = {id_: self._parameters[id_].check(value) for id_, value in values.items() if id_ in self._parameters}
        changed = {id_: value for id_, value in checked.items() if value != self._values[id_]}
        if not changed:
            return
        self._values = Values({**self._values, **changed})
        for id_ in changed:
            self._tell(id_)
        self._touch()

    def set_seed(self, seed: int) -> None:
        if seed != self._seed:
            self._seed = seed
            self.seed_changed.emit()
            self._touch()

    def roll_seed(self) -> None:
        self.set_seed(random.randint(0, LARGEST_ROLLED_SEED))

    def set_seed_locked(self, locked: bool) -> None:
        if locked is not self._is_seed_locked:
            self._is_seed_locked = locked
            self.seed_changed.emit()

    def reset(self) -> None:
        """Put every parameter back to where it is at first; can be undone."""
        defaults = Remembered().checked(self.laboratory.parameters)
        self._undo_stack.beginMacro(f"reset {self.laboratory.name}")
        for id_, lesions in self.lesions.items():
            lesions.take(_texts(defaults[id_]))
        plain = {id_: value for id_, value in defaults.items() if id_ not in self.lesions}
        self._undo_stack.push(Reset(self, before={id_: self._values[id_] for id_ in plain}, after=plain))
        self._undo_stack.endMacro()

    def forget_materials(self) -> None:
        """Another session is open: images of the last one are not in it."""
        gone = {
            id_: None
            for id_, value in self._values.items()
            if isinstance(value, Material) and value.place.startswith(BLOB)
        }
        self.change_together(gone)

    def _touch(self) -> None:
        """Something differs from before."""

    def _lesions_of(self, parameter: Parameter) -> BenchLesions:
        texts = _texts(self._values[parameter.id])
        lesions = BenchLesions(self.brain, self._undo_stack, texts, self)
        lesions.changed.connect(lambda: self.change(parameter.id, lesions.value))
        return lesions

    def _tell(self, id_: str) -> None:
        if id_ in self.lesions:
            self.lesions[id_].take(_texts(self._values[id_]))
        self.value_changed.emit(id_)


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()
