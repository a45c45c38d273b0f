"""Which recipes are denoised together, and how many rows a forward pass is padded to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import INTACT, LesionSet
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.lesions.row_lesions import is_wide

BATCH_CLASSES = (1, 8, 32)
"""Recipes that one forward pass may hold; each takes two rows of the UNet with guidance, one without."""
WORTH_PADDING = 0.6
"""Share of a batch class that must be filled before it is taken."""
CPU_LATENT_PIXELS = 16_384
GPU_LATENT_PIXELS = 65_536
"""Latent pixels of all recipes of a batch together, above which a larger batch gains nothing or does not fit."""


@dataclass(frozen=True, slots=True)
class Row:
    """A recipe with its number in the job and its lesions, expanded."""

    index: int
    recipe: DiffusionRecipe
    lesions: LesionSet


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that share steps, scheduler, size, format and the use of guidance.

    ``edits`` alters the weights for all rows, instead of the rows' own lesions: see ``is_wide``.
    """

    rows: tuple[Row, ...]
    batch_class: int
    edits: LesionSet = INTACT

    @property
    def guided(self) -> bool:
        return is_guided(self.rows[0].recipe)


def is_guided(recipe: DiffusionRecipe) -> bool:
    """Whether the unconditional prediction is needed beside the conditional one."""
    return recipe.guidance > 1.0


def plan_batches(
    rows: Sequence[Row], *, latent_pixels: int, budget: int, batch_class: int | None = None
) -> list[Batch]:
    """Group compatible rows in batches, each padded to one of the batch classes.

    ``latent_pixels`` is the area of one latent, ``budget`` that of a whole batch. ``batch_class``
    prescribes the class, for a replay.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    batches = []
    for group in groups.values():
        edits = group[0].lesions if is_wide(group[0].lesions) else INTACT
        rest = list(group)
        while rest:
            size = batch_class or _class_for(len(rest), latent_pixels, budget)
            batches.append(Batch(tuple(rest[:size]), size, edits))
            rest = rest[size:]
    return batches


def expand(index: int, recipe: DiffusionRecipe, anatomy: Anatomy) -> Row:
    """Raise LesionError where a lesion's pattern matches nothing."""
    return Row(index, recipe, LesionSet.of(recipe.lesions, anatomy))


def _key(row: Row) -> tuple[object, ...]:
    recipe = row.recipe
    shared = (recipe.steps, recipe.scheduler, recipe.width, recipe.height, recipe.precision, is_guided(recipe))
    return (*shared, row.lesions if is_wide(row.lesions) else None)


def _class_for(count: int, latent_pixels: int, budget: int) -> int:
    fitting = [size for size in BATCH_CLASSES if size == 1 or size * latent_pixels <= budget]
    return max(size for size in fitting if size == 1 or count >= WORTH_PADDING * size)
