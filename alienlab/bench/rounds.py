"""Rounds of the same knockouts in three ways, interleaved, so that a slow spell of the machine hits all alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median

import numpy as np
import torch

from alienlab.bench.loop import DiffusersLoop, Images, Imagined, LoopPlace
from alienlab.bench.memory import wait_for
from alienlab.bench.workload import Workload
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.lab import Lab


@dataclass(frozen=True, slots=True)
class Rounds:
    """One way to make the atlas, how many images a round it makes, and what came of it."""

    way: Callable[[Sequence[str]], Images]
    count: int
    seconds: list[float] = field(default_factory=list)
    """An image, in each round."""
    images: Images = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return 1.0 / median(self.seconds)

    def take(self, modules: Sequence[str], device: torch.device) -> None:
        """Knock out the first of ``modules``."""
        taken = modules[: self.count]
        wait_for(device)
        start = time.perf_counter()
        images = self.way(taken)
        wait_for(device)
        self.seconds.append((time.perf_counter() - start) / len(taken))
        self.images.update(images)


def loop_precision(lab: Lab) -> Precision:
    """What a user takes: diffusers' default on a CPU, on a GPU the format that the engine finds the best."""
    return Precision.FP32 if lab.info.device == "cpu" else lab.info.precision


def three_ways(lab: Lab, workload: Workload) -> tuple[Rounds, Rounds, Rounds]:
    """By the loop, by the engine in fp32, and by the engine at its default."""
    imagined = Imagined(workload.prompt, workload.seed, workload.steps, workload.guidance)
    place = LoopPlace(workload.brain, lab.info.device, loop_precision(lab), torch.get_num_threads())
    with DiffusersLoop(imagined, place) as loop:
        made = (
            Rounds(loop.images, workload.loop_images),
            Rounds(partial(_by_engine, lab, workload, Precision.FP32), workload.engine_images),
            Rounds(partial(_by_engine, lab, workload, lab.info.precision), workload.engine_images),
        )
        _take_rounds(made, _chosen(lab.anatomy.paths, workload), torch.device(lab.info.device), workload)
    return made


def _chosen(paths: Sequence[str], workload: Workload) -> list[Sequence[str]]:
    """Modules of each round, from all over the brain."""
    stride, count = max(1, len(paths) // workload.engine_images), workload.engine_images
    return [paths[place::stride][:count] for place in range(workload.rounds)]


def _take_rounds(
    made: Sequence[Rounds], chosen: Sequence[Sequence[str]], device: torch.device, workload: Workload
) -> None:
    for rounds in made:
        rounds.way(chosen[0][: workload.loop_images])  # to warm up
    for modules in chosen:
        for rounds in made:
            rounds.take(modules, device)


def _by_engine(lab: Lab, workload: Workload, precision: Precision, modules: Sequence[str]) -> Images:
    renders = lab.render_all([_knockout(lab, workload, path, precision) for path in modules])
    return {path: np.asarray(render.image) for path, render in zip(modules, renders, strict=True)}


def _knockout(lab: Lab, workload: Workload, path: str, precision: Precision) -> DiffusionRecipe:
    recipe = lab.recipe(
        workload.prompt,
        seed=workload.seed,
        steps=workload.steps,
        guidance=workload.guidance,
        lesions=f"{path}:zero",
    )
    return replace(recipe, precision=precision)
