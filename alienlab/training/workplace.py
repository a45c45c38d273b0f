"""Where training happens: the bank, the tokenizer and the checkpoints of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import CLIPTokenizer

from alienlab.training.bank import Bank, open_bank
from alienlab.training.errors import TrainingError
from alienlab.training.learning.checkpoint import Checkpoint
from alienlab.training.parts.vocabulary import new_tokenizer
from alienlab.training.plan import Plan
from alienlab.training.world.sampling import Mixture


@dataclass(frozen=True)
class Workplace:
    """Where training keeps its bank and checkpoints, and what it trains on.

    A stage that has trained for ``minutes`` leaves a checkpoint and ends.
    """

    plan: Plan
    world: Path
    folder: Path
    device: str = "cpu"
    minutes: float | None = None

    def bank_folder(self, mixture: Mixture = Mixture.IMAGINING) -> Path:
        return self.folder / f"{mixture}-{self.plan.bank_pixels(mixture)}"

    @property
    def tokenizer_folder(self) -> Path:
        return self.folder / "tokenizer"

    def bank(self, mixture: Mixture = Mixture.IMAGINING) -> Bank:
        return open_bank(self.bank_folder(mixture))

    def checkpoint(self, stage: str) -> Checkpoint:
        return Checkpoint(self.folder / f"{stage}.pt", self.plan.shape_of(stage))

    def tokenizer(self) -> CLIPTokenizer:
        """Trained on the bank's captions once, then kept."""
        folder = self.tokenizer_folder
        if not folder.exists():
            bank = self.bank()
            new_tokenizer(caption for captions in bank.captions for caption in captions).save_pretrained(folder)
        return CLIPTokenizer.from_pretrained(folder)

    def state(self, stage: str) -> dict[str, Any]:
        """A stage's last checkpoint; raise TrainingError where it was not begun."""
        state = self.checkpoint(stage).load()
        if state is None:
            raise TrainingError(f"The stage '{stage}' has left no checkpoint in {self.folder}. Run it first.")
        return state

    def averages(self, stage: str) -> dict[str, torch.Tensor]:
        """The averaged weights of a stage's last checkpoint, in the order of its networks' parameters."""
        return self.state(stage)["averages"]


def fill(networks: nn.Module, averages: dict[str, torch.Tensor]) -> None:
    """Copy averaged weights, in the order of the networks' parameters."""
    with torch.no_grad():
        for index, parameter in enumerate(networks.parameters()):
            parameter.copy_(averages[str(index)])
