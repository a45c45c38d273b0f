"""The bar that long commands show on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Change = Callable[..., None]
"""Changes the bar: ``description``, ``completed`` and ``total``, as rich has them."""


@contextmanager
def progress_bar(text: str, *, total: float | None = None) -> Iterator[Change]:
    """On the terminal's error stream until the work is over; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda **_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(text, total=total)
        yield lambda **changes: bars.update(task, **changes)
