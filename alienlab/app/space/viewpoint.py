"""Where one looks at the plane from: tiles to pixels and back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from alienlab.app.space.plane import TILES_A_UNIT, Address
from alienlab.domain.space.walks import Place

TILE = 96
"""Pixels from one tile to the next."""
FARTHEST, CLOSEST = -16, 24
"""Zoom levels; each shows half as much as the one before. Closer by, points of 32 bits are the same."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """``x`` and ``y`` are the place at the middle of the view, in tiles of level 0, upwards positive."""

    level: int = 0
    x: float = 0.0
    y: float = 0.0

    @property
    def _scale(self) -> float:
        """Pixels a tile of level 0."""
        return math.ldexp(TILE, self.level)

    def at(self, right: float, down: float) -> Place:
        """The place that is so many pixels from the middle of the view, in units of the plane."""
        x, y = self.x + right / self._scale, self.y - down / self._scale
        return x / TILES_A_UNIT, y / TILES_A_UNIT

    def pixels_to(self, place: Place) -> tuple[float, float]:
        """Pixels to the right of and below the middle of the view, where a place in units of the plane is."""
        x, y = place
        return (x * TILES_A_UNIT - self.x) * self._scale, (self.y - y * TILES_A_UNIT) * self._scale

    def address_at(self, right: float, down: float) -> Address:
        """The tile that is so many pixels from the middle of the view."""
        column = math.floor(math.ldexp(self.x, self.level) + right / TILE + 0.5)
        row = math.floor(math.ldexp(self.y, self.level) - down / TILE + 0.5)
        return Address(self.level, column, row)

    def middle_of(self, address: Address) -> tuple[float, float]:
        """Pixels to the right of and below the middle of the view, where the middle of a tile stands."""
        size = self.size_of(address)
        return (
            address.column * size - self.x * self._scale,
            self.y * self._scale - address.row * size,
        )

    def size_of(self, address: Address) -> float:
        """Pixels; tiles of coarser levels are larger."""
        return math.ldexp(TILE, self.level - address.level)

    def in_view(self, width: float, height: float, *, level: int | None = None) -> list[Address]:
        """Tiles of a level, or of this one, that a view of so many pixels touches; nearest to its middle first."""
        level = self.level if level is None else level
        size = math.ldexp(TILE, self.level - level)
        middle = math.ldexp(self.x, level), math.ldexp(self.y, level)
        columns, rows = (
            range(math.floor(at - room / size / 2 + 0.5), math.ceil(at + room / size / 2 - 0.5) + 1)
            for at, room in zip(middle, (width, height), strict=True)
        )
        addresses = [Address(level, column, row) for column in columns for row in rows]
        return sorted(addresses, key=lambda tile: math.hypot(tile.column - middle[0], tile.row - middle[1]))

    def moved(self, right: float, down: float) -> Viewpoint:
        """The plane dragged by so many pixels."""
        return replace(self, x=self.x - right / self._scale, y=self.y + down / self._scale)

    def zoomed(self, levels: int, right: float = 0.0, down: float = 0.0) -> Viewpoint:
        """Closer by, or further off where ``levels`` is negative; what is so many pixels from the middle stays."""
        level = min(max(self.level + levels, FARTHEST), CLOSEST)
        closer = replace(self, level=level)
        grown = 1.0 / self._scale - 1.0 / closer._scale
        return replace(closer, x=self.x + right * grown, y=self.y - down * grown)
