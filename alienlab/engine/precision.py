"""In which floating-point format a brain computes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import nn

from alienlab.domain.recipe import Precision
from alienlab.engine.device import DTYPES, Device, converted
from alienlab.engine.remembered import Remembered

SAFE_ERROR = 0.05
"""Largest relative error of one UNet pass against fp32 at which a half-precision format counts as safe."""
WORTHWHILE = 1.2
"""A format must be this much faster than fp32 to be taken in its place."""


REPEATS = 5


@dataclass(frozen=True, slots=True)
class PrecisionChoice:
    precision: Precision
    reason: str


def choose_precision(unet: nn.Module, device: Device, probe: Callable[[nn.Module], torch.Tensor]) -> PrecisionChoice:
    """Measure one small pass in each format and take the fastest that is safe.

    ``probe`` runs one forward pass of a UNet and returns its output; ``unet`` is on ``device`` in fp32.
    """
    truth, slowest = _timed(unet, probe)
    best, best_seconds, tried = Precision.FP32, slowest / WORTHWHILE, []
    for precision in _half_formats(device):
        candidate = converted(unet, device.torch, DTYPES[precision])
        output, seconds = _timed(candidate, probe)
        error = ((output - truth).norm() / truth.norm()).item()
        tried.append(f"{precision} {slowest / seconds:.1f}× as fast as fp32, error {error:.1%}")
        if error <= SAFE_ERROR and seconds < best_seconds:
            best, best_seconds = precision, seconds
    return PrecisionChoice(best, f"Measured here: {'; '.join(tried)}." if tried else "")


def _half_formats(device: Device) -> tuple[Precision, ...]:
    return (Precision.BF16,) if device.torch.type == "cpu" else (Precision.FP16, Precision.BF16)


def _timed(unet: nn.Module, probe: Callable[[nn.Module], torch.Tensor]) -> tuple[torch.Tensor, float]:
    """The output in fp32, and the shortest of some timed passes after one to warm up; in seconds."""
    output = probe(unet).float().cpu()
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        probe(unet).float().cpu()
        seconds.append(time.perf_counter() - start)
    return output, min(seconds)  # what else the machine does can only make a pass longer


def recall_precision(memory: Remembered) -> PrecisionChoice | None:
    """What was measured before; None where it was not."""
    try:
        entry = memory.recall()
        return PrecisionChoice(Precision(entry["precision"]), str(entry["reason"]))
    except (KeyError, ValueError):
        return None


def remember_precision(memory: Remembered, choice: PrecisionChoice) -> None:
    memory.remember({"precision": str(choice.precision), "reason": choice.reason})
