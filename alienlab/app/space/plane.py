"""A plane through concept space, parted into tiles that zooming reaches again as the very same points."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.concepts import ConceptExpression, Directions, OnPlane
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.walks import Place, on_plane

TILES_A_UNIT = 4
"""At zoom level 0."""
PLAIN = 1.0
"""The unit where theirs is not known."""
COARSE_STEPS = 4


class Address(NamedTuple):
    """A tile: whole numbers to the right of and above the origin, at a zoom level."""

    level: int
    column: int
    row: int


class Stage(Enum):
    COARSE = "coarse"
    """A few steps: to see where it goes."""
    FINE = "fine"
    """All steps of the prompt bar."""


class TileKey(NamedTuple):
    """Tells computations apart as their ids do, without the work of making an id for each tile."""

    base: str
    """Computation id of the origin, with the steps of the stage."""
    point: ConceptExpression


@dataclass(frozen=True)
class Plane:
    """``base`` has everything of the tiles' recipes but their points."""

    base: DiffusionRecipe
    origin: ConceptExpression
    directions: Directions
    unit: float
    """Euclidean distance in concept space that the plane's coordinates are counted in."""
    anatomy: Anatomy
    unit_name: str = ""
    """What that is the distance of."""

    def place(self, address: Address) -> Place:
        """Euclidean coordinates of a tile's point. Zooming changes no bit of them: only powers of two divide."""
        spacing = self.unit / TILES_A_UNIT
        return math.ldexp(address.column * spacing, -address.level), math.ldexp(address.row * spacing, -address.level)

    def point(self, address: Address) -> ConceptExpression:
        return on_plane(self.origin, self.directions, *self.place(address))

    def recipe(self, address: Address, stage: Stage = Stage.FINE) -> DiffusionRecipe:
        return replace(self.base, prompt=self.point(address), steps=self._steps(stage))

    def key(self, address: Address, stage: Stage) -> TileKey:
        return TileKey(self._ids[stage], self.point(address))

    @property
    def unit_words(self) -> str:
        return "plain norm" if self.unit == PLAIN else self.unit_name

    @property
    def probe(self) -> OnPlane:
        """A point that cannot be located where the directions span no plane."""
        return OnPlane(self.origin, self.directions, 1.0, 1.0)

    @property
    def intact_origin(self) -> DiffusionRecipe:
        """What tiles are compared with."""
        return replace(self.base, prompt=self.origin).intact

    @cached_property
    def _ids(self) -> dict[Stage, str]:
        origin = replace(self.base, prompt=self.origin)
        return {stage: replace(origin, steps=self._steps(stage)).computation_id(self.anatomy) for stage in Stage}

    def _steps(self, stage: Stage) -> int:
        return min(COARSE_STEPS, self.base.steps) if stage is Stage.COARSE else self.base.steps
