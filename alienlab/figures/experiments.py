"""Experiments of laboratories for figures: carried out in the process of plugins, and kept in the session."""

from __future__ import annotations

import itertools
from typing import Any

from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.outcome import outcome
from alienlab.domain.laboratories.parameters import checked
from alienlab.domain.laboratories.ports import LabJob, PluginEngine
from alienlab.domain.laboratories.shelf import PluginError, Shelf
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.store import Session
from alienlab.session.paths import embedded_brain


class Experiments:
    """Pictures of laboratories; what the session has is not computed again."""

    def __init__(self, shelf: Shelf, engine: PluginEngine, session: Session) -> None:
        self._shelf, self._engine, self._session = shelf, engine, session
        self._numbers = itertools.count(1)

    def picture(self, laboratory: str, experiment: str, *, seed: int = 0, **values: Any) -> Image:
        """Of an experiment with these values, and the defaults of the others.

        Raises PluginError where there is none of this name, or nothing came of it; RecipeError for a value.
        """
        job = self._job(laboratory, experiment, seed, values)
        record = self._session.find(job.recipe.id())
        if record is not None:
            return self._session.load_image(record)
        carried = outcome(self._engine, job)
        if isinstance(carried, str):
            raise PluginError(carried)
        id_ = carried.recipe.id()
        self._session.save(carried.recipe, carried.image, carried.provenance, recipe_id=id_, computation_id=id_)
        return carried.image

    def _job(self, name: str, experiment_id: str, seed: int, values: dict[str, Any]) -> LabJob:
        laboratory = self._shelf.find(Laboratory, name)
        experiment = laboratory.experiment(experiment_id)
        if experiment is None:
            raise PluginError(f"{laboratory.name} has no experiment '{experiment_id}'.")
        parameters = laboratory.parameters_of(experiment)
        settled = checked(parameters, values)
        return LabJob(
            number=next(self._numbers),
            laboratory=laboratory,
            experiment=experiment,
            recipe=LabRecipe(
                laboratory=laboratory.key,
                experiment=experiment.id,
                revision=experiment.revision,
                values={one.id: one.to_json(settled[one.id]) for one in parameters},
                seed=seed,
            ),
            embedded_brain=embedded_brain(),
        )
