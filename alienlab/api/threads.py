"""How many threads torch computes with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute with one thread of torch's within this block.

    Small networks are slower with more, which wait for each other; and the last bits of sums, and with them what is
    learned, would depend on how many there are.
    """
    import torch  # noqa: PLC0415 - the interface itself is imported without it

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
