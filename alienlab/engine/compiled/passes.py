"""One compiled program for one shape of a batch."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import torch

from alienlab.domain.brain import COMPILED
from alienlab.domain.lesions import LesionSet
from alienlab.engine.compiled.gains import gains_of
from alienlab.engine.compiled.twin import own_modules, twin_of

Pass = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]
Compile = Callable[[Pass], Pass]
WARM_UPS = 3
"""Passes until the program is compiled and its CUDA graph is recorded."""


@dataclass(frozen=True, slots=True)
class PassShape:
    """Of a pass's sample [rows, channels, height, width] and of its concept points [rows, tokens, dims]."""

    sample: tuple[int, int, int, int]
    points: tuple[int, int, int]


def compiled(run: Pass) -> Pass:
    """As one program without gaps, replayed as a CUDA graph where there is CUDA."""
    return torch.compile(run, fullgraph=True, dynamic=False, mode="reduce-overhead")


class CompiledPasses:
    """Implements ``Passes`` for batches that ``fits`` finds fit. What it is given is copied to where it computes."""

    notes = (COMPILED,)

    def __init__(self, unet: Any, shape: PassShape, compile: Compile) -> None:
        parameter = next(unet.parameters())
        self.device: torch.device = parameter.device
        self.dtype: torch.dtype = parameter.dtype
        self._places, self._rows = own_modules(unet), shape.sample[0]
        self._gains = torch.ones(2, len(self._places), self._rows, device=self.device)
        sample = torch.zeros(shape.sample, device=self.device, dtype=self.dtype)
        self._inputs = (
            sample.contiguous(memory_format=torch.channels_last),
            torch.zeros((), device=self.device),  # a floating point number for every scheduler
            torch.zeros(shape.points, device=self.device, dtype=self.dtype),
        )
        self._run = compile(_program(twin_of(unet, self._gains)))
        self._warm_up()

    def lesion(self, edits: LesionSet, rows: Sequence[tuple[slice, LesionSet]]) -> None:
        """See ``Passes.lesion``; there are no edits in a batch that fits."""
        self._gains.copy_(gains_of(rows, self._places, rows=self._rows))

    @torch.inference_mode()
    def predict(self, sample: torch.Tensor, timestep: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
        """See ``Passes.predict``."""
        for own, given in zip(self._inputs, (sample, timestep, points), strict=True):
            own.copy_(given)
        return self._run(*self._inputs).clone()  # the next pass writes where this one did

    def close(self) -> None:
        """End the lesions."""
        self._gains.fill_(1.0)

    @torch.inference_mode()
    def _warm_up(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the compiler's own making
            for _ in range(WARM_UPS):
                self._run(*self._inputs)


def _program(twin: Any) -> Pass:
    """A pass of the twin; its code is its own, as the compiler counts the programs that came of one code."""

    def run(sample: torch.Tensor, timestep: torch.Tensor, points: torch.Tensor) -> torch.Tensor:
        return twin(sample, timestep, encoder_hidden_states=points, return_dict=False)[0]

    return FunctionType(run.__code__.replace(), run.__globals__, closure=run.__closure__)
