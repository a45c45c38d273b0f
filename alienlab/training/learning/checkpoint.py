"""Checkpoints of a stage: whole or not there, and never gone on from by another configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from alienlab.training.errors import TrainingError
from alienlab.training.learning.disk import require_room, write_whole


class Checkpoint:
    """The one checkpoint of a stage, in ``file``; ``shape`` is what it must agree with."""

    def __init__(self, file: Path, shape: dict) -> None:
        self.file, self._shape = file, shape

    def save(self, state: dict[str, Any]) -> None:
        """Replace the checkpoint; on any failure the last one stays and TrainingError is raised."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if self.file.exists():
            require_room(self.file.parent, self.file.stat().st_size)
        write_whole(self.file, lambda part: torch.save({"shape": self._shape, **state}, part))

    def load(self) -> dict[str, Any] | None:
        """None where there is none; raise TrainingError for a broken one, or one of another configuration."""
        if not self.file.exists():
            return None
        try:
            state = torch.load(self.file, map_location="cpu", weights_only=True)
            shape = state["shape"]
        except Exception as error:  # torch raises many kinds for a file that is not its own
            raise TrainingError(
                f"The checkpoint {self.file} cannot be read ({type(error).__name__}). "
                "Delete it to begin the stage anew."
            ) from error
        if shape != self._shape:
            raise TrainingError(
                f"The checkpoint {self.file} belongs to another configuration: {_difference(shape, self._shape)}. "
                "Take the plan it was made with, or another folder with --work."
            )
        return state


def _difference(there: dict, wanted: dict) -> str:
    keys = [key for key in {**there, **wanted} if there.get(key) != wanted.get(key)]
    return ", ".join(f"{key} is {there.get(key)} there and {wanted.get(key)} here" for key in keys)
