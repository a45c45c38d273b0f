"""Cellular automata on a ring of cells, where each cell looks at itself and its two neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alienlab_automata.lookups import Cells, lookup_in


def evolved(starts: Cells, tables: Cells, *, colours: int, steps: int) -> Cells:
    """States [n, steps + 1, cells] from starts [n, cells], under one table or one for each start.

    A neighbourhood's place in a table is left·k² + middle·k + right, with k colours.
    """
    history = np.empty((len(starts), steps + 1, starts.shape[1]), np.uint8)
    history[:, 0] = starts
    for step, state in enumerate(states(starts, tables, colours=colours, steps=steps), start=1):
        history[:, step] = state
    return history


def states(starts: Cells, tables: Cells, *, colours: int, steps: int) -> Iterator[Cells]:
    """The states [n, cells] after each step, without the start; not to be written to."""
    look_up = lookup_in(tables)
    ring = np.empty((starts.shape[0], starts.shape[1] + 2), np.uint8)
    places = np.empty_like(starts)
    state = starts
    for _ in range(steps):
        ring[:, 1:-1] = state
        ring[:, 0], ring[:, -1] = state[:, -1], state[:, 0]
        np.multiply(ring[:, :-2], colours, out=places)
        np.add(places, ring[:, 1:-1], out=places)
        np.multiply(places, colours, out=places)
        np.add(places, ring[:, 2:], out=places)
        state = look_up(places)
        yield state
