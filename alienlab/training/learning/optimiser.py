"""Muon for the matrices of a network, AdamW for the rest, under one learning-rate schedule."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

from alienlab.training.learning.muon import Muon
from alienlab.training.plan import Budget

MUON_DECAY, ADAM_DECAY = 0.05, 0.01


class Optimiser:
    """Convolutions, which must be in the channels-last format, are matrices to Muon; it sees them through views.

    Muon gives every matrix an update of the same spread, whatever its gradient: the deep levels of a UNet, which
    gradients reach weakly, learn as fast as the shallow ones (Jordan et al., 2024; learning rates matched to AdamW's
    after Liu et al., 2025).
    """

    def __init__(self, networks: Iterable[nn.Module], budget: Budget) -> None:
        inner, rest = _sorted(networks)
        self._inner = inner
        self._muon = Muon([_matrix(parameter.data) for parameter in inner], MUON_DECAY)
        self._adam = torch.optim.AdamW(rest, lr=budget.learning_rate, betas=(0.9, 0.98), weight_decay=ADAM_DECAY)
        self._rest, self._budget = rest, budget

    @property
    def parameters(self) -> list[nn.Parameter]:
        return [*self._inner, *self._rest]

    def step(self, number: int) -> None:
        """Take one step with the gradients at hand. ``number`` counts from 0."""
        rate = self._budget.learning_rate * schedule(number, self._budget)
        self._muon.step([_matrix(_gradient(parameter)) for parameter in self._inner], rate)
        for group in self._adam.param_groups:
            group["lr"] = rate
        self._adam.step()

    def state_dict(self) -> dict:
        return {"muon": self._muon.state_dict(), "adam": self._adam.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self._muon.load_state_dict(state["muon"])
        self._adam.load_state_dict(state["adam"])


def schedule(number: int, budget: Budget) -> float:
    """Share of the learning rate: up in the warm-up, level, and down to nothing over the second half."""
    warm = min(1.0, (number + 1) / budget.warmup)
    left = 1 - number / budget.steps
    return warm * max(0.002, min(1.0, 2 * left))


def _sorted(networks: Iterable[nn.Module]) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """Matrices inside the networks, and what is not one: norms, biases, embeddings, first and last layers."""
    inner, rest = [], []
    for network in networks:
        for name, parameter in network.named_parameters():
            if not parameter.requires_grad:
                continue
            outer = parameter.ndim < 2 or "embedding.weight" in name or name.startswith(("conv_in", "conv_out"))
            (rest if outer else inner).append(parameter)
    return inner, rest


def _gradient(parameter: nn.Parameter) -> torch.Tensor:
    """Zeros where no loss depends on it."""
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def _matrix(weight: torch.Tensor) -> torch.Tensor:
    """[out, in], or [out, height × width × in]: for a weight in the channels-last format, a view of it."""
    return weight if weight.ndim == 2 else weight.permute(0, 2, 3, 1).flatten(1)
