"""How much memory this process took, and how it shares a GPU with the loop's process."""

from __future__ import annotations

from pathlib import Path

import psutil
import torch

LOOP_ROOM = 8 * 2**30
"""Bytes of a GPU's memory that the engine leaves to the loop: a pipeline in half precision, and one image."""
LEAST_SHARE = 0.5
"""Of a small GPU, for the engine."""


def leave_room_for_loop(device: torch.device) -> None:
    """From now on, torch in this process takes no more of a GPU than leaves room for another process.

    It keeps what it once allocated, so that trying out large batches would otherwise take everything for good.
    """
    if device.type == "cuda":
        index = torch.cuda.current_device() if device.index is None else device.index
        total = torch.cuda.get_device_properties(index).total_memory
        torch.cuda.set_per_process_memory_fraction(max(LEAST_SHARE, 1.0 - LOOP_ROOM / total), index)


def forget_gpu_peak(device: torch.device) -> None:
    """Let ``gpu_peak_figures`` begin here."""
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)


def gpu_peak_figures(device: torch.device) -> dict[str, float]:
    """What tensors of this process took at most; empty without a GPU."""
    if device.type != "cuda":
        return {}
    return {"peak_gpu_memory_gb": torch.cuda.max_memory_allocated(device) / 1e9}


def wait_for(device: torch.device) -> None:
    """Let a GPU finish what it was given: calls return before it has."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def peak_memory(process: int | None = None) -> float:
    """Bytes resident at most, so far, of this process or of another one."""
    try:
        status = Path(f"/proc/{process or 'self'}/status").read_text(encoding="utf-8")
    except OSError:
        info = psutil.Process(process).memory_info()
        return float(getattr(info, "peak_wset", info.rss))
    return next(1024.0 * float(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
