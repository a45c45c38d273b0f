"""What an atlas is measured on: whose, where, and how much of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from alienlab.engine.device import find_device
from alienlab.session.paths import embedded_brain


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A brain, a torch device (None: the best one), and sizes."""

    brain: Path
    device: str | None = None
    rounds: int = 5
    loop_images: int = 8
    """Rendered in each round by the loop."""
    engine_images: int = 32
    """Rendered in each round by the engine in each format; the loop's are among them."""
    takes_whole_atlas: bool = True
    """Whether every module is knocked out once as well, measured and saved."""
    prompt: str = "a cat in a party hat"
    seed: int = 7
    steps: int = 12
    guidance: float = 4.0


def embedded_workload(device: str | None) -> Workload:
    """The embedded brain; a GPU takes larger batches. Raises BrainError where the device is not there."""
    workload = Workload(brain=embedded_brain(), device=device)
    return replace(workload, engine_images=128) if _is_gpu(device) else workload


def stable_diffusion_workload(brain: Path, device: str | None) -> Workload:
    """A brain of Stable Diffusion's size. A CPU, which takes minutes for an image, makes only a few."""
    workload = Workload(brain=brain, device=device, takes_whole_atlas=False)
    if _is_gpu(device):
        return replace(workload, rounds=3, loop_images=4)
    return replace(workload, rounds=1, loop_images=1, engine_images=2)


def _is_gpu(device: str | None) -> bool:
    return find_device(device).torch.type != "cpu"
