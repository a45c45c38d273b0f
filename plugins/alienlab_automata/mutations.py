"""Tables with entries changed: all that differ by one, and more and more in a random order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab_automata.lookups import Cells


def neighbours_of(table: Cells, colours: int) -> Cells:
    """All tables that differ in one entry, entry by entry: [entries · (colours - 1), entries]."""
    tables = np.repeat(table[None], len(table) * (colours - 1), axis=0)
    places = np.repeat(np.arange(len(table)), colours - 1)
    shifts = np.tile(np.arange(1, colours), len(table))
    tables[np.arange(len(tables)), places] = (table[places] + shifts) % colours
    return tables


def progressive(table: Cells, colours: int, random: np.random.Generator) -> Cells:
    """Tables [entries + 1, entries] with 0, 1, 2, … entries changed to another colour each, in a random order."""
    order = random.permutation(len(table))
    changed = (table + random.integers(1, colours, len(table), dtype=np.uint8)) % colours
    tables = np.repeat(table[None], len(table) + 1, axis=0)
    for number, place in enumerate(order, start=1):
        tables[number:, place] = changed[place]
    return tables


def doses(entries: int, shown: int) -> NDArray[np.int64]:
    """Numbers of changed entries: all that are shown, and some beyond them, up to the whole table."""
    beyond = np.linspace(shown, entries, 13).round().astype(np.int64)
    return np.unique(np.concatenate([np.arange(min(shown, entries) + 1), beyond[beyond <= entries]]))


def with_changes(values: Cells, number: int, colours: int, random: np.random.Generator) -> Cells:
    """A copy with so many of its values changed to another colour each, anywhere."""
    copy = values.copy()
    places = random.choice(copy.size, size=min(number, copy.size), replace=False)
    flat = copy.reshape(-1)
    flat[places] = (flat[places] + random.integers(1, colours, len(places), dtype=np.uint8)) % colours
    return copy
