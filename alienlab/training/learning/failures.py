"""What the machine lacks, said in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from alienlab.training.errors import TrainingError

_MEMORY = ("can't allocate memory", "out of memory", "not enough memory")
_LOST = ("Connection closed by peer", "Connection reset by peer", "Broken pipe")
_HOW = "Run the stage again: it goes on from its last checkpoint. Fewer --processes need less memory."


@contextmanager
def explained_failures() -> Iterator[None]:
    """Raise TrainingError for too little memory, and for a process beside this one that is gone."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise TrainingError(f"There is too little memory. {_HOW}") from error
    except RuntimeError as error:
        if any(words in str(error) for words in _MEMORY):
            raise TrainingError(f"There is too little memory. {_HOW}") from error
        if any(words in str(error) for words in _LOST):
            raise TrainingError(f"A process that learned beside this one has ended. {_HOW}") from error
        raise
