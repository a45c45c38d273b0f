"""Iterating the network: pictures fall to attractors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from alienlab_digits.written import CLASSES, averages

NOWHERE = CLASSES
"""The class of what came to no digit."""


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Where pictures fell."""

    classes: NDArray[np.int64]
    """[n]: a digit, or NOWHERE."""
    soon: NDArray[np.int64]
    """[n]: the iteration from which on it was near that attractor."""

    def share_at(self, wanted: NDArray[np.int64]) -> float:
        """Share that came to the digit that was wanted of each."""
        return float(np.mean(self.classes == wanted))

    def moved(self, other: Ends) -> float:
        """Share that fell elsewhere than in the other."""
        return float(np.mean(self.classes != other.classes))


def way(network: nn.Module, starts: NDArray[np.float32], *, iterations: int, pull: float) -> NDArray[np.float32]:
    """[iterations + 1, n, 64]: each time a part of the way to what the network answers."""
    states = [torch.from_numpy(np.ascontiguousarray(starts))]
    with torch.no_grad():
        for _ in range(iterations):
            states.append(torch.lerp(states[-1], network(states[-1]).nan_to_num().clamp(-4, 4), pull))
    return torch.stack(states).numpy()


def ends(network: nn.Module, starts: NDArray[np.float32], *, iterations: int, pull: float) -> Ends:
    """Where they fall, without keeping the way."""
    state = torch.from_numpy(np.ascontiguousarray(starts))
    near = [nearest(state.numpy())]
    with torch.no_grad():
        for _ in range(iterations):
            state = torch.lerp(state, network(state).nan_to_num().clamp(-4, 4), pull)
            near.append(nearest(state.numpy()))
    return Ends(near[-1], _since(np.stack(near)))


def nearest(pictures: NDArray[np.float32]) -> NDArray[np.int64]:
    """The digit whose average is near: less than half as far as that average is from its nearest neighbour."""
    squares = squared_distances(pictures)
    which = squares.argmin(axis=1)
    return np.where(squares[np.arange(len(which)), which] < _reach()[which] ** 2, which, NOWHERE)


def squared_distances(pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, 10]: from the averages."""
    targets = averages()
    squares = (pictures**2).sum(axis=1)[:, None] - 2 * pictures @ targets.T + (targets**2).sum(axis=1)
    return np.maximum(squares, 0)


def _reach() -> NDArray[np.float32]:
    """[10]: half the distance of each average from the nearest other."""
    squares = squared_distances(averages())
    np.fill_diagonal(squares, np.inf)
    return np.sqrt(squares.min(axis=1)) / 2


def _since(near: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first of the last run of equal classes, in iterations [iterations + 1, n]."""
    differs = near != near[-1]
    last = len(near) - 1 - differs[::-1].argmax(axis=0)
    return np.where(differs.any(axis=0), last + 1, 0)
