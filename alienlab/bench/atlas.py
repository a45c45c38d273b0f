"""Measures an atlas by the engine against the loop that a user of diffusers would write."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import torch

from alienlab.bench.figures import Figures
from alienlab.bench.likeness import comparable, likeness_figures
from alienlab.bench.machine import unet_rate
from alienlab.bench.memory import forget_gpu_peak, gpu_peak_figures, leave_room_for_loop, peak_memory
from alienlab.bench.random_brain import STABLE_DIFFUSION, write_random_brain
from alienlab.bench.rounds import Rounds, loop_precision, three_ways
from alienlab.bench.workload import Workload, embedded_workload, stable_diffusion_workload
from alienlab.domain.effects import Verdict
from alienlab.domain.sweeps.kinds import knockouts
from alienlab.engine.device import find_device
from alienlab.lab import Lab
from alienlab.session.log.store import Session


def measure_embedded(device: str | None = None) -> Figures:
    """The whole atlas of the embedded brain, and rounds. Takes some minutes."""
    return measure_atlas(embedded_workload(device))


def measure_stable_diffusion(device: str | None = None) -> Figures:
    """Rounds of a brain of Stable Diffusion 1.5's size with random weights. Takes some minutes on a large GPU."""
    find_device(device)  # before two gigabytes are written
    with tempfile.TemporaryDirectory() as folder:
        brain = write_random_brain(Path(folder) / "random-stable-diffusion", STABLE_DIFFUSION)
        return measure_atlas(stable_diffusion_workload(brain, device))


def measure_atlas(workload: Workload) -> Figures:
    """A whole atlas at the engine's default where that is wanted, then rounds of all three ways, interleaved.

    Likeness is left out where no image can be compared, ``atlas_seconds`` where no whole atlas was made.
    """
    leave_room_for_loop(find_device(workload.device).torch)
    with Lab(workload.brain, device=workload.device) as lab:
        device = torch.device(lab.info.device)
        forget_gpu_peak(device)
        verdicts, atlas = _whole_atlas(lab, workload) if workload.takes_whole_atlas else ({}, {})
        loop, exact, default = three_ways(lab, workload)
        gpu_peak = gpu_peak_figures(device)
        rate = unet_rate(lab, steps=workload.steps, guided=workload.guidance > 1.0)
        circumstances = {
            "device": lab.info.device,
            "loop_dtype": str(loop_precision(lab)),
            "engine_dtype": str(lab.info.precision),
        }
    paths = comparable(loop.images, exact.images, default.images, verdicts)
    return {
        **_speeds(loop, exact, default),
        **likeness_figures(loop.images, exact.images, default.images, paths),
        "peak_fraction": rate.ideal_seconds / median(default.seconds),
        **atlas,
        "peak_memory_gb": peak_memory() / 1e9,
        **gpu_peak,
        **circumstances,
    }


def _whole_atlas(lab: Lab, workload: Workload) -> tuple[Mapping[str, Verdict], dict[str, float]]:
    """What each knockout does, by module, and the seconds that all of them took."""
    with tempfile.TemporaryDirectory() as folder, Session.open(Path(folder) / "atlas") as session:
        start = time.perf_counter()
        rows = lab.sweep(
            workload.prompt,
            knockouts(lab.anatomy),
            session=session,
            seed=workload.seed,
            steps=workload.steps,
            guidance=workload.guidance,
        )
        seconds = time.perf_counter() - start
    verdicts = {row.trial.module: row.effect.verdict for row in rows if row.effect is not None and row.trial.module}
    return verdicts, {"atlas_seconds": seconds}


def _speeds(loop: Rounds, exact: Rounds, default: Rounds) -> dict[str, float]:
    return {
        "images_per_second_loop": loop.per_second,
        "images_per_second_exact": exact.per_second,
        "images_per_second_default": default.per_second,
        "ratio_exact": exact.per_second / loop.per_second,
        "ratio_default": default.per_second / loop.per_second,
    }
