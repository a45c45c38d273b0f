"""Whether a laboratory's picture can be made again, and what that needs."""

from __future__ import annotations

from pathlib import Path

from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.ports import LabJob
from alienlab.domain.laboratories.shelf import PluginError, Shelf
from alienlab.domain.recipe import LabRecipe


def job_again(recipe: LabRecipe, shelf: Shelf, *, number: int, blobs: Path | None, embedded_brain: Path) -> LabJob:
    """The job that carries out a recipe once more.

    Raises PluginError where its plugin is not at hand, or computes the experiment in another way by now.
    """
    laboratory = shelf.find(Laboratory, recipe.laboratory)
    experiment = laboratory.experiment(recipe.experiment)
    if experiment is None:
        known = ", ".join(one.id for one in laboratory.experiments)
        raise PluginError(f"{laboratory.name} has no experiment '{recipe.experiment}' any more. It has {known}.")
    if experiment.revision != recipe.revision:
        raise PluginError(
            f"It was made by revision {recipe.revision} of the experiment {experiment.name}, and {laboratory.name} "
            f"computes revision {experiment.revision} by now, which gives other pixels. Take the version of the plugin "
            f"{laboratory.plugin} that made it."
        )
    return LabJob(
        number=number,
        laboratory=laboratory,
        experiment=experiment,
        recipe=recipe,
        blobs=blobs,
        embedded_brain=embedded_brain,
    )
