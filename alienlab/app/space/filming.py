"""A render seen from inside, step by step."""

from __future__ import annotations

from PySide6.QtCore import QObject

from alienlab.app.space.asker import Asker, Surroundings
from alienlab.app.space.veiling import checked
from alienlab.domain.brain import FLAGGED
from alienlab.domain.events import Finished, Followed
from alienlab.domain.filmstrip import Filmstrip, Frame
from alienlab.domain.ports import RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.inquiries import film

NO_BRAIN = "Open a brain first: the render is made once more, and followed step by step."
FLAGGED_STEPS = (
    "The safety checker flags this render, so its steps are not shown. The View menu has “Blur what the safety checker "
    "flags”: switch that off to see them."
)
ANOTHER_BRAIN = "This render is by another brain. Open that one to see its steps."


class Filming(Asker):
    """The film that was made last, or as much of it as there is."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(around, parent)
        self._recipe: DiffusionRecipe | None = None
        self._film: Filmstrip | None = None
        self._trouble = ""
        self._checks_safety = self._is_flagged = False
        self._inquirer.followed.connect(self._take_step)
        self._inquirer.rendered.connect(self._take_image)
        self._inquirer.answered.connect(self._take_film)
        self._inquirer.refused.connect(self._refuse)

    @property
    def recipe(self) -> DiffusionRecipe | None:
        return self._recipe

    @property
    def film(self) -> Filmstrip | None:
        """Without words of the recogniser until all steps are there."""
        return self._film

    @property
    def trouble(self) -> str:
        """Why there is no film, for a person to read."""
        return self._trouble

    @property
    def recognises(self) -> bool:
        """Whether somebody says what each step is of."""
        info = self._brain.info
        return info is not None and info.recogniser is not None

    def show(self, recipe: DiffusionRecipe) -> None:
        """Follow a render from its noise on."""
        self.stop()
        info = self._brain.info
        self._recipe, self._film, self._trouble, self._is_flagged = recipe, None, "", False
        if info is None or info.hash != recipe.brain:
            self._trouble = NO_BRAIN if info is None else ANOTHER_BRAIN
        else:
            inquiry = film(recipe, recognise=self.recognises)
            self._inquirer.ask(checked(inquiry) if self._checks_safety else inquiry)
        self.changed.emit()

    def set_checks_safety(self, checks: bool) -> None:
        """Show nothing before the safety checker of the brain has seen the image."""
        self._checks_safety = checks

    def _take_step(self, event: Followed) -> None:
        """A render that begins once more does so with its noise."""
        if self._checks_safety:
            return
        assert self._recipe is not None
        frame = Frame(event.step, event.latents, event.preview, event.image)
        earlier = () if self._film is None or event.step == 0 else self._film.frames
        self._film = Filmstrip(self._recipe, (*earlier, frame))
        self.changed.emit()

    def _take_image(self, job: RenderJob, row: int, finished: Finished) -> None:
        self._is_flagged = FLAGGED in finished.provenance.notes

    def _take_film(self, made: Filmstrip) -> None:
        self._film = None if self._is_flagged else made
        self._trouble = FLAGGED_STEPS if self._is_flagged else ""
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._trouble = sentence
        self.changed.emit()
