"""What laboratories remember while their process lives."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

KEPT = 8
"""Entries of one laboratory, the latest used."""


class LabMemory:
    """A few values of each laboratory."""

    def __init__(self) -> None:
        self._shelves: dict[Hashable, OrderedDict[Hashable, Any]] = {}

    def remember(self, owner: Hashable, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` returned for this key before, or returns now; what it raises is not kept."""
        shelf = self._shelves.setdefault(owner, OrderedDict())
        if key not in shelf:
            shelf[key] = make()
            while len(shelf) > KEPT:
                shelf.popitem(last=False)
        shelf.move_to_end(key)
        return shelf[key]
