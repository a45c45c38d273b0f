"""Steps of training as CUDA graphs."""

from __future__ import annotations

from collections.abc import Callable

import torch

Learning = Callable[[], dict[str, torch.Tensor]]
"""Computes losses, and leaves gradients."""

WARM_UP = 3


class Captured:
    """Learning that is recorded once and replayed on each call: one launch instead of thousands.

    A network of small layers keeps a GPU waiting for the processor that launches them. What is recorded must not wait
    for the GPU, and must draw its samples with ``generator``, which may be seeded anew before each call.
    """

    def __init__(self, learn: Learning, generator: torch.Generator) -> None:
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(WARM_UP):
                learn()
        torch.cuda.current_stream().wait_stream(aside)
        self._graph = torch.cuda.CUDAGraph()
        self._graph.register_generator_state(generator)
        with torch.cuda.graph(self._graph):
            self._losses = learn()

    def __call__(self) -> dict[str, torch.Tensor]:
        self._graph.replay()
        return {name: value.clone() for name, value in self._losses.items()}
