"""Muon, many matrices at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import torch

MOMENTUM, ROUNDS, TINY = 0.95, 5, 1e-7
FIRST, THIRD, FIFTH = 3.4445, -4.7750, 2.0315
"""Coefficients of the quintic iteration that drives singular values towards 1 (Jordan et al., 2024)."""


class Muon:
    """Moves matrices by their momentum with all singular values made about equal (Jordan et al., 2024).

    What torch.optim.Muon does, with learning rates matched to AdamW's (Liu et al., 2025), but with the matrices of one
    shape in one product: a UNet has hundreds of small ones, and one by one they take longer than its gradients.
    """

    def __init__(self, matrices: Sequence[torch.Tensor], decay: float) -> None:
        """``matrices`` are moved in place; ``decay`` is the weight decay a unit of learning rate."""
        self._matrices, self._decay = list(matrices), decay
        places: dict[torch.Size, list[int]] = defaultdict(list)
        for place, matrix in enumerate(self._matrices):
            places[matrix.shape].append(place)
        self._alike = list(places.values())
        self._momenta = [torch.zeros_like(torch.stack(self._of(alike))) for alike in self._alike]

    @torch.no_grad()
    def step(self, gradients: Sequence[torch.Tensor], learning_rate: float) -> None:
        """Take one step; ``gradients`` are of the matrices' shapes and in their order."""
        for places, momentum in zip(self._alike, self._momenta, strict=True):
            slopes = torch.stack([gradients[place] for place in places])
            momentum.lerp_(slopes, 1 - MOMENTUM)
            moves = _orthogonal(slopes.lerp(momentum, MOMENTUM))
            rate = 0.2 * max(moves.shape[1:]) ** 0.5 * learning_rate
            for matrix, move in zip(self._of(places), moves, strict=True):
                matrix.mul_(1 - learning_rate * self._decay).add_(move, alpha=-rate)

    def state_dict(self) -> dict[str, torch.Tensor]:
        return {str(index): momentum for index, momentum in enumerate(self._momenta)}

    def load_state_dict(self, state: dict[str, torch.Tensor]) -> None:
        for index, momentum in enumerate(self._momenta):
            momentum.copy_(state[str(index)])

    def _of(self, places: Sequence[int]) -> list[torch.Tensor]:
        return [self._matrices[place] for place in places]


def _orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """[matrices, rows, columns] with singular values near 1, in bfloat16."""
    tall = matrices.shape[1] > matrices.shape[2]
    made = (matrices.mT if tall else matrices).bfloat16()
    made = made / made.norm(dim=(1, 2), keepdim=True).clamp_min(TINY)
    for _ in range(ROUNDS):
        gram = made @ made.mT
        weights = torch.baddbmm(gram, gram, gram, beta=THIRD, alpha=FIFTH)
        made = torch.baddbmm(made, weights, made, beta=FIRST)
    return made.mT if tall else made
