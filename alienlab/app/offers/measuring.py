"""Measures of plugins, taken of the results of a sweep."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from alienlab.app.offers.asking import Ask
from alienlab.app.sweeps.columns import Column
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import StoppedByUser
from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import Measure
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.sweeps.results import Result

Taken = Mapping[str, float]
"""What was measured, by computation id."""


def take_measure(
    measure: Measure,
    pairs: Mapping[str, str],
    image: Callable[[str], Image | None],
    ask: Ask,
    *,
    step: Callable[[int, int], None] = lambda done, total: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Taken:
    """``pairs`` names for each computation that of its intact image; ``image`` gives the image of either.

    What has no image is left out. Raises PluginFailed, PluginError, StoppedByUser.
    """
    taken: dict[str, float] = {}
    for done, (key, reference) in enumerate(pairs.items()):
        if is_stopped():
            raise StoppedByUser
        step(done, len(pairs))
        own, intact = image(key), image(reference)
        if own is not None and intact is not None and own.shape == intact.shape:
            taken[key] = _number(ask(measure, own, intact), measure)
    return taken


def column_of(measure: Measure, taken: Taken) -> Column:
    """A column of the table of results."""
    heading = f"{measure.name}, {measure.unit}" if measure.unit else measure.name
    tip = f"{measure.summary.rstrip('.')} (measured by the plugin {measure.plugin})"
    return Column(name_of(measure), heading, tip, lambda result: taken.get(result.key), lambda value: f"{value:.4g}")


def name_of(measure: Measure) -> str:
    """Of the column, in the table and in CSV files."""
    return f"measure:{measure.key}"


def told(taken: Taken) -> Callable[[Result], float | None]:
    """For CSV files."""
    return lambda result: taken.get(result.key)


def pairs_of(results: Iterable[Result], anatomy: Anatomy) -> dict[str, str]:
    """Of all that is rendered, the computation and that of the intact mind with the same prompt and noise."""
    return {result.key: result.trial.recipe.intact.computation_id(anatomy) for result in results if result.is_rendered}


def _number(answer: Any, measure: Measure) -> float:
    try:
        number = float(answer)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        plugin = measure.plugin
        raise PluginFailed(plugin, f"The plugin {plugin} made a mistake: {measure.id} gave no number, but {answer!r}.")
    return number
