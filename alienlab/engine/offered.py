"""Calls the functions of plugins that alter weights and look at images, in the engine's process. Imports no torch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.declarations import Code, LesionOperation, Offer, Recogniser
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.laboratories.operations import check_lesions, check_treatment
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.domain.lesions import LesionSet, LesionSpec, PluginOperation, Treatment
from alienlab.domain.recognition import LONGEST_WORD, MOST_WORDS, Ranking

Weights = NDArray[np.float32]
Call = Callable[..., Any]
"""``call(code, *arguments)`` is what a plugin's function returns; raises PluginFailed where it raises."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """A plugin computes from now on; an empty name says that it has returned."""

    plugin: str


def no_plugins(code: Code, *arguments: Any) -> Any:
    """Where the engine was given no way to import plugins."""
    raise PluginError(f"The plugin {code.plugin} cannot be used here.")


def refuse(treatment: Treatment, weights: Weights, random: np.random.Generator) -> Weights:
    """Where only AlienLab's own operations can be done."""
    raise PluginError(f"{treatment.operation} cannot be used here: it is an operation of a plugin. Take another one.")


class Offered:
    """What plugins offer to the engine. One that failed is left alone until there is other equipment."""

    def __init__(self, call: Call = no_plugins, *, tell: Callable[[AtWork], None] = lambda _: None) -> None:
        """``tell`` hears which plugin computes, so that one that never returns can be named."""
        self._call, self._tell = call, tell
        self._equipment = Equipment()
        self._failures: dict[str, PluginFailed] = {}
        self._untold: list[PluginFailed] = []

    @property
    def equipment(self) -> Equipment:
        return self._equipment

    def equip(self, equipment: Equipment) -> None:
        self._equipment = equipment
        self._failures.clear()

    def check(self, specs: Iterable[LesionSpec]) -> None:
        """Raises PluginError for a lesion that needs a plugin that is not there, or failed before."""
        specs = tuple(specs)
        check_lesions(specs, self._equipment.operations)
        for plugin in plugins_of(spec.treatment for spec in specs):
            if plugin in self._failures:
                raise PluginError(str(self._failures[plugin]))

    def versions(self, lesions: LesionSet) -> dict[str, str]:
        """Of the plugins that a lesion set needs, for the provenance."""
        used = plugins_of(treatment for chain in lesions.treatments.values() for treatment in chain)
        return {f"plugin {plugin}": self._equipment.versions.get(plugin, "") for plugin in sorted(used)}

    def alter(self, treatment: Treatment, weights: Weights, random: np.random.Generator) -> Weights:
        """New weights of the same shape. Raises PluginFailed, PluginError."""
        operation = check_treatment(treatment, self._equipment.operations)
        assert operation is not None
        amount = operation.default if treatment.amount is None else treatment.amount
        with self._guarded(operation):
            return _checked_weights(self._call(operation.code, weights.copy(), amount, random), weights, operation)

    def recognise(self, recogniser: Recogniser, images: Sequence[Image], words: Sequence[str]) -> list[Ranking]:
        """For each image the likeliest words. Raises PluginFailed."""
        with self._guarded(recogniser):
            answers = self._call(recogniser.code, [image.copy() for image in images], tuple(words))
            return _checked_rankings(answers, len(images), recogniser)

    def take_failures(self) -> Iterator[PluginFailed]:
        """Those that nobody was told of yet."""
        while self._untold:
            yield self._untold.pop(0)

    @contextmanager
    def _guarded(self, offer: Offer) -> Iterator[None]:
        if offer.plugin in self._failures:
            raise self._failures[offer.plugin]
        self._tell(AtWork(offer.plugin))
        try:
            yield
        except PluginFailed as failed:
            self._failures[offer.plugin] = failed
            self._untold.append(failed)
            raise
        except (AlienLabError, MemoryError) as error:  # nothing that it is to be left alone for
            sentence = str(error) or f"There is too little memory for {offer.key}."
            raise PluginFailed(offer.plugin, sentence) from error
        finally:
            self._tell(AtWork(""))


def plugins_of(treatments: Iterable[Treatment]) -> set[str]:
    """Ids of the plugins whose operations are among them."""
    return {one.operation.plugin for one in treatments if isinstance(one.operation, PluginOperation)}


def _checked_weights(made: Any, weights: Weights, operation: LesionOperation) -> Weights:
    fault = ""
    if not isinstance(made, np.ndarray) or made.dtype.kind not in "fiu":
        fault = f"a {type(made).__name__} where an array of numbers was wanted"
    elif made.shape != weights.shape:
        fault = f"weights of the shape {list(made.shape)} for some of the shape {list(weights.shape)}"
    elif not np.isfinite(made).all():
        fault = "weights that are not finite"
    if fault:
        raise PluginFailed(
            operation.plugin, f"The plugin {operation.plugin} made a mistake: {operation.id} gave {fault}."
        )
    return np.ascontiguousarray(made, dtype=np.float32)


def _checked_rankings(answers: Any, count: int, recogniser: Recogniser) -> list[Ranking]:
    try:
        rankings = [_ranking(answer) for answer in answers]
        if len(rankings) != count:
            raise ValueError(f"{len(rankings)} answers for {count} images")
    except (TypeError, ValueError) as error:
        plugin = recogniser.plugin
        raise PluginFailed(plugin, f"The plugin {plugin} made a mistake: {recogniser.id} gave {error}.") from error
    return rankings


def _ranking(answer: Any) -> Ranking:
    """The likeliest words first."""
    words = sorted(((str(word)[:LONGEST_WORD], float(likely)) for word, likely in answer), key=lambda entry: -entry[1])
    if not words:
        raise ValueError("no word for an image")
    if not all(0.0 <= likely <= 1.0 for _, likely in words):
        raise ValueError("a probability that is not from 0 to 1")
    return tuple(words[:MOST_WORDS])
