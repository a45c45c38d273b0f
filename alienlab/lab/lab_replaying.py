"""Carrying out laboratories' recipes again, in the process of plugins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from alienlab.domain.errors import AlienLabError, StoppedByUser
from alienlab.domain.laboratories.ports import Carried, LabFailed, LabJob, LabStopped, PluginEngine
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
            yield _outcome(engine, job)


def _outcome(engine: PluginEngine, job: LabJob) -> Carried | str:
    for event in engine.run(job):
        match event:
            case Carried():
                return event
            case LabFailed(message=message):
                return message
            case LabStopped():
                break
    raise StoppedByUser
