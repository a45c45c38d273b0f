"""Recorded learning against the same learning step by step."""

from __future__ import annotations

from functools import partial

import pytest
import torch
from torch import nn

from alienlab.training.learning.capture import Captured

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="CUDA graphs need a GPU")


def test_what_is_recorded_draws_new_samples_and_gives_the_same_gradients() -> None:
    network = nn.Linear(8, 8, device="cuda")
    generator = torch.Generator("cuda")

    def learn(generator: torch.Generator) -> dict[str, torch.Tensor]:
        network.weight.grad = network.bias.grad = None
        loss = network(torch.randn(16, 8, generator=generator, device="cuda")).square().mean()
        loss.backward()
        return {"loss": loss.detach()}

    captured = Captured(partial(learn, generator), generator)
    recorded = []
    for seed in (3, 4):
        generator.manual_seed(seed)
        losses = captured()
        assert network.weight.grad is not None
        recorded.append((losses["loss"], network.weight.grad.clone()))
    for seed, (loss, gradient) in zip((3, 4), recorded, strict=True):
        expected = learn(generator.manual_seed(seed))
        torch.testing.assert_close(loss, expected["loss"])
        torch.testing.assert_close(gradient, network.weight.grad)
