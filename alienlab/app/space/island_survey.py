"""Islands of concepts, in the intact and in the altered mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from alienlab.app.space.asker import Asker, Surroundings
from alienlab.app.space.veiling import checked
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import UNCONDITIONAL
from alienlab.domain.errors import AlienLabError, SweepError
from alienlab.domain.space.archipelago import (
    INTACT,
    REACH,
    IslandWish,
    Mind,
    Sighting,
    altered,
    archipelago,
    each_lesioned,
    lesioned,
)
from alienlab.domain.space.islands import known_word

NO_BRAIN = "Islands can be looked for as soon as a brain is open."
NO_CENTER = "Write a prompt above, or a centre here: around it is looked."


class Task(StrEnum):
    """What is measured."""

    AROUND = "around"
    """One island in the intact and in the altered mind."""
    EACH = "each"
    """The island without each region, or each module of a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandValues:
    """What is asked for, as it is written."""

    center: str = ""
    """A prompt, or a formula after an equals sign; empty: the prompt bar's."""
    concept: str = ""
    """Empty: the word that the centre names."""
    directions: int = 16
    noises: int = 1
    """Seeds are counted on from the prompt bar's."""
    reach: float = REACH
    pattern: str = ""
    """Of modules that are lesioned one by one; empty: every region is."""


class IslandSurvey(Asker):
    """The islands that were looked for last, for each task."""

    vocabulary_changed = Signal()

    def __init__(
        self,
        around: Surroundings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(around, parent)
        self._task = Task.AROUND
        self._most = 0
        self._checks_safety = False
        self._brain_hash = ""
        self._radii: dict[str, float] = {}
        """R by hash of the brain."""
        self._found: dict[Task, list[Sighting]] = {task: [] for task in Task}
        self._troubles = dict.fromkeys(Task, NO_BRAIN)
        self._inquirer.changed.connect(self.changed)
        self._inquirer.refused.connect(self._refuse)
        around.brain.info_changed.connect(self._take_brain)
        around.settings.changed.connect(self.changed)
        around.lesions.changed.connect(self.changed)

    @property
    def vocabulary(self) -> Sequence[str]:
        """Words of the recogniser."""
        info = self._brain.info
        return () if info is None else info.vocabulary

    @property
    def prompt(self) -> str:
        """The prompt bar's, which is the centre where nothing else is said."""
        return self._settings.values.prompt

    def named_word(self, center: str) -> str:
        """The word of the recogniser that a centre names, or the prompt bar's where it is empty; else nothing."""
        try:
            return known_word(None, center.strip() or self.prompt, self.vocabulary)
        except SweepError:
            return ""

    @property
    def has_lesions(self) -> bool:
        return bool(self._lesions.active)

    @property
    def busy_with(self) -> Task | None:
        return self._task if self._inquirer.is_busy else None

    @property
    def progress(self) -> tuple[int, int]:
        """Images so far, and how many there may be at most."""
        return self._inquirer.images, self._most

    def sightings(self, task: Task) -> Sequence[Sighting]:
        """As far as they are known; of ``EACH`` the intact one is the first."""
        return tuple(self._found[task])

    def trouble(self, task: Task) -> str:
        """Why there is nothing, for a person to read; empty where there is nothing wrong."""
        return self._troubles[task]

    def look(self, task: Task, values: IslandValues) -> None:
        """Measure; what was known of the task is forgotten."""
        self._inquirer.give_up()
        self._task, self._found[task], self._troubles[task] = task, [], ""
        info, anatomy = self._brain.info, self._brain.anatomy
        if info is None or anatomy is None:
            self._refuse(NO_BRAIN)
            return
        try:
            minds = self._present_minds() if task is Task.AROUND else _lesioned_minds(values.pattern.strip(), anatomy)
            wish = self._wish(values, info, minds)
        except AlienLabError as error:
            self._refuse(str(error))
            return
        self._most = wish.most_renders
        carry_out = archipelago if task is Task.AROUND else lesioned
        inquiry = carry_out(wish, anatomy, radius=self._radii.get(info.hash), tell=self._take)
        self._inquirer.ask(checked(inquiry) if self._checks_safety else inquiry)

    def set_checks_safety(self, checks: bool) -> None:
        """Images that are flagged are veiled; those that nobody has checked are forgotten with their islands."""
        if checks and not self._checks_safety:
            self._inquirer.give_up()
            self._found = {task: [] for task in Task}
            self.changed.emit()
        self._checks_safety = checks

    def _present_minds(self) -> Sequence[Mind]:
        active = self._lesions.active
        return (INTACT, altered(active)) if active else (INTACT,)

    def _wish(self, values: IslandValues, info: BrainInfo, minds: Sequence[Mind]) -> IslandWish:
        base = self._settings.recipe(info, ())
        if written := values.center.strip():
            base = replace(base, prompt=self._names.read(written))
        concept = values.concept.strip() or None
        if base.prompt == UNCONDITIONAL and concept is None:
            raise SweepError(NO_CENTER)
        return IslandWish(
            base=base,
            concept=known_word(concept, str(base.prompt), info.vocabulary),
            directions=tuple(range(values.directions)),
            noises=tuple(base.seed + place for place in range(values.noises)),
            minds=tuple(minds),
            dimensions=info.tokens * info.dims,
            reach=values.reach,
        )

    def _take(self, sighting: Sighting) -> None:
        self._radii[sighting.recipe.brain] = sighting.island.space_radius
        self._found[self._task].append(sighting)
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._troubles[self._task] = sentence
        self.changed.emit()

    def _take_brain(self) -> None:
        info = self._brain.info
        if info is None or info.hash != self._brain_hash:
            self._inquirer.give_up()
        if info is not None and info.hash != self._brain_hash:
            self._brain_hash = info.hash
            self._found = {task: [] for task in Task}
            self._troubles = dict.fromkeys(Task, "")
        self.vocabulary_changed.emit()
        self.changed.emit()


def _lesioned_minds(pattern: str, anatomy: Anatomy) -> Sequence[Mind]:
    return each_lesioned(anatomy, pattern=pattern, by_region=False) if pattern else each_lesioned(anatomy)
