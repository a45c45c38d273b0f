"""The training loop that all stages share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import torch
from torch import nn

from alienlab.training.learning.averaging import Averages
from alienlab.training.learning.capture import Captured, Learning
from alienlab.training.learning.checkpoint import Checkpoint
from alienlab.training.learning.optimiser import Optimiser
from alienlab.training.learning.processes import Share
from alienlab.training.plan import Budget

Loss = Callable[[torch.Generator, int], dict[str, torch.Tensor]]
"""Draws ``count`` samples with a generator, on its device, and gives named losses; ``_`` begins what is only told."""

SAVE_SECONDS, REPORT_STEPS, CLIP = 120.0, 50, 1.0


@dataclass
class Stage:
    """One network, or several trained together, on their way through a budget.

    ``save`` and ``resume`` keep weights, averages, optimiser and step; the sample stream continues, too, as it is a
    function of seed, step and rank. ``captured`` is for a loss that runs as a CUDA graph. ``progress`` is told before
    each step how far the training has come, of 0 to 1.
    """

    name: str
    networks: nn.ModuleDict
    loss: Loss
    budget: Budget
    checkpoint: Checkpoint
    share: Share
    half: bool = False
    captured: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    minutes: float | None = None
    report: Callable[[str], None] = print
    progress: Callable[[float], None] | None = None
    seed: int = 0

    def train(self) -> None:
        """Train to the end of the budget or of the minutes, from the last checkpoint where there is one."""
        optimiser, averages = Optimiser(self.networks.values(), self.budget), Averages(self.networks)
        start = self._resume(optimiser, averages)
        generator = torch.Generator(self._device)
        learn: Learning = partial(self._learn, generator)
        if self.captured:
            learn = Captured(learn, generator)
        saved = began = time.monotonic()
        told: list[dict[str, torch.Tensor]] = []
        for number in range(start, self.budget.steps):
            if self.progress is not None:
                self.progress(number / self.budget.steps)
            generator.manual_seed(hash((self.seed, number, self.share.rank)) % 2**63)
            told.append(learn())
            self.share.average(optimiser.parameters)
            nn.utils.clip_grad_norm_(optimiser.parameters, CLIP)
            optimiser.step(number)
            averages.update(number)
            now = time.monotonic()
            if (number + 1) % REPORT_STEPS == 0:
                self._tell(number + 1, told, (now - began) / (number + 1 - start))
                told = []
            ends = number + 1 == self.budget.steps or self._is_over(now - began)
            if ends or now - saved > SAVE_SECONDS:
                self._save(number + 1, optimiser, averages)
                saved = now
            if ends:
                break
        averages.copy_to(self.networks)

    def _is_over(self, seconds: float) -> bool:
        """Whether the time is up for any of the processes: they stop together."""
        return self.minutes is not None and self.share.any(seconds > 60 * self.minutes)

    @property
    def _device(self) -> torch.device:
        return next(self.networks.parameters()).device

    def _learn(self, generator: torch.Generator) -> dict[str, torch.Tensor]:
        """Put the gradients of this process's part of a batch in place of the last ones; give the losses."""
        for parameter in self.networks.parameters():
            parameter.grad = None
        with torch.autocast(self._device.type, torch.bfloat16, enabled=self.half):
            losses = self.loss(generator, max(1, self.budget.batch // self.share.count))
        total = torch.stack([value for name, value in losses.items() if not name.startswith("_")]).sum()
        total.backward()
        return {name: value.detach() for name, value in losses.items()}

    def _resume(self, optimiser: Optimiser, averages: Averages) -> int:
        state = self.checkpoint.load()
        if state is None:
            return 0
        self.networks.load_state_dict(state["networks"])
        if "optimiser" in state:  # a brain that was adopted brings none
            optimiser.load_state_dict(state["optimiser"])
        averages.load_state_dict(state["averages"])
        return state["step"]

    def _save(self, step: int, optimiser: Optimiser, averages: Averages) -> None:
        if not self.share.leads:
            return
        self.checkpoint.save(
            {
                "step": step,
                "networks": self.networks.state_dict(),
                "optimiser": optimiser.state_dict(),
                "averages": averages.state_dict(),
                **self.extra,
            }
        )

    def _tell(self, step: int, told: list[dict[str, torch.Tensor]], seconds: float) -> None:
        if not self.share.leads:
            return
        means = {name: float(torch.stack([losses[name] for losses in told]).mean()) for name in told[-1]}
        losses = "  ".join(f"{name.lstrip('_')} {value:.4f}" for name, value in means.items())
        pace = f"{seconds:.2f} s/step, {(self.budget.steps - step) * seconds / 60:.0f} min left"
        self.report(f"{self.name}  step {step} of {self.budget.steps}  {losses}  {pace}")
