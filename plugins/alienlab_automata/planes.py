"""Cellular automata on a square whose edges meet, where each cell counts the colours around it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alienlab_automata.lookups import Cells, lookup_in


def most_around(colours: int, neighbours: int) -> int:
    """The largest sum of a cell's neighbours."""
    return neighbours * (colours - 1)


def states(starts: Cells, tables: Cells, *, colours: int, neighbours: int, steps: int) -> Iterator[Cells]:
    """The states [n, height, width] after each step, under one table or one for each start; not to be written to.

    A cell's place in a table is its colour · (s + 1) + the sum of its 4 or 8 neighbours, where s is the largest sum.
    """
    look_up = lookup_in(tables)
    board = np.empty((starts.shape[0], starts.shape[1] + 2, starts.shape[2] + 2), np.uint8)
    sums = _sums_of_8 if neighbours == 8 else _sums_of_4
    own = most_around(colours, neighbours) + 1
    state = starts
    for _ in range(steps):
        _lay(board, state)
        places = sums(board)
        places += board[:, 1:-1, 1:-1] * np.uint8(own)
        state = look_up(places)
        yield state


def last_state(starts: Cells, tables: Cells, *, colours: int, neighbours: int, steps: int) -> Cells:
    """The states after all steps."""
    last = starts
    for state in states(starts, tables, colours=colours, neighbours=neighbours, steps=steps):
        last = state
    return last


def _lay(board: Cells, state: Cells) -> None:
    """The state with a rim of what lies beyond its edges: the opposite side."""
    board[:, 1:-1, 1:-1] = state
    board[:, 0, 1:-1], board[:, -1, 1:-1] = state[:, -1], state[:, 0]
    board[:, :, 0], board[:, :, -1] = board[:, :, -2], board[:, :, 1]


def _sums_of_4(board: Cells) -> Cells:
    sums = board[:, :-2, 1:-1] + board[:, 2:, 1:-1]
    sums += board[:, 1:-1, :-2]
    sums += board[:, 1:-1, 2:]
    return sums


def _sums_of_8(board: Cells) -> Cells:
    upright = board[:, :-2] + board[:, 1:-1]
    upright += board[:, 2:]
    sums = upright[:, :, :-2] + upright[:, :, 1:-1]
    sums += upright[:, :, 2:]
    sums -= board[:, 1:-1, 1:-1]
    return sums
