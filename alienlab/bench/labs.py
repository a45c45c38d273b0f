"""How fast the laboratories are, in the plugins' own process: opened at their defaults, and after a slider moved."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from alienlab.bench.figures import Figures
from alienlab.bench.memory import peak_memory
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import Experiment, Laboratory, Origin
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind, Values
from alienlab.domain.laboratories.ports import Carried, LabFailed, LabJob
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.domain.recipe import LabRecipe
from alienlab.extensions.client import PluginProcess
from alienlab.extensions.discovery import find_plugins
from alienlab.session.paths import embedded_brain

CHANGES = 5
FAILED = "failed"
"""Stands for a time where there is no picture."""
SPAN = 0.1
"""How far a slider is moved, of its range."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that must be fast at a certain size."""

    key: str
    laboratory: str
    experiment: str
    values: Mapping[str, Any]


DEMANDS = (
    Demand("bifurcation_s", "iterated-maps", "bifurcation", {"detail": 2000}),
    Demand("automaton_ms", "automata-2d", "evolve", {"side": 256, "steps": 60}),
    Demand("gaussian_s", "image-statistics", "gaussian", {"number": 10_000}),
    Demand("components_s", "image-statistics", "components", {"number": 10_000}),
)


class _Bench:
    """Carries out experiments and looks at the clock."""

    def __init__(self, process: PluginProcess) -> None:
        self._process, self._numbers = process, count(1)

    def seconds(self, laboratory: Laboratory, experiment: Experiment, *, seed: int = 0, **values: Any) -> float:
        """From the asking to the picture. Raises AlienLabError where there is none."""
        recipe = LabRecipe(laboratory=laboratory.key, experiment=experiment.id, values=values, seed=seed)
        job = LabJob(
            number=next(self._numbers),
            laboratory=laboratory,
            experiment=experiment,
            recipe=recipe,
            embedded_brain=embedded_brain(),
        )
        started = time.perf_counter()
        *_, last = self._process.run(job)
        if isinstance(last, LabFailed):
            raise AlienLabError(last.message)
        assert isinstance(last, Carried)
        return time.perf_counter() - started


def measure_labs(report: Callable[[str], None] = lambda key: None) -> Figures:
    """All experiments that come with AlienLab, one after another; ``report`` is told what is being measured."""
    figures: Figures = {}
    found = find_plugins(Path(tempfile.gettempdir()) / "no-plugins-of-the-user")
    shelf = Shelf(found=tuple(plugin for plugin in found if plugin.origin is Origin.BUILT_IN))
    laboratories = shelf.offers(Laboratory)
    with tempfile.TemporaryDirectory() as cache:
        for laboratory in laboratories:
            process = PluginProcess(Path(cache))
            try:
                for key, value in _of_laboratory(_Bench(process), laboratory, report):
                    figures[key] = value
            finally:
                process.close()
        figures |= _demands(Path(cache), laboratories, report)
    return figures


def _of_laboratory(
    bench: _Bench, laboratory: Laboratory, report: Callable[[str], None]
) -> Iterator[tuple[str, float | str]]:
    """Each experiment for the first time, with what it imports and learns; those that are live again, and changed."""
    for experiment in laboratory.experiments:
        key = f"{laboratory.id} {experiment.id}"
        report(key)
        try:
            yield f"{key} first_ms", 1000 * bench.seconds(laboratory, experiment)
            if experiment.is_live:
                changes = slider_changes(laboratory, experiment)
                times = [bench.seconds(laboratory, experiment, **change) for change in changes]
                yield f"{key} again_ms", 1000 * bench.seconds(laboratory, experiment)
                yield f"{key} slider_ms", 1000 * median(times)
        except AlienLabError:
            yield f"{key} first_ms", FAILED


def slider_changes(laboratory: Laboratory, experiment: Experiment) -> list[dict[str, Any]]:
    """Values around the default of the first parameter with a slider; other seeds where there is none."""
    for parameter in laboratory.parameters_of(experiment):
        if parameter.kind in (ParameterKind.NUMBER, ParameterKind.WHOLE) and not parameter.is_slow:
            values = [_moved(parameter, SPAN * (place + 1) / CHANGES) for place in range(CHANGES)]
            return [{parameter.id: value} for value in values]
    return [{"seed": place + 1} for place in range(CHANGES)]


def _moved(parameter: Parameter, share: float) -> float | int:
    """A share of the range away from the default, towards the middle of the range."""
    low = 0.0 if parameter.low is None else parameter.low
    high = low + 1.0 if parameter.high is None else parameter.high
    default = Values({parameter.id: parameter.default}).number(parameter.id)
    direction = 1.0 if default <= (low + high) / 2 else -1.0
    value = min(max(default + direction * share * (high - low), low), high)
    return round(value) if parameter.kind is ParameterKind.WHOLE else value


def _demands(cache: Path, laboratories: tuple[Laboratory, ...], report: Callable[[str], None]) -> Figures:
    """Each in a process of its own, so that its memory is its own."""
    figures: Figures = {}
    for demand in DEMANDS:
        laboratory = next((one for one in laboratories if one.id == demand.laboratory), None)
        experiment = None if laboratory is None else laboratory.experiment(demand.experiment)
        if laboratory is None or experiment is None:
            continue
        report(demand.key)
        process = PluginProcess(cache)
        try:
            bench = _Bench(process)
            bench.seconds(laboratory, laboratory.experiments[0])  # imports
            seconds = bench.seconds(laboratory, experiment, **demand.values)
            figures[demand.key] = 1000 * seconds if demand.key.endswith("_ms") else seconds
            if process.process_id is not None:
                figures[f"{demand.key.rpartition('_')[0]}_memory_gb"] = peak_memory(process.process_id) / 1e9
        finally:
            process.close()
    return figures
