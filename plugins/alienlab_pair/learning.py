"""Training: noised images go in, and the network learns what is image in them and what is noise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from alienlab.api import one_thread
from alienlab_pair.materials import Pair
from alienlab_pair.network import build, text_point, velocity
from alienlab_pair.schedule import share_left

BATCH = 8
_RATE = 2.5e-3
_WARMING = 20
"""Steps until the rate of learning is full."""
_FINENESS = 1000
"""Times that the schedule is known at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """All that decides the trained network."""

    pair: Pair
    schedule: str
    steps: int
    width: int
    seed: int

    @property
    def key(self) -> tuple[str, str, int, int, int]:
        return (self.pair.key, self.schedule, self.steps, self.width, self.seed)

    def untrained(self) -> nn.Module:
        return build(self.width, self.pair.images.shape[-1], self.seed)


def learn(network: nn.Module, lesson: Lesson) -> Iterator[float]:
    """Train it; after each step comes its loss, the mean squared error in units of the noise's variance."""
    draw = _Drawing(lesson)
    optimiser = torch.optim.Adam(network.parameters(), lr=_RATE, betas=(0.9, 0.99), fused=True)
    network.train()
    for step in range(lesson.steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * _pace(step, lesson.steps)
        with one_thread():
            loss = _step(network, optimiser, *draw.batch())
        yield loss
    network.eval().requires_grad_(False)


def _step(
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    noisy: torch.Tensor,
    times: torch.Tensor,
    texts: torch.Tensor,
    wanted: torch.Tensor,
) -> float:
    loss = nn.functional.mse_loss(velocity(network, noisy, times, texts), wanted)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


class _Drawing:
    """Draws what is learned from: either image, any time, and its word half of the time."""

    def __init__(self, lesson: Lesson) -> None:
        self._random = torch.Generator().manual_seed(lesson.seed)
        self._images = torch.from_numpy(lesson.pair.images)
        texts = [text_point(text) for text in (*lesson.pair.words, "")]
        self._texts = torch.from_numpy(np.stack(texts))
        grid = np.linspace(0, 1, _FINENESS + 1)
        self._left = torch.from_numpy(share_left(grid, lesson.schedule).astype(np.float32))

    def batch(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Noisy images, their times, their texts, and the velocity that is to be found in them."""
        which = torch.arange(BATCH) % 2
        is_told = torch.arange(BATCH) % 4 < 2
        images = self._images[which]
        noise = torch.randn(images.shape, generator=self._random)
        places = self._times()
        left = self._left[places].view(-1, 1, 1, 1)
        noisy = left.sqrt() * images + (1 - left).sqrt() * noise
        wanted = left.sqrt() * noise - (1 - left).sqrt() * images
        texts = self._texts[torch.where(is_told, which, torch.full_like(which, 2))]
        return noisy, places.float() / _FINENESS, texts, wanted

    def _times(self) -> torch.Tensor:
        """Spread evenly, each image of the batch in a part of its own, so that no batch leaves a part out."""
        parts = torch.randperm(BATCH, generator=self._random).float()
        within = torch.rand(BATCH, generator=self._random)
        return ((parts + within) / BATCH * _FINENESS).long() + 1


def _pace(step: int, steps: int) -> float:
    """The rate of learning, as a share of the full one: it warms up, then falls along a half wave of a cosine."""
    warmed = min(1.0, (step + 1) / min(_WARMING, steps))
    return warmed * (0.5 + 0.5 * math.cos(math.pi * step / steps))
