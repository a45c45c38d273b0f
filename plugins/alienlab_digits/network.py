"""The network that answers a picture with a digit's average, and its training."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from alienlab.api import one_thread
from alienlab_digits.written import SIDE, averages, learned_and_held_out

BATCH = 128
MOST_NOISE = 1.2
"""Standard deviation of the strongest noise in training, in units of the step from paper to ink."""
_RATE = 8e-3
_WIDE = 96


class Attractor(nn.Module):
    """64 pixels in, 64 pixels out, through a narrow middle."""

    def __init__(self, neurons: int) -> None:
        super().__init__()
        pixels = SIDE * SIDE
        self.encoder = nn.Sequential(nn.Linear(pixels, _WIDE), nn.ReLU())
        self.middle = nn.Sequential(nn.Linear(_WIDE, neurons), nn.ReLU(), nn.LayerNorm(neurons))
        self.decoder = nn.Sequential(nn.Linear(neurons, _WIDE), nn.ReLU(), nn.Linear(_WIDE, pixels))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return self.decoder(self.middle(self.encoder(pictures)))


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that decides the trained network."""

    steps: int
    neurons: int
    seed: int

    def untrained(self) -> Attractor:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            return Attractor(self.neurons)


def learn(network: nn.Module, lesson: Lesson) -> Iterator[float]:
    """Train it; after each step comes its loss, the mean squared distance from the right average.

    It sees digits with any amount of noise, and what lies between them and their average, where the way leads.
    """
    learned, _ = learned_and_held_out()
    inputs, labels = torch.from_numpy(learned.inputs), torch.from_numpy(learned.labels)
    targets = torch.from_numpy(averages())
    random = torch.Generator().manual_seed(lesson.seed)
    optimiser = torch.optim.Adam(network.parameters(), lr=_RATE, betas=(0.9, 0.99), fused=True)
    for step in range(lesson.steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (0.5 + 0.5 * math.cos(math.pi * step / lesson.steps))
        with one_thread():
            chosen = torch.randint(len(inputs), (BATCH,), generator=random)
            wanted = targets[labels[chosen]]
            loss = nn.functional.mse_loss(network(_on_the_way(inputs[chosen], wanted, random)), wanted)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
        yield float(loss.detach())
    network.eval().requires_grad_(False)


def answer(network: nn.Module, pictures: np.ndarray) -> np.ndarray:
    """What the network makes of pictures [n, 64]."""
    with torch.no_grad(), one_thread():
        return network(torch.from_numpy(pictures)).numpy()


def _on_the_way(digits: torch.Tensor, wanted: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    amounts = torch.rand(len(digits), 1, generator=random) ** 2 * MOST_NOISE * 2
    noisy = digits + amounts * torch.randn(digits.shape, generator=random)
    gone = torch.rand(len(digits), 1, generator=random).clamp(max=0.9)
    is_start = torch.rand(len(digits), 1, generator=random) < 0.5
    return torch.where(is_start, noisy, (1 - gone) * noisy + gone * wanted)
