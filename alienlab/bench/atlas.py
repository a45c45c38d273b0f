"""Measures the atlas of the embedded brain against the loop that a user of diffusers would write."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np
import psutil
import torch
from numpy.typing import NDArray

from alienlab.bench.loop import DiffusersLoop, Images, Imagined
from alienlab.bench.machine import unet_rate
from alienlab.domain.effects import Verdict
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.domain.sweeps.kinds import knockouts
from alienlab.domain.sweeps.results import Result
from alienlab.lab import Lab
from alienlab.session.store import Session

PROMPT, SEED, STEPS, GUIDANCE = "a cat in a party hat", 7, 12, 4.0
ROUNDS = 5
LOOP_IMAGES, ENGINE_IMAGES = 8, 32
"""Rendered in each round by the loop, and by the engine in each format."""
WORST = 5
"""Percentile of the signal-to-noise ratios that counts."""
COMPARABLE = (Verdict.NOTHING, Verdict.NUANCE, Verdict.ALTERED)
"""A destroyed image may rightly diverge."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds an image in each round, and the images, of one way to make the atlas."""

    seconds: list[float]
    images: Images

    @property
    def per_second(self) -> float:
        return 1.0 / median(self.seconds)


def measure_atlas() -> dict[str, float]:
    """One whole atlas at the engine's default, then rounds of all three ways, interleaved. Takes some minutes."""
    with Lab() as lab:
        rows, seconds = _whole_atlas(lab)
        loop, exact, default = _rounds(lab)
        rate = unet_rate(lab, steps=STEPS, guided=True)
    verdicts = {row.trial.module: row.effect.verdict for row in rows if row.effect is not None}
    comparable = [path for path in loop.images if verdicts.get(path) in COMPARABLE]
    exact_db = [_psnr(loop.images[path], exact.images[path]) for path in comparable]
    default_db = [_psnr(loop.images[path], default.images[path]) for path in comparable]
    return {
        "images_per_second_loop": loop.per_second,
        "images_per_second_exact": exact.per_second,
        "images_per_second_default": default.per_second,
        "ratio_exact": exact.per_second / loop.per_second,
        "ratio_default": default.per_second / loop.per_second,
        "psnr_exact_db": float(np.percentile(exact_db, WORST)),
        "psnr_default_db": float(np.percentile(default_db, WORST)),
        "largest_difference_exact": _largest(loop.images, exact.images, comparable),
        "largest_difference_default": _largest(loop.images, default.images, comparable),
        "peak_fraction": rate.ideal_seconds / median(default.seconds),
        "atlas_seconds": seconds,
        "peak_memory_gb": _peak_memory() / 1e9,
    }


def _whole_atlas(lab: Lab) -> tuple[list[Result], float]:
    with tempfile.TemporaryDirectory() as folder, Session.open(Path(folder) / "atlas") as session:
        start = time.perf_counter()
        rows = lab.sweep(PROMPT, knockouts(lab.anatomy), session=session, seed=SEED, steps=STEPS, guidance=GUIDANCE)
        return rows, time.perf_counter() - start


def _rounds(lab: Lab) -> tuple[Rounds, Rounds, Rounds]:
    with DiffusersLoop(Imagined(PROMPT, SEED, STEPS, GUIDANCE), threads=torch.get_num_threads()) as loop:
        return _three_ways(lab, loop)


def _three_ways(lab: Lab, loop: DiffusersLoop) -> tuple[Rounds, Rounds, Rounds]:
    paths = lab.anatomy.paths
    chosen = [paths[place :: len(paths) // ENGINE_IMAGES][:ENGINE_IMAGES] for place in range(ROUNDS)]
    ways = (
        lambda modules: loop.images(modules[:LOOP_IMAGES]),
        lambda modules: _by_engine(lab, modules, Precision.FP32),
        lambda modules: _by_engine(lab, modules, lab.info.precision),
    )
    for way in ways:
        way(chosen[0][:LOOP_IMAGES])  # to warm up
    made = [Rounds([], {}) for _ in ways]
    for modules in chosen:
        for way, rounds in zip(ways, made, strict=True):
            _take_round(way, modules, rounds)
    return made[0], made[1], made[2]


def _take_round(way: Callable[[Sequence[str]], Images], modules: Sequence[str], rounds: Rounds) -> None:
    start = time.perf_counter()
    images = way(modules)
    rounds.seconds.append((time.perf_counter() - start) / len(images))
    rounds.images.update(images)


def _by_engine(lab: Lab, modules: Sequence[str], precision: Precision) -> Images:
    recipes = [_knockout(lab, path, precision) for path in modules]
    renders = lab.render_all(recipes)
    return {path: np.asarray(render.image) for path, render in zip(modules, renders, strict=True)}


def _knockout(lab: Lab, path: str, precision: Precision) -> DiffusionRecipe:
    recipe = lab.recipe(PROMPT, seed=SEED, steps=STEPS, guidance=GUIDANCE, lesions=f"{path}:zero")
    return replace(recipe, precision=precision)


def _psnr(image: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio in dB; equal images count as half a step of rounding apart in each pixel."""
    error = float(np.mean((image.astype(np.float64) - other) ** 2))
    return 10.0 * float(np.log10(255.0**2 / max(error, 0.25**2)))


def _largest(images: Images, others: Images, paths: Sequence[str]) -> float:
    """Of all pixels, in steps of 255."""
    return float(max(np.abs(images[path].astype(int) - others[path]).max() for path in paths))


def _peak_memory() -> float:
    """Bytes resident at most, so far, of this process."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        info = psutil.Process().memory_info()
        return float(getattr(info, "peak_wset", info.rss))
    return next(1024.0 * float(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
