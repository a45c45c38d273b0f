"""Running the network backwards: from noise to an image, by the steps of DDIM."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from alienlab_pair.network import velocity
from alienlab_pair.schedule import share_left

Signal = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Fall:
    """The way of several noises to their images."""

    times: NDArray[np.float64]
    """[steps + 1]: falling to 0."""
    noisy: Signal
    """[steps + 1, n, 3, side, side]: what there was at each time."""
    guesses: Signal
    """[steps, n, 3, side, side]: what the network took the image for at each step."""

    @property
    def ends(self) -> Signal:
        """[n, 3, side, side]"""
        return self.noisy[-1]


def fall(
    network: nn.Module,
    noisy: Signal,
    texts: Signal,
    *,
    schedule: str,
    start: float = 1.0,
    steps: int,
    progress: Callable[[float], None] = lambda done: None,
) -> Fall:
    """From ``noisy`` [n, 3, side, side] at time ``start`` in even steps to time 0, without noise on the way.

    ``texts`` is [n, tokens, size]. In each step the image and the noise that the network sees are mixed again as the
    schedule mixes them at the next time (Song, Meng and Ermon, "Denoising Diffusion Implicit Models", 2020).
    """
    times = np.linspace(start, 0.0, steps + 1)
    left = share_left(times, schedule)
    left[-1] = 1.0
    states, guesses = [torch.from_numpy(np.ascontiguousarray(noisy))], []
    told = torch.from_numpy(np.ascontiguousarray(texts))
    for step in range(steps):
        progress(step / steps)
        image, noise = _parted(network, states[-1], float(times[step]), float(left[step]), told)
        guesses.append(image)
        states.append(float(left[step + 1]) ** 0.5 * image + (1 - float(left[step + 1])) ** 0.5 * noise)
    return Fall(times, torch.stack(states).numpy(), torch.stack(guesses).numpy())


@torch.no_grad()
def _parted(
    network: nn.Module, noisy: torch.Tensor, time: float, left: float, texts: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """What is image and what is noise in it, as the network has it; the image is kept within black and white."""
    seen = velocity(network, noisy, torch.full((len(noisy),), time), texts)
    image = (left**0.5 * noisy - (1 - left) ** 0.5 * seen).nan_to_num().clamp(-1, 1)
    noise = (noisy - left**0.5 * image) / max(1 - left, 1e-8) ** 0.5
    return image, noise
