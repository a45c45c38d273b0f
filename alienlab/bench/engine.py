"""Measures the worker: the time of a render, of a cancel, and what batching gains."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median

from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import Prompt
from alienlab.domain.events import Opened, Step
from alienlab.domain.ports import BrainSource, RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.client import WorkerEngine
from alienlab.session.paths import embedded_brain

REPEATS = 5
STEPS = 20
BATCH = 8
CANCELLED_AT_STEP = 3


def measure_engine() -> dict[str, float]:
    """Medians of ``REPEATS``, after one render to warm up."""
    with tempfile.TemporaryDirectory() as cache:
        engine = WorkerEngine(Path(cache))
        try:
            return _measure(engine)
        finally:
            engine.close()


def _measure(engine: WorkerEngine) -> dict[str, float]:
    info = next(
        event.info for event in engine.open(BrainSource(location=str(embedded_brain()))) if isinstance(event, Opened)
    )
    numbers, recipe = count(1), _recipe(info)
    eight = tuple(replace(recipe, seed=seed) for seed in range(BATCH))

    def seconds(recipes: tuple[DiffusionRecipe, ...], batch_class: int) -> float:
        start = time.perf_counter()
        for _ in engine.render(RenderJob(number=next(numbers), recipes=recipes, batch_class=batch_class)):
            pass
        return time.perf_counter() - start

    seconds((recipe,), 1)
    seconds(eight, BATCH)
    alone, together = [], []
    for _ in range(REPEATS):  # interleaved, so that a slow spell of the machine hits both alike
        alone.append(seconds((recipe,), 1))
        together.append(seconds(eight, BATCH))
    return {
        "render_20_steps_s": median(alone),
        "cancel_s": median(_cancel_seconds(engine, recipe, next(numbers)) for _ in range(REPEATS)),
        "batch_speedup": BATCH * median(alone) / median(together),
    }


def _cancel_seconds(engine: WorkerEngine, recipe: DiffusionRecipe, number: int) -> float:
    asked = time.perf_counter()
    for event in engine.render(RenderJob(number=number, recipes=(replace(recipe, steps=1000),))):
        if isinstance(event, Step) and event.step == CANCELLED_AT_STEP:
            asked = time.perf_counter()
            engine.cancel(number)
    return time.perf_counter() - asked


def _recipe(info: BrainInfo) -> DiffusionRecipe:
    return DiffusionRecipe(
        brain=info.hash,
        prompt=Prompt("a cat in a party hat"),
        seed=7,
        steps=STEPS,
        guidance=info.guidance,
        scheduler=info.scheduler,
        width=info.width,
        height=info.height,
        precision=info.precision,
    )
