"""What the models have in common that ask the engine by inquiries."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.inquirer import Inquirer
from alienlab.app.space.names import Names
from alienlab.domain.errors import BrainError
from alienlab.domain.events import Event
from alienlab.domain.recipe import DiffusionRecipe


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Surroundings:
    """Who answers inquiries, and what the window is set to."""

    thread: GenerationThread
    brain: OpenBrain
    settings: PromptSettings
    lesions: LesionList
    names: Names


class Asker(QObject):
    """What is there already stays when it is stopped, and when what the user renders goes first."""

    changed = Signal()
    """Something else is there, or on its way, or another trouble."""
    about_to_ask = Signal()
    """The engine is asked for something: what may wait is to make way."""
    message = Signal(object)
    """A Message for the user."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brain, self._settings = around.brain, around.settings
        self._lesions, self._names = around.lesions, around.names
        self._inquirer = Inquirer(around.thread, self)
        self._inquirer.about_to_ask.connect(self.about_to_ask)

    @property
    def is_busy(self) -> bool:
        return self._inquirer.is_busy

    def stop(self) -> None:
        """Ask for nothing more."""
        self._inquirer.give_up()

    def interrupt(self) -> None:
        """Let what the user renders go first."""
        self._inquirer.interrupt()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        self._inquirer.follow(event)

    def _present_recipe(self, without_brain: str) -> DiffusionRecipe:
        """What the window is set to now.

        Raises BrainError with the sentence ``without_brain`` where none is open, and PatternMatchesNothing for a lesion
        without a module.
        """
        info, anatomy = self._brain.info, self._brain.anatomy
        if info is None or anatomy is None:
            raise BrainError(without_brain)
        recipe = self._settings.recipe(info, self._lesions.active)
        recipe.computation_id(anatomy)
        return recipe
