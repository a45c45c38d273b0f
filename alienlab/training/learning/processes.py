"""Several processes that learn as one: each takes its part of a batch, gradients are averaged.

On a processor one single-threaded process a core gets more done than one process with many threads: layers this
small spend much of their time waiting for each other's threads.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.multiprocessing.spawn import spawn

from alienlab.training.learning.failures import explained_failures


@dataclass(frozen=True, slots=True)
class Share:
    """This process's part of the work."""

    rank: int = 0
    count: int = 1

    @property
    def leads(self) -> bool:
        """Whether it is the one that reports and saves."""
        return self.rank == 0

    def average(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace the gradients by their mean over all processes."""
        if self.count == 1:
            return
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
        dist.all_reduce(flat)
        flat /= self.count
        for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
            gradient.copy_(part.view_as(gradient))

    def any(self, truth: bool) -> bool:
        """Whether it is true in any of the processes."""
        if self.count == 1:
            return truth
        found = torch.tensor(float(truth))
        dist.all_reduce(found)
        return bool(found)

    def part_of(self, count: int) -> range:
        """Which of ``count`` things this process takes; the parts follow each other in the order of ranks."""
        return range(count * self.rank // self.count, count * (self.rank + 1) // self.count)

    def wait(self) -> None:
        """Until every process has come this far."""
        if self.count > 1:
            dist.barrier()


def default_processes() -> int:
    """One a core without a GPU, else one."""
    return 1 if torch.cuda.is_available() else os.cpu_count() or 1


def run_in_processes(work: Callable[[Share], None], count: int) -> None:
    """Run ``work``, which must be picklable, in this process and ``count`` − 1 others, with one thread each.

    The others end with this one: averaging with a process that is gone fails.
    """
    if count == 1:
        with explained_failures():
            work(Share())
        return
    threads, port = torch.get_num_threads(), _free_port()
    others: Any = spawn(_enter, (work, count, port), nprocs=count - 1, join=False)
    try:
        with explained_failures():
            _take_part(work, Share(0, count), port)
    finally:
        torch.set_num_threads(threads)
    while not others.join():
        pass


def _enter(place: int, work: Callable[[Share], None], count: int, port: int) -> None:
    _take_part(work, Share(place + 1, count), port)


def _take_part(work: Callable[[Share], None], share: Share, port: int) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=share.rank, world_size=share.count)
    try:
        work(share)
    finally:
        dist.destroy_process_group()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
