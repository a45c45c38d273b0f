"""Which device computes, why, and in which floating-point format."""

from __future__ import annotations

import copy
import json
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from alienlab.domain.errors import BrainError
from alienlab.domain.recipe import Precision
from alienlab.engine.lean.exchange import make_lean

DTYPES = {Precision.FP32: torch.float32, Precision.BF16: torch.bfloat16, Precision.FP16: torch.float16}
SAFE_ERROR = 0.05
"""Largest relative error of one UNet pass against fp32 at which a half-precision format counts as safe."""
WORTHWHILE = 1.3
"""A format must be this much faster than fp32 to be taken in its place."""


@dataclass(frozen=True, slots=True)
class Device:
    """A torch device, its maker's name for it, and why it is not the GPU that one would expect."""

    torch: torch.device
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PrecisionChoice:
    precision: Precision
    reason: str


def find_device(wanted: str | None) -> Device:
    """The device asked for, else the best one; raise BrainError where the one asked for is not there."""
    if wanted is not None:
        return _named_device(wanted)
    if torch.cuda.is_available():
        return _named_device("cuda:0")
    if torch.backends.mps.is_available():
        return _named_device("mps")
    return Device(torch.device("cpu"), _processor_name(), _why_no_gpu())


def _named_device(wanted: str) -> Device:
    try:
        device = torch.device(wanted)
        torch.zeros(1, device=device)
    # torch raises the first for a name or a number that does not exist, the second for CUDA in a build without it, and
    # the third for a device that it knows and has nothing for
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise BrainError(f"The device '{wanted}' is not available here: {_first_line(error)}.") from error
    if device.type == "cuda":
        return Device(device, torch.cuda.get_device_name(device))
    return Device(device, "Apple GPU" if device.type == "mps" else _processor_name())


def _why_no_gpu() -> str:
    if shutil.which("nvidia-smi") and not torch.version.cuda:
        return "An NVIDIA driver is installed, but this torch is a CPU build. Run packaging/run.sh again."
    if shutil.which("nvidia-smi"):
        return "An NVIDIA driver is installed, but torch finds no CUDA device."
    return ""


def _processor_name() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        return platform.processor() or platform.machine()
    return platform.processor() or platform.machine()


def converted(unet: nn.Module, device: torch.device, dtype: torch.dtype) -> Any:
    """A lean copy for inference on a device in a dtype, channels last.

    diffusers' own ``to`` keeps some modules in fp32 in some models; here one dtype is one dtype.
    """
    moved = nn.Module.to(copy.deepcopy(unet), device, dtype)
    moved._apply(lambda tensor: tensor.contiguous(memory_format=torch.channels_last) if tensor.dim() == 4 else tensor)
    make_lean(moved)
    return moved.eval().requires_grad_(False)


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
    """The output in fp32, and the median of five timed passes after one to warm up; in seconds."""
    output = probe(unet).float().cpu()
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        probe(unet).float().cpu()
        seconds.append(time.perf_counter() - start)
    return output, sorted(seconds)[2]


class PrecisionMemory:
    """Remembers the choice for a device and brain in a JSON file, so that it is measured once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "precision.json"

    def recall(self, brain: str, device: Device) -> PrecisionChoice | None:
        try:
            entry = json.loads(self._file.read_text(encoding="utf-8"))[self._key(brain, device)]
            return PrecisionChoice(Precision(entry["precision"]), str(entry["reason"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def remember(self, brain: str, device: Device, choice: PrecisionChoice) -> None:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        if not isinstance(known, dict):
            known = {}
        known[self._key(brain, device)] = {"precision": choice.precision, "reason": choice.reason}
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(known, indent=1), encoding="utf-8")
        except OSError:
            return  # it is measured again next time

    def _key(self, brain: str, device: Device) -> str:
        return f"{brain[:16]} {device.name} torch {torch.__version__}"


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
