"""Rendering again, from recipes and provenance alone, to see whether the same pixels come about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch

from alienlab.domain.brain import COMPILED, Provenance
from alienlab.domain.events import Image
from alienlab.domain.pixels import pixel_difference
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.lab.lab import Lab

AT_ONCE = 64
"""Renders of one job, so that something is told soon."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a brain is to be opened to render something as it was rendered."""

    brain: str
    """Its hash."""
    device: str | None
    """None where the best there is comes closest."""
    precision: Precision
    is_compiled: bool

    @classmethod
    def of(cls, recipe: DiffusionRecipe, provenance: Provenance) -> Setting:
        device = "cpu" if provenance.device == "cpu" else None
        return cls(recipe.brain, device, recipe.precision, COMPILED in provenance.notes)


@dataclass(frozen=True, slots=True)
class Made:
    """A render of before: what was asked, and what was used."""

    recipe: DiffusionRecipe
    provenance: Provenance

    @property
    def setting(self) -> Setting:
        return Setting.of(self.recipe, self.provenance)


def replay(lab: Lab, made: Sequence[Made]) -> Iterator[tuple[int, Image | str]]:
    """The place of each render with its image of now, or why there is none; alike ones are rendered together.

    The lab must be opened as their ``setting`` says.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for place, one in enumerate(made):
        groups.setdefault((one.provenance.threads, one.provenance.batch_class), []).append(place)
    for (threads, batch_class), places in sorted(groups.items()):
        for start in range(0, len(places), AT_ONCE):
            chunk = places[start : start + AT_ONCE]
            with _threads(threads):
                again = lab.attempt_all([made[place].recipe for place in chunk], batch_class=batch_class)
            for place, render in zip(chunk, again, strict=True):
                yield place, render if isinstance(render, str) else np.asarray(render.image)


def told_difference(before: Image | str, now: Image | str, made: Made, lab: Lab) -> str:
    """Empty where the same pixels came about. A text in place of an image says why there is none."""
    if isinstance(before, str):
        return before
    if isinstance(now, str):
        return f"cannot be rendered again: {now}"
    difference = pixel_difference(before, now)
    if not difference or made.provenance.device_name == lab.info.device_name:
        return difference
    return f"{difference} (made on {made.provenance.device_name}, now on {lab.info.device_name})"


@contextmanager
def _threads(number: int) -> Iterator[None]:
    """Sums may be rounded in another order with another number of threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(max(1, number))
    try:
        yield
    finally:
        torch.set_num_threads(before)
