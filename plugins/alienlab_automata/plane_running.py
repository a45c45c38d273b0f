"""Runs many squares of cells, and says how far it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from alienlab.api import Workbench
from alienlab_automata.lookups import Cells
from alienlab_automata.planes import last_state
from alienlab_automata.rules import Rule

_AT_ONCE = 40_000_000
"""Cells times steps that are computed between two words of progress: some tenths of a second."""


def last_states(
    starts: Cells,
    tables: Cells,
    *,
    rule: Rule,
    steps: int,
    workbench: Workbench,
    done: float = 0.0,
    share: float = 1.0,
    show: Callable[[Cells], None] = lambda ends: None,
) -> Cells:
    """The last states of all starts [n, side, side], under one table or one for each; ``rule`` tells their kind.

    ``done`` and ``share`` say what part of the whole computation this is; ``show`` is called with the ends that there
    are, as long as there are not all.
    """
    ends = np.empty_like(starts)
    batch = max(1, _AT_ONCE // max(1, starts[0].size * steps))
    for first in range(0, len(starts), batch):
        workbench.progress(done + share * first / len(starts), f"{first:,} of {len(starts):,} squares")
        if first:
            show(ends[:first])
        some = slice(first, first + batch)
        table = tables if tables.ndim == 1 else tables[some]
        ends[some] = last_state(starts[some], table, colours=rule.colours, neighbours=rule.neighbours, steps=steps)
    return ends
