"""Which device computes, and why."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from alienlab.domain.errors import BrainError
from alienlab.domain.recipe import Precision
from alienlab.engine.lean.exchange import make_lean
from alienlab.engine.processor import processor_name

DTYPES = {Precision.FP32: torch.float32, Precision.BF16: torch.bfloat16, Precision.FP16: torch.float16}


@dataclass(frozen=True, slots=True)
class Device:
    """A torch device, its maker's name for it, and why it is not the GPU that one would expect."""

    torch: torch.device
    name: str
    reason: str = ""


def find_device(wanted: str | None) -> Device:
    """The device asked for, else the best one; raise BrainError where the one asked for is not there."""
    if wanted is not None:
        return _named_device(wanted)
    if torch.cuda.is_available():
        return _named_device("cuda:0")
    if torch.backends.mps.is_available():
        return _named_device("mps")
    return Device(torch.device("cpu"), processor_name(), _why_no_gpu())


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
    return Device(device, "Apple GPU" if device.type == "mps" else processor_name())


def _why_no_gpu() -> str:
    if shutil.which("nvidia-smi") and not torch.version.cuda:
        return "An NVIDIA driver is installed, but this torch is a CPU build. Run packaging/run.sh again."
    if shutil.which("nvidia-smi"):
        return "An NVIDIA driver is installed, but torch finds no CUDA device."
    return ""


def converted(unet: nn.Module, device: torch.device, dtype: torch.dtype) -> Any:
    """A lean copy for inference on a device in a dtype, channels last.

    diffusers' own ``to`` keeps some modules in fp32 in some models; here one dtype is one dtype.
    """
    moved = nn.Module.to(copy.deepcopy(unet), device, dtype)
    moved._apply(lambda tensor: tensor.contiguous(memory_format=torch.channels_last) if tensor.dim() == 4 else tensor)
    make_lean(moved)
    return moved.eval().requires_grad_(False)


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
