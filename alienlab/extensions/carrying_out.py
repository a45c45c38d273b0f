"""Carries out experiments in this process: what the plugins' process does, and unit tests of plugins do directly."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Any

from alienlab import __version__
from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.exhibits import Exhibit
from alienlab.domain.laboratories.parameters import Material, Parameter, Values, checked
from alienlab.domain.laboratories.ports import AskJob, Carried, LabJob, NetworkJob, NetworkRead, PluginFailed
from alienlab.domain.recipe import LabRecipe
from alienlab.engine.processor import processor_name
from alienlab.extensions.checking import check_exhibit, check_plain
from alienlab.extensions.fresh_code import state_of
from alienlab.extensions.imaging import image_of
from alienlab.extensions.loading import called
from alienlab.extensions.workbench import Bench, Listener, Surroundings

LIBRARIES = {"numpy": "numpy", "pillow": "PIL", "torch": "torch", "scikit-learn": "sklearn", "diffusers": "diffusers"}
"""Those whose versions may decide pixels, with the names that they are imported by."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Carries out jobs, with all that outlives them."""

    surroundings: Surroundings
    listener: Listener

    def experiment(self, job: LabJob) -> Carried:
        """Raises PluginFailed for what is the plugin's fault, AlienLabError for what is the user's; Stopped passes."""
        started = time.perf_counter()
        experiment, laboratory = job.experiment, job.laboratory
        parameters = laboratory.parameters_of(experiment)
        bench = self._bench(laboratory, job)
        values = self._settled(parameters, checked(parameters, job.recipe.values), bench, job)
        exhibit = called(experiment.code, values, bench)
        check_exhibit(exhibit, laboratory)
        image = image_of(exhibit.main)
        recipe = replace(job.recipe, values=_kept(parameters, values), revision=experiment.revision)
        notes = _notes(job.recipe, recipe)
        return Carried(job.number, recipe, exhibit, image, _provenance(time.perf_counter() - started, notes))

    def network(self, job: NetworkJob) -> NetworkRead:
        """The anatomy of the network that the laboratory's lesions act on."""
        laboratory = job.laboratory
        if laboratory.network is None:
            raise AlienLabError(f"{laboratory.name} has no network that could be lesioned.")
        bench = self._bench(laboratory, job)
        values = self._settled(laboratory.parameters, checked(laboratory.parameters, job.recipe.values), bench, job)
        network = called(laboratory.network, values, bench)
        _require_network(network, laboratory.plugin)
        from alienlab.extensions.networks import anatomy_of  # noqa: PLC0415 - imports torch, which is here by now

        return NetworkRead(job.number, anatomy_of(network))

    def ask(self, job: AskJob) -> Any:
        """What an offer's function returns."""
        arguments: list[Any] = list(job.arguments)
        if job.offer.parameters:
            arguments.append(checked(job.offer.parameters, job.values))
        if job.wants_workbench:
            arguments.append(
                Bench(
                    owner=(job.offer.key, state_of(job.offer.code)),
                    seed=0,
                    listener=self.listener,
                    surroundings=self.surroundings,
                )
            )
        value = called(job.offer.code, *arguments)
        check_plain(value, job.offer.plugin, job.offer.name)
        return value

    def _bench(self, laboratory: Laboratory, job: LabJob | NetworkJob) -> Bench:
        return Bench(
            owner=(laboratory.key, state_of(laboratory.experiments[0].code)),
            seed=job.recipe.seed,
            listener=self._checking(laboratory),
            surroundings=self.surroundings,
            blobs=job.blobs,
            embedded_brain=job.embedded_brain if isinstance(job, LabJob) else None,
        )

    def _checking(self, laboratory: Laboratory) -> Listener:
        """The listener, which is shown nothing malformed."""

        def shown(exhibit: Exhibit) -> None:
            check_exhibit(exhibit, laboratory)
            self.listener.shown(exhibit)

        return replace(self.listener, shown=shown)

    def _settled(
        self, parameters: tuple[Parameter, ...], values: Values, bench: Bench, job: LabJob | NetworkJob
    ) -> Values:
        """The values, materials with the digests of what they hold."""
        settled = dict(values)
        for parameter in parameters:
            material = values[parameter.id]
            if isinstance(material, Material):
                settled[parameter.id] = self.surroundings.materials.settle(
                    material,
                    parameter.kind,
                    blobs=job.blobs,
                    advance=lambda what: bench.progress(None, f"Reading {what}"),
                )
        return Values(settled)


def _require_network(network: Any, plugin: str) -> None:
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(network, torch.nn.Module):
        kind = type(network).__name__
        raise PluginFailed(plugin, f"The plugin {plugin} returned a {kind} where a torch.nn.Module was wanted.")


def _kept(parameters: tuple[Parameter, ...], values: Values) -> dict[str, Any]:
    return {parameter.id: parameter.to_json(values[parameter.id]) for parameter in parameters}


def _notes(asked: LabRecipe, made: LabRecipe) -> tuple[str, ...]:
    if asked.revision == made.revision:
        return ()
    return (f"made by revision {made.revision} of the experiment, asked for revision {asked.revision}",)


def _provenance(seconds: float, notes: tuple[str, ...]) -> Provenance:
    return Provenance(
        device="cpu",
        device_name=processor_name(),
        threads=int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1),
        batch_class=1,
        seconds=round(seconds, 4),
        app_version=__version__,
        versions=_versions(),
        notes=notes,
    )


def _versions() -> dict[str, str]:
    """Of the libraries that are in use here."""
    return {name: _version(name) for name, module in LIBRARIES.items() if module in sys.modules}


@cache
def _version(name: str) -> str:
    """Read from disk once."""
    return version(name)
