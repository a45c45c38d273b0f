"""What the models have in common that ask the engine by inquiries."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.open_brain import OpenBrain
from alienlab.app.space.inquirer import Inquirer
from alienlab.domain.events import Event


class Asker(QObject):
    """What is there already stays when it is stopped, and when what the user renders goes first."""

    changed = Signal()
    """Something else is there, or on its way, or another trouble."""
    about_to_ask = Signal()
    """The engine is asked for something: what may wait is to make way."""
    message = Signal(object)
    """A Message for the user."""

    def __init__(self, thread: GenerationThread, brain: OpenBrain, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._brain = brain
        self._inquirer = Inquirer(thread, self)
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
