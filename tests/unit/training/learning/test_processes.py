"""Learning in several processes, and what is said where the machine cannot."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
import torch
from torch import nn

from alienlab.training.errors import TrainingError
from alienlab.training.learning.processes import Share, run_in_processes


class Averaging:
    """Each process has the gradient rank + 1; all write the average that they get."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, share: Share) -> None:
        weight = nn.Parameter(torch.zeros(2))
        weight.grad = torch.full((2,), share.rank + 1.0)
        share.average([weight])
        share.wait()
        (self._folder / f"{share.rank}.txt").write_text(str(weight.grad.tolist()))


class Leaving:
    """The second process ends at once; the first waits for its gradients."""

    def __call__(self, share: Share) -> None:
        if not share.leads:
            raise SystemExit(1)
        weight = nn.Parameter(torch.zeros(1))
        weight.grad = torch.ones(1)
        share.average([weight])


def failing(error: Exception):
    def work(share: Share) -> None:
        raise error

    return work


def test_gradients_are_averaged(tmp_path: Path) -> None:
    run_in_processes(Averaging(tmp_path), 2)
    assert [(tmp_path / f"{rank}.txt").read_text() for rank in (0, 1)] == ["[1.5, 1.5]"] * 2


def test_a_process_that_ends_is_missed(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="goes on from its last checkpoint"):
        run_in_processes(Leaving(), 2)


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_parts_cover_everything_once(count: int) -> None:
    parts = [list(Share(rank, count).part_of(20)) for rank in range(count)]
    assert list(chain.from_iterable(parts)) == list(range(20))
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 400 bytes"),
    ],
)
def test_too_little_memory_is_said_in_words(error: Exception) -> None:
    with pytest.raises(TrainingError, match=r"too little memory.*Fewer --processes"):
        run_in_processes(failing(error), 1)


def test_a_defect_stays_a_defect() -> None:
    with pytest.raises(RuntimeError, match="shapes"):
        run_in_processes(failing(RuntimeError("shapes do not fit")), 1)
