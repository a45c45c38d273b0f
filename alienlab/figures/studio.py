"""Where figures are made: renders come from an open brain and stay in a session, so that none is made twice."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.concepts import ConceptExpression, Prompt
from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Image
from alienlab.domain.filmstrip import Filmstrip
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.recognition import Recognition
from alienlab.domain.sweeps.results import Result
from alienlab.domain.sweeps.sweep import Axis, Sweep
from alienlab.session.log.records import RenderRecord
from alienlab.session.log.store import Session

if TYPE_CHECKING:
    from alienlab.figures.experiments import Experiments
    from alienlab.lab import Lab

WIDE_STEPS = 12
"""Denoising steps where many images make a figure; elsewhere the brain's own number is taken."""
QUICK_STEPS = 6
AT_ONCE = 32
"""Images that are rendered before they are kept."""

Tell = Callable[[float], None]
"""Told which share of the renders that a figure is waiting for is there."""
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Shot:
    """What became of a recipe: a render of the session, or the reason why there is none."""

    recipe: DiffusionRecipe
    record: RenderRecord | None
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the figures are about. A quick figure has fewer images and steps, to see what it will be."""

    prompt: str = "a cat in a party hat"
    seed: int = 7
    is_quick: bool = False


class Studio:
    """Renders what figures ask for."""

    def __init__(
        self,
        lab: Lab,
        session: Session,
        subject: Subject,
        *,
        experiments: Experiments,
        tell: Tell = lambda share: None,
    ) -> None:
        self.lab, self.session, self.subject, self.experiments = lab, session, subject, experiments
        self._tell = tell

    @property
    def anatomy(self) -> Anatomy:
        return self.lab.anatomy

    @property
    def seed(self) -> int:
        return self.subject.seed

    @property
    def prompt(self) -> Prompt:
        return Prompt(self.subject.prompt)

    @cached_property
    def radius(self) -> float:
        """R: how far from their mean the points of prompts lie."""
        return self.lab.space_radius()

    @property
    def steps(self) -> int:
        return QUICK_STEPS if self.subject.is_quick else self.lab.info.steps

    @property
    def wide_steps(self) -> int:
        return min(WIDE_STEPS, self.steps)

    def few(self, items: Sequence[_Item], quick: int) -> Sequence[_Item]:
        """All of them; in a quick figure about ``quick``, evenly chosen, the first and the last among them."""
        if not self.subject.is_quick or len(items) <= quick:
            return items
        return [items[place] for place in np.linspace(0, len(items) - 1, quick).round().astype(int)]

    def recipe(
        self,
        point: str | ConceptExpression | None = None,
        *,
        seed: int | None = None,
        lesions: str | Iterable[LesionSpec] = (),
        wide: bool = False,
    ) -> DiffusionRecipe:
        """Of the subject, where nothing else is said; ``wide`` for one of very many."""
        return self.lab.recipe(
            self.prompt if point is None else point,
            seed=self.seed if seed is None else seed,
            lesions=lesions,
            steps=self.wide_steps if wide else self.steps,
        )

    def shoot(self, recipes: Sequence[DiffusionRecipe]) -> list[Shot]:
        """A shot of each recipe, in order; what the session has is not rendered again."""
        keys = [recipe.computation_id(self.anatomy) for recipe in recipes]
        missing = {key: one for key, one in zip(keys, recipes, strict=True) if not self.session.has(key)}
        failures: dict[str, str] = {}
        for done, some in _portions(list(missing.items())):
            self._tell(done / len(missing))
            failures |= self._render(dict(some))
        self._tell(1.0)
        return [
            Shot(recipe, self.session.find(key), failures.get(key, ""))
            for key, recipe in zip(keys, recipes, strict=True)
        ]

    def images(self, shots: Iterable[Shot]) -> list[Image]:
        """Of the shots that have one."""
        return [self.session.load_image(shot.record) for shot in shots if shot.record is not None]

    def recognise(self, shots: Sequence[Shot]) -> list[Recognition | None]:
        """What they are of; None where there is no image. Raises RecogniserError where nobody can say so."""
        if self.lab.info.recogniser is None:
            raise RecogniserError("This figure needs to know what images are of. Name a CLIP with --recogniser.")
        known = [self._remembered(shot) for shot in shots]
        unknown = [place for place, shot in enumerate(shots) if shot.record is not None and known[place] is None]
        for place, said in zip(unknown, self._recognised([shots[place] for place in unknown]), strict=True):
            known[place] = said
        return known

    def sweep(self, axis: Axis, title: str) -> list[Result]:
        """Render and measure an axis around the subject; what the session knows is not done again."""
        base = self.recipe(wide=True)
        written = json.dumps([base.to_json(), axis.to_json()], sort_keys=True).encode()
        sweep = Sweep(id=hashlib.sha256(written).hexdigest()[:32], title=title, base=base, axes=(axis,))
        return self.lab.carry_out(sweep, self.session, after_task=lambda run: self._tell(run.fraction()))

    def film(self) -> Filmstrip:
        """The subject, step by step."""
        recipe = self.recipe()
        return self.lab.film(recipe.prompt, seed=recipe.seed, steps=recipe.steps)

    def shot_of(self, result: Result) -> Shot:
        """The render of a trial."""
        return Shot(result.trial.recipe, self.session.find(result.key), result.failure)

    def _render(self, recipes: dict[str, DiffusionRecipe]) -> dict[str, str]:
        """Render and keep; the failures by computation id."""
        made = dict(zip(recipes, self.lab.attempt_all(recipes.values()), strict=True))
        renders = {key: one for key, one in made.items() if not isinstance(one, str)}
        said: Iterable[Recognition | None] = itertools.repeat(None)
        if self.lab.info.recogniser is not None:
            said = self.lab.recognise(renders.values())
        for render, recognition in zip(renders.values(), said, strict=False):
            stamped = replace(render, provenance=replace(render.provenance, recognition=recognition))
            stamped.log(self.session, self.anatomy)
        return {key: one for key, one in made.items() if isinstance(one, str)}

    def _remembered(self, shot: Shot) -> Recognition | None:
        said = None if shot.record is None else shot.record.provenance.recognition
        return said if said is not None and said.recogniser == self.lab.info.recogniser else None

    def _recognised(self, shots: Sequence[Shot]) -> list[Recognition]:
        images = self.images(shots)
        return self.lab.recognise(images) if images else []


def _portions(items: Sequence[_Item]) -> Iterator[tuple[int, Sequence[_Item]]]:
    """``AT_ONCE`` at a time, with the number of those before."""
    for start in range(0, len(items), AT_ONCE):
        yield start, items[start : start + AT_ONCE]
