"""Which plane is looked at: what the user chose, as it is written."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from alienlab.domain.concepts import (
    UNCONDITIONAL,
    ConceptExpression,
    Directions,
    DirectionsOf,
    DirectionsTo,
    RandomDirections,
)
from alienlab.domain.space.formula import read_concept

Reader = Callable[[str], ConceptExpression]
"""Reads a prompt or a formula; raises RecipeError where it cannot be understood."""
LARGEST_ROLLED_SEED = 9_999
"""Seeds from the dice are short enough to be read aloud."""


class Way(StrEnum):
    """How a plane's directions are chosen."""

    RANDOM = "in random directions"
    THROUGH = "through two points"
    TOWARD = "toward two concepts"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaneValues:
    """Texts are prompts, or formulas after an equals sign."""

    origin: str = ""
    """Empty: the prompt bar's."""
    way: Way = Way.RANDOM
    seed: int = 1
    first: str = "a cat"
    second: str = "a dog"

    def directions(self, read: Reader = read_concept) -> Directions:
        """Raises RecipeError for a formula that cannot be understood."""
        if self.way is Way.RANDOM:
            return RandomDirections(self.seed)
        first, second = read(self.first.strip()), read(self.second.strip())
        return DirectionsTo(first, second) if self.way is Way.THROUGH else DirectionsOf(first, second)

    def origin_point(self, prompt: ConceptExpression, read: Reader = read_concept) -> ConceptExpression | None:
        """``prompt`` where nothing is written, and None where it is empty too. Raises RecipeError as ``directions``."""
        if written := self.origin.strip():
            return read(written)
        return None if prompt == UNCONDITIONAL else prompt


class PlaneChoice(QObject):
    """Holds the PlaneValues."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values = PlaneValues()

    @property
    def values(self) -> PlaneValues:
        return self._values

    def set_values(self, values: PlaneValues) -> None:
        """``changed`` is emitted only where something differs."""
        if values != self._values:
            self._values = values
            self.changed.emit()

    def roll(self) -> None:
        """Take another random plane."""
        seed = random.randint(0, LARGEST_ROLLED_SEED - 1)
        seed += seed >= self._values.seed  # never the same again
        self.set_values(replace(self._values, way=Way.RANDOM, seed=seed))
