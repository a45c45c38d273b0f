"""What the prompt bar sets: everything of a recipe but the brain and the lesions."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.errors import RecipeError
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.formula import concept_text, read_concept

LARGEST_ROLLED_SEED = 999_999
"""Seeds from the dice are short enough to be read aloud; any seed can be typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptValues:
    """Sizes are in pixels; 0, like an empty scheduler, leaves the choice to the brain."""

    prompt: str = ""
    """Words, or a formula: see ``read_concept``; as the negative prompt."""
    negative: str = ""
    seed: int = 7
    steps: int = 0
    guidance: float = -1.0
    """Below 0: the brain's own."""
    scheduler: str = ""
    width: int = 0
    height: int = 0


class PromptSettings(QObject):
    """The values of the prompt bar, and whether the seed stays from render to render."""

    changed = Signal()
    seed_lock_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values = PromptValues()
        self._seed_locked = True
        self._named: Mapping[str, ConceptExpression] = {}

    @property
    def values(self) -> PromptValues:
        return self._values

    @property
    def seed_locked(self) -> bool:
        return self._seed_locked

    def set_values(self, values: PromptValues) -> None:
        """Take ``values``; ``changed`` is emitted only where something differs."""
        if values != self._values:
            self._values = values
            self.changed.emit()

    def set_named(self, named: Mapping[str, ConceptExpression]) -> None:
        """Points that can stand in formulas; ``changed`` is emitted where what is written means something else now."""
        before = self._points()
        self._named = dict(named)
        if self._points() != before:
            self.changed.emit()

    def set_prompt(self, prompt: str) -> None:
        self.set_values(replace(self._values, prompt=prompt))

    def set_seed_locked(self, locked: bool) -> None:
        if locked != self._seed_locked:
            self._seed_locked = locked
            self.seed_lock_changed.emit(locked)

    def roll_seed(self) -> None:
        """Take another seed."""
        self.set_values(replace(self._values, seed=random.randint(0, LARGEST_ROLLED_SEED)))

    def adopt(self, info: BrainInfo) -> None:
        """Take the brain's own value wherever none is set, or where the one that is set does not suit it."""
        values = self._values
        width, height = (
            side - side % info.size_multiple or own
            for side, own in ((values.width, info.width), (values.height, info.height))
        )
        self.set_values(
            replace(
                values,
                steps=values.steps or info.steps,
                guidance=values.guidance if values.guidance >= 0 else info.guidance,
                scheduler=values.scheduler if values.scheduler in info.schedulers else info.scheduler,
                width=width,
                height=height,
            )
        )

    def take_defaults(self, info: BrainInfo) -> None:
        """Forget what suited another brain; the prompt and the seed stay."""
        self._values = replace(self._values, steps=0, guidance=-1.0, scheduler="", width=0, height=0)
        self.adopt(info)

    def restore(self, recipe: DiffusionRecipe) -> None:
        """Take every value from ``recipe``."""
        self.set_values(
            PromptValues(
                prompt=concept_text(recipe.prompt, self._named),
                negative=concept_text(recipe.negative, self._named),
                seed=recipe.seed,
                steps=recipe.steps,
                guidance=recipe.guidance,
                scheduler=recipe.scheduler,
                width=recipe.width,
                height=recipe.height,
            )
        )

    def recipe(self, info: BrainInfo, lesions: Sequence[LesionSpec]) -> DiffusionRecipe:
        """Raise RecipeError where a value is out of range, or a formula cannot be understood."""
        values = self._values
        return DiffusionRecipe(
            brain=info.hash,
            prompt=self._read(values.prompt),
            negative=self._read(values.negative),
            seed=values.seed,
            steps=values.steps or info.steps,
            guidance=values.guidance if values.guidance >= 0 else info.guidance,
            scheduler=values.scheduler or info.scheduler,
            width=values.width or info.width,
            height=values.height or info.height,
            lesions=tuple(lesions),
            precision=info.precision,
        )

    def _read(self, text: str) -> ConceptExpression:
        return read_concept(text.strip(), self._named)

    def _points(self) -> tuple[ConceptExpression, ...]:
        """Of prompt and negative prompt; none where a formula cannot be understood."""
        try:
            return self._read(self._values.prompt), self._read(self._values.negative)
        except RecipeError:
            return ()
