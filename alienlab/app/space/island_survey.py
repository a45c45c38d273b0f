"""Islands of concepts, in the intact and in the altered mind."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.inquirer import Inquirer
from alienlab.app.space.names import Names
from alienlab.domain.events import Event


class IslandSurvey(QObject):
    """The islands that were looked for last."""

    about_to_ask = Signal()
    message = Signal(object)

    def __init__(
        self,
        *,
        thread: GenerationThread,
        brain: OpenBrain,
        settings: PromptSettings,
        lesions: LesionList,
        names: Names,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._inquirer = Inquirer(thread, self)
        self._inquirer.about_to_ask.connect(self.about_to_ask)

    def interrupt(self) -> None:
        """Let what the user renders go first."""
        self._inquirer.interrupt()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        self._inquirer.follow(event)
