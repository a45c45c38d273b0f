"""Which recipes are denoised together, and how many rows a forward pass is padded to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from alienlab.domain.anatomy import Anatomy, Role
from alienlab.domain.lesions import INTACT, LesionSet, Operation
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.lesions.row_lesions import is_wide

BATCH_CLASSES = (1, 8, 32)
"""Recipes that one forward pass may hold; each takes two rows of the UNet with guidance, one without."""
GPU_BATCH_CLASSES = (*BATCH_CLASSES, 128)
WORTH_PADDING = 0.6
"""Share of a batch class that must be filled before it is taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """A recipe with its number in the job and its lesions, expanded."""

    index: int
    recipe: DiffusionRecipe
    lesions: LesionSet
    is_silent: bool = False
    """Whether the network's output is zeroed at every step: it need not run."""


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

    @property
    def is_silent(self) -> bool:
        return self.rows[0].is_silent


def classes_for(device: torch.device) -> tuple[int, ...]:
    return BATCH_CLASSES if device.type == "cpu" else GPU_BATCH_CLASSES


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
    lesions = LesionSet.of(recipe.lesions, anatomy)
    return Row(index, recipe, lesions, _is_silent(lesions, anatomy))


def _is_silent(lesions: LesionSet, anatomy: Anatomy) -> bool:
    """Whether the last thing done to an output module is to zero all of it, at every step."""
    outputs = [chain[-1] for path, chain in lesions.treatments.items() if anatomy[path].role is Role.OUTPUT]
    return any(last.operation is Operation.ZERO and not last.weights_only and last.steps is None for last in outputs)


def _key(row: Row) -> tuple[object, ...]:
    recipe = row.recipe
    shared = (recipe.steps, recipe.scheduler, recipe.width, recipe.height, recipe.precision, is_guided(recipe))
    return (*shared, row.is_silent, row.lesions if is_wide(row.lesions) else None)


def _class_for(count: int, latent_pixels: int, budget: int) -> int:
    fitting = [size for size in GPU_BATCH_CLASSES if size == 1 or size * latent_pixels <= budget]
    return max(size for size in fitting if size == 1 or count >= WORTH_PADDING * size)
