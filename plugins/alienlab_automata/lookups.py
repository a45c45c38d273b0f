"""Looks up many small numbers in tables, as fast as NumPy allows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.uint8]
Lookup = Callable[[Cells], Cells]
ROOM = 256
"""Places of a table: as many as a byte can name."""
_LONG_ROW = 512
"""From so many bytes on, rows are looked up faster one by one than all at once."""


def lookup_in(tables: Cells) -> Lookup:
    """A function that replaces each byte by its entry: of the one table [entries], or for [n, entries] of its row's.

    What the function returns may be read only.
    """
    return _of_one(tables) if tables.ndim == 1 else _of_each(tables)


def _of_one(table: Cells) -> Lookup:
    translation = bytes(_filled(table))

    def looked_up(places: Cells) -> Cells:
        return np.frombuffer(places.tobytes().translate(translation), np.uint8).reshape(places.shape)

    return looked_up


def _of_each(tables: Cells) -> Lookup:
    flat = np.ascontiguousarray(tables).ravel()
    firsts = np.arange(len(tables), dtype=np.intp) * tables.shape[1]
    translations = [bytes(_filled(table)) for table in tables]

    def looked_up(places: Cells) -> Cells:
        size = places[0].size
        if size < _LONG_ROW:
            return flat.take(places + firsts.reshape(-1, *(1,) * (places.ndim - 1)))
        data = places.tobytes()
        rows = [data[row * size : (row + 1) * size].translate(by) for row, by in enumerate(translations)]
        return np.frombuffer(b"".join(rows), np.uint8).reshape(places.shape)

    return looked_up


def _filled(table: Cells) -> Cells:
    filled = np.zeros(ROOM, np.uint8)
    filled[: len(table)] = table
    return filled
