"""How varied a mind's images are, intact and altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject

from alienlab.app.pictures import shrunk
from alienlab.app.space.asker import Asker, Surroundings
from alienlab.domain.brain import FLAGGED
from alienlab.domain.concepts import Law
from alienlab.domain.differences import INTACT_CAPTION
from alienlab.domain.errors import AlienLabError, RecogniserError, SweepError
from alienlab.domain.events import Finished, Image
from alienlab.domain.ports import RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.breadth import Breadth
from alienlab.domain.space.inquiries import Inquiry, breadth
from alienlab.domain.space.walks import gallery

NO_BRAIN = "Breadth can be measured as soon as a brain is open."
NO_RECOGNISER = "Nobody here can say what images are of, and breadth is a matter of that. Choose a recogniser first."
TOO_FEW = "Breadth is a matter of several images. Take at least two points."
THUMBNAIL = 96
"""Longest side of the images that are kept, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreadthWish:
    """Random points, the same for all minds."""

    points: int = 48
    law: Law = Law.GAUSSIAN
    first_seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A small image, and where it came from."""

    recipe: DiffusionRecipe
    image: Image
    is_flagged: bool
    seen: str
    """What it is of."""


@dataclass(slots=True, eq=False)
class Finding:
    """What is known of a mind so far."""

    mind: str
    """Its lesions, or that it is intact."""
    wanted: int
    """Points that are looked at."""
    pictures: dict[DiffusionRecipe, Picture] = field(default_factory=dict)
    breadth: Breadth | None = None
    trouble: str = ""
    """Why there is no breadth."""


class BreadthSurvey(Asker):
    """The breadth that was measured last."""

    def __init__(
        self,
        around: Surroundings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(around, parent)
        self._findings: dict[DiffusionRecipe, Finding] = {}
        self._trouble = ""
        self._checks_safety = False
        self._inquirer.rendered.connect(self._take_image)
        self._inquirer.refused.connect(self._refuse)
        self._inquirer.changed.connect(self.changed)
        around.brain.info_changed.connect(self._take_brain)
        around.lesions.changed.connect(self.changed)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The intact mind's, then the altered one's where there is one."""
        return tuple(self._findings.values())

    @property
    def trouble(self) -> str:
        """Why nothing can be measured, for a person to read."""
        return self._trouble

    @property
    def lacks_recogniser(self) -> bool:
        return self._brain.info is not None and self._brain.info.recogniser is None

    @property
    def progress(self) -> tuple[int, int]:
        """Images that are there, and those that are wanted."""
        findings = self._findings.values()
        return sum(len(one.pictures) for one in findings), sum(one.wanted for one in findings)

    def measure(self, wish: BreadthWish) -> None:
        """In the intact mind and, where there are lesions, in the altered one; ``trouble`` where that cannot be."""
        self._inquirer.give_up()
        self._trouble = ""
        try:
            base = self._wanted(wish)
        except AlienLabError as error:
            self._refuse(str(error))
            return
        points = gallery(wish.law, first_seed=wish.first_seed, count=wish.points).points
        minds = (base.intact, base) if base.lesions else (base,)
        self._findings = {mind: Finding(_said(mind), wish.points) for mind in minds}
        recipes = [[replace(mind, prompt=point) for point in points] for mind in minds]
        self._inquirer.ask(self._survey(recipes))

    def set_checks_safety(self, checks: bool) -> None:
        """What nobody has checked is forgotten where checks are wanted."""
        if checks and not self._checks_safety:
            self._inquirer.give_up()
            self._findings = {}
            self.changed.emit()
        self._checks_safety = checks

    def _wanted(self, wish: BreadthWish) -> DiffusionRecipe:
        """What is imagined with. Raises AlienLabError where something is missing or wrong."""
        base = self._present_recipe(NO_BRAIN)
        if self.lacks_recogniser:
            raise RecogniserError(NO_RECOGNISER)
        if wish.points < 2:
            raise SweepError(TOO_FEW)
        return base

    def _survey(self, recipes: Sequence[Sequence[DiffusionRecipe]]) -> Inquiry[None]:
        """A mind that breadth cannot be measured of does not keep the other one from it."""
        info = self._brain.info
        at_once = None if info is None else info.pace.batch_class
        for finding, own in zip(self._findings.values(), recipes, strict=True):
            try:
                finding.breadth, _ = yield from breadth(own, at_once=at_once, check_safety=self._checks_safety)
            except AlienLabError as error:
                finding.trouble = str(error)
            self.changed.emit()

    def _take_image(self, job: RenderJob, row: int, end: Finished) -> None:
        recipe = job.recipes[row]
        finding = next(one for mind, one in self._findings.items() if mind.lesions == recipe.lesions)
        seen = "" if end.recognition is None else end.recognition.summary
        is_flagged = FLAGGED in end.provenance.notes
        finding.pictures[recipe] = Picture(recipe, shrunk(end.image, THUMBNAIL), is_flagged, seen)

    def _take_brain(self) -> None:
        """What was found of another brain does not hold for this one."""
        info = self._brain.info
        if info is None:
            self._inquirer.give_up()
        elif any(mind.brain != info.hash for mind in self._findings):
            self._findings = {}
        self._trouble = ""
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._trouble = sentence
        self.changed.emit()


def _said(mind: DiffusionRecipe) -> str:
    return ", ".join(map(str, mind.lesions)) or INTACT_CAPTION
