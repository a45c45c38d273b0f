"""The optimiser against closed forms."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from torch import nn

from alienlab.training.learning.averaging import Averages
from alienlab.training.learning.muon import Muon
from alienlab.training.learning.optimiser import MUON_DECAY, Optimiser, schedule
from alienlab.training.plan import Budget

BUDGET = Budget(steps=100, batch=4, learning_rate=0.1, warmup=10)


def test_the_schedule_rises_stays_and_falls() -> None:
    shares = [schedule(step, BUDGET) for step in range(100)]
    assert shares[0] == pytest.approx(0.1)
    assert shares[10:50] == pytest.approx([1.0] * 40)
    assert shares[75] == pytest.approx(0.5)
    assert 0 < shares[99] < 0.03
    assert all(late <= early for early, late in pairwise(shares[50:]))


def test_convolutions_are_orthogonalised_through_views() -> None:
    """Muon's step on a matrix has all singular values about equal, whatever the gradient's."""
    torch.manual_seed(0)
    network = nn.Conv2d(6, 8, 3, bias=False).to(memory_format=torch.channels_last)
    optimiser = Optimiser([nn.Sequential(network, nn.GroupNorm(2, 8))], BUDGET)
    before = network.weight.detach().clone()
    network.weight.grad = torch.randn_like(network.weight) ** 3
    optimiser.step(20)
    decayed = before * (1 - BUDGET.learning_rate * MUON_DECAY)
    moved = (network.weight.detach() - decayed).permute(0, 2, 3, 1).flatten(1)
    values = torch.linalg.svdvals(moved)
    assert values.min() > 0.5 * values.max()
    rms = moved.square().mean().sqrt()
    assert rms == pytest.approx(0.2 * BUDGET.learning_rate, rel=0.25), "matched to AdamW's"


def test_many_matrices_at_a_time_move_as_one_by_one() -> None:
    """Against torch's own Muon, over some steps, with tall, wide and square matrices of several."""
    torch.manual_seed(0)
    shapes = [(6, 8), (8, 6), (6, 8), (5, 5), (8, 6)]
    alone = [nn.Parameter(torch.randn(shape)) for shape in shapes]
    together = [parameter.detach().clone() for parameter in alone]
    one_by_one = torch.optim.Muon(alone, lr=0.02, weight_decay=0.1, adjust_lr_fn="match_rms_adamw")
    at_once = Muon(together, 0.1)
    for _ in range(4):
        for parameter in alone:
            parameter.grad = torch.randn_like(parameter)
        at_once.step([parameter.grad for parameter in alone if parameter.grad is not None], 0.02)
        one_by_one.step()
    for expected, moved in zip(alone, together, strict=True):
        torch.testing.assert_close(moved, expected.detach(), rtol=0, atol=2e-4)


def test_norms_biases_embeddings_and_outer_layers_are_left_to_adam() -> None:
    network = nn.ModuleDict({"conv_in": nn.Conv2d(4, 8, 3), "norm": nn.GroupNorm(2, 8), "inner": nn.Linear(8, 8)})
    optimiser = Optimiser([network], BUDGET)
    assert [tuple(parameter.shape) for parameter in optimiser._inner] == [(8, 8)]
    assert len(optimiser.parameters) == len(list(network.parameters()))


def test_frozen_parameters_do_not_move() -> None:
    network = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4))
    network[0].requires_grad_(False)
    before = network[0].weight.clone()
    optimiser = Optimiser([network], BUDGET)
    network(torch.ones(2, 4)).square().sum().backward()
    optimiser.step(0)
    assert torch.equal(network[0].weight, before)


def test_averages_are_the_exponential_mean_of_the_weights() -> None:
    network = nn.Linear(1, 1, bias=False)
    averages, expected = Averages(network), float(network.weight.detach())
    for step, value in enumerate((1.0, -2.0, 5.0)):
        nn.init.constant_(network.weight, value)
        averages.update(step)
        decay = (1 + step) / (10 + step)
        expected = decay * expected + (1 - decay) * value
    averages.copy_to(network)
    assert float(network.weight.detach()) == pytest.approx(expected, rel=1e-5)
