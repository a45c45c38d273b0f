"""What the window shows first: the last comparison, or one that asks nothing of the user."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from alienlab.app.comparison import Comparison
from alienlab.app.experiments import FIRST_PROMPT, first_lesion
from alienlab.app.lesion_list import LesionList
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.pairs import Pairs
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.session_log import SessionLog
from alienlab.domain.brain import BrainInfo
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.log.store import RenderRecord

MOST_RESTORED = 24
"""Tiles that come back into the grid with the last comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is asked for at the start; where nothing is, the session or the brain decides."""

    prompt: str | None = None
    lesions: tuple[LesionSpec, ...] = ()

    @property
    def is_asked_for(self) -> bool:
        return self.prompt is not None or bool(self.lesions)


class Restoration(QObject):
    """Brings settings, lesions and images back from records."""

    message = Signal(object)
    lab_wanted = Signal(object)
    """A LabRecipe whose laboratory is to be opened with its values: prompt and lesions stay as they are."""

    def __init__(
        self,
        *,
        brain: OpenBrain,
        settings: PromptSettings,
        lesions: LesionList,
        comparison: Comparison,
        session: SessionKeeper,
        log: SessionLog,
        pairs: Pairs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._brain = brain
        self._settings = settings
        self._lesions = lesions
        self._comparison = comparison
        self._session = session
        self._log = log
        self._pairs = pairs

    def restore(self, record: RenderRecord) -> None:
        """Take settings and lesions from a record and show its image; or open its laboratory."""
        recipe = record.recipe
        if isinstance(recipe, LabRecipe):
            self.open_lab(recipe)
            return
        self._settings.restore(recipe)
        self._lesions.replace_all(recipe.lesions)
        self._show(record)
        info = self._brain.info
        if info is not None and recipe.brain != info.hash:
            text = f"This was made with another brain than {info.name}; rendering it here gives another image."
            self.message.emit(Message(text, Tone.WARNING))

    def open_lab(self, recipe: LabRecipe) -> None:
        """Ask for the laboratory of a picture, with its values."""
        self.lab_wanted.emit(recipe)

    def restore_last(self) -> bool:
        """Show the brain's newest render beside what was made of the same prompt and noise; False without one."""
        newest = self._log.newest_imagined()
        if newest is None or not isinstance(newest.recipe, DiffusionRecipe):
            return False
        self._settings.restore(newest.recipe)
        self._lesions.replace_all(newest.recipe.lesions)
        self._lesions.undo_stack.clear()
        tiles = (self._session.tile(record) for record in reversed(self._log.beside(newest, limit=MOST_RESTORED)))
        self._comparison.add(tile for tile in tiles if tile is not None)
        self._show(newest)
        return True

    def begin_anew(self, beginning: Beginning, info: BrainInfo) -> None:
        """Set prompt and lesions for the first comparison."""
        self._settings.set_prompt(beginning.prompt if beginning.prompt is not None else self._first_prompt(info))
        if beginning.lesions:
            self._lesions.replace_all(map(self._lesions.complete, beginning.lesions))
        elif self._brain.anatomy is not None and not beginning.is_asked_for:
            self._lesions.replace_all((first_lesion(self._brain.anatomy),))
        self._lesions.undo_stack.clear()

    def _first_prompt(self, info: BrainInfo) -> str:
        written = self._settings.values.prompt
        if written or not info.prompts or FIRST_PROMPT in info.prompts:
            return written or FIRST_PROMPT
        return info.prompts[0]

    def _show(self, record: RenderRecord) -> None:
        tile = self._session.tile(record)
        if tile is None:
            text = f"The image of render {record.number} is gone or damaged. Press Render to make it again."
            self.message.emit(Message(text, Tone.WARNING))
            return
        self._comparison.compare(self._pairs.intact_of(tile), tile)
