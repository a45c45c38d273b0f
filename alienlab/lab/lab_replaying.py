"""Carrying out laboratories' recipes again, in the process of plugins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.outcome import outcome
from alienlab.domain.laboratories.ports import Carried, PluginEngine
from alienlab.domain.laboratories.replaying import job_again
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.domain.recipe import LabRecipe
from alienlab.session.paths import embedded_brain


def carry_out_again(
    recipes: Sequence[LabRecipe], shelf: Shelf, engine: PluginEngine, *, blobs: Path | None
) -> Iterator[Carried | str]:
    """For each recipe what came of it, or why nothing did. Raises StoppedByUser."""
    for number, recipe in enumerate(recipes, start=1):
        try:
            job = job_again(recipe, shelf, number=number, blobs=blobs, embedded_brain=embedded_brain())
        except AlienLabError as error:
            yield str(error)
        else:
            yield outcome(engine, job)
