"""Iterating the network: pictures fall to attractors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from alienlab.api import one_thread
from alienlab_digits.written import CLASSES, averages

NOWHERE = CLASSES
"""The class of what came to no digit."""


_AT_ONCE = 512
"""Pictures that fall together: so few that all of it stays near the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where pictures fell."""

    classes: NDArray[np.int64]
    """[n]: a digit, or NOWHERE."""
    nearest: NDArray[np.int64]
    """[n]: the digit whose average is nearest, however far."""
    soon: NDArray[np.int64]
    """[n]: the iteration from which on its class stayed the same."""

    def share_at(self, wanted: NDArray[np.int64]) -> float:
        """Share that came to the digit that was wanted of each."""
        return float(np.mean(self.classes == wanted))

    def moved(self, other: Ends) -> float:
        """Share that fell elsewhere than in the other."""
        return float(np.mean(self.classes != other.classes))


def way(network: nn.Module, starts: NDArray[np.float32], *, iterations: int, pull: float) -> NDArray[np.float32]:
    """[iterations + 1, n, 64]: each time a part of the way to what the network answers."""
    states = [torch.from_numpy(np.ascontiguousarray(starts))]
    with one_thread():
        for _ in range(iterations):
            states.append(_onwards(network, states[-1], pull))
    return torch.stack(states).numpy()


def ends(
    network: nn.Module,
    starts: NDArray[np.float32],
    *,
    iterations: int,
    pull: float,
    progress: Callable[[float], None] = lambda done: None,
) -> Ends:
    """Where they fall, without keeping the way."""
    parts = torch.from_numpy(np.ascontiguousarray(starts)).split(_AT_ONCE)
    found = []
    with one_thread():
        for place, part in enumerate(parts):
            progress(place / len(parts))
            found.append(_part_ends(network, part, iterations, pull))
    return Ends(*(np.concatenate(entries) for entries in zip(*found, strict=True)))


def classes_of(pictures: NDArray[np.float32]) -> NDArray[np.int64]:
    """[n]: the digit whose average is near, or NOWHERE.

    Near is less than half as far as that average is from its nearest neighbour.
    """
    return _near(torch.from_numpy(np.ascontiguousarray(pictures)))[0].numpy()


def squared_distances(pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, 10]: from the averages."""
    return _squares(torch.from_numpy(np.ascontiguousarray(pictures))).numpy()


@torch.no_grad()
def _part_ends(
    network: nn.Module, state: torch.Tensor, iterations: int, pull: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    classes, nearest = _near(state)
    soon = torch.zeros_like(classes)
    for turn in range(1, iterations + 1):
        state = _onwards(network, state, pull)
        before, (classes, nearest) = classes, _near(state)
        soon[classes != before] = turn
    return classes.numpy(), nearest.numpy(), soon.numpy()


@torch.no_grad()
def _onwards(network: nn.Module, state: torch.Tensor, pull: float) -> torch.Tensor:
    """A part of the way to the answer, which a lesion may have made as large as it likes."""
    return torch.lerp(state, network(state).nan_to_num_().clamp_(-4, 4), pull)


def _near(pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Class, and the nearest digit."""
    squares, nearest = _squares(pictures).min(dim=1)
    return torch.where(squares < _squared_reach()[nearest], nearest, NOWHERE), nearest


def _squares(pictures: torch.Tensor) -> torch.Tensor:
    targets, lengths = _targets()
    own = pictures.square().sum(dim=1, keepdim=True)
    return torch.addmm(lengths, pictures, targets, alpha=-2).add_(own).clamp_(min=0)


@cache
def _targets() -> tuple[torch.Tensor, torch.Tensor]:
    """The averages [64, 10] and their squared lengths [10]."""
    targets = torch.from_numpy(averages())
    return targets.T.contiguous(), targets.square().sum(dim=1)


@cache
def _squared_reach() -> torch.Tensor:
    """[10]: the square of half the distance of each average from the nearest other."""
    squares = _squares(torch.from_numpy(averages())).fill_diagonal_(torch.inf)
    return squares.min(dim=1).values / 4
