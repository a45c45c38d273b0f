"""A board of pinned images: which they are, in which order, and where they lie."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from alienlab.domain.differences import AnyRecipe
from alienlab.domain.errors import RecipeError
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import MAX_SIDE, LabRecipe, recipe_from_json

BOARD_VERSION = 1
MOST_PINS = 200
FARTHEST = 100_000.0
"""Largest coordinate of a spot."""
GRID_STEP = 16.0
"""Where a board snaps, spots are multiples of this."""
SPOT_STEP = (208.0, 320.0)
"""From spot to spot where pins are laid out freely for the first time."""
SPOTS_IN_ROW = 3
USUAL_SIZE = (512, 512)
"""Pixels of a pin of which nobody says them."""
_BLOB = re.compile(r"[0-9a-f]{64}")


class BoardArrangement(StrEnum):
    GRID = "grid"
    ROW = "row"
    FREE = "free"
    """Every pin lies where it was put, over or under others."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a pin lies on a free board: its left upper corner, in points, and its height among the others."""

    x: float
    y: float
    z: int = 0

    def __post_init__(self) -> None:
        if not all(math.isfinite(value) and 0 <= value <= FARTHEST for value in (self.x, self.y)):
            raise RecipeError(f"A pin cannot lie at {self.x}, {self.y}. Take numbers from 0 to {FARTHEST:g}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """An image on a board."""

    recipe: AnyRecipe
    number: int | None = None
    """Of the render in the session; None where the image is kept for the board."""
    computation_id: str = ""
    blob: str = ""
    """SHA-256 of the file in which the image is kept; empty where it is a render of the session."""
    size: tuple[int, int] | None = None
    """Width and height in pixels, where the recipe does not say them."""
    is_flagged: bool = False
    """Whether a safety checker would not show it."""
    spot: Spot | None = None
    """None until it was laid out freely."""

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the image."""
        if isinstance(self.recipe, LabRecipe):
            return self.size or USUAL_SIZE
        return self.recipe.width, self.recipe.height

    @property
    def key(self) -> str:
        """Tells pins of a board apart: also two lesions that give the same image."""
        if self.number is None:
            return f"blob {self.blob}"
        return " ".join([f"render {self.number}", *map(str, self.recipe.lesions)])

    def is_like(self, other: Pin) -> bool:
        """Whether both show the same image with the same recipe."""
        is_same_render = bool(self.computation_id) and self.computation_id == other.computation_id
        return self.key == other.key or (is_same_render and self.recipe == other.recipe)

    def to_json(self) -> dict[str, Any]:
        return {
            "recipe": self.recipe.to_json(),
            "number": self.number,
            "computation_id": self.computation_id,
            "blob": self.blob,
            "size": None if self.size is None else list(self.size),
            "flagged": self.is_flagged,
            "spot": None if self.spot is None else [self.spot.x, self.spot.y, self.spot.z],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Pin:
        """Read what ``to_json`` wrote; raise RecipeError (or LesionError) for anything else."""
        try:
            recipe, spot, blob = data["recipe"], data["spot"], str(data["blob"])
            size = data.get("size")  # boards of earlier versions hold none
            number = None if data["number"] is None else int(data["number"])
            if number is None and not _BLOB.fullmatch(blob):
                raise ValueError("it names no image")
            read = OutsideRecipe.from_json if recipe["kind"] == "outside" else recipe_from_json
            return cls(
                recipe=read(recipe),
                number=number,
                computation_id=str(data["computation_id"]),
                blob=blob if number is None else "",
                size=None if size is None else (_side(size[0]), _side(size[1])),
                is_flagged=bool(data["flagged"]),
                spot=None if spot is None else Spot(float(spot[0]), float(spot[1]), int(spot[2])),
            )
        except (KeyError, TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
            raise RecipeError(f"A pin of the board cannot be read: {error}.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """All that is kept of a board. Its changes give another one."""

    pins: tuple[Pin, ...] = ()
    arrangement: BoardArrangement = BoardArrangement.GRID
    snaps: bool = True
    """Whether what is moved freely comes to lie on a light grid."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(pin.key for pin in self.pins)

    def find(self, key: str) -> Pin | None:
        return next((pin for pin in self.pins if pin.key == key), None)

    def with_pins(self, pins: Iterable[Pin]) -> BoardState:
        """These come last; what is here already stays where it is, and beyond ``MOST_PINS`` nothing is taken."""
        kept = list(self.pins)
        for pin in pins:
            if len(kept) < MOST_PINS and not any(pin.is_like(other) for other in kept):
                kept.append(replace(pin, spot=None))
        return replace(self, pins=tuple(kept))._laid_out()

    def without(self, keys: Iterable[str]) -> BoardState:
        gone = set(keys)
        return replace(self, pins=tuple(pin for pin in self.pins if pin.key not in gone))

    def reordered(self, keys: Iterable[str], place: int) -> BoardState:
        """These pins, in their order, before the pin that now has this place; at the end for the number of pins."""
        moved, place = set(keys), max(0, place)
        before = [pin for pin in self.pins[:place] if pin.key not in moved]
        after = [pin for pin in self.pins[place:] if pin.key not in moved]
        return replace(self, pins=(*before, *(pin for pin in self.pins if pin.key in moved), *after))

    def arranged(self, arrangement: BoardArrangement) -> BoardState:
        return replace(self, arrangement=arrangement)._laid_out()

    def shifted(self, keys: Iterable[str], dx: float, dy: float) -> BoardState:
        """Move pins of a free board together, over all others; none leaves it."""
        chosen = set(keys)
        spots = {pin.key: pin.spot for pin in self.pins if pin.spot is not None}
        moved = sorted((key for key in spots if key in chosen), key=lambda key: spots[key].z)
        if not moved:
            return self
        dx = max(dx, -min(spots[key].x for key in moved))
        dy = max(dy, -min(spots[key].y for key in moved))
        top = 1 + max(spot.z for key, spot in spots.items() if key not in chosen) if len(moved) < len(spots) else 0
        return self._with_spots(
            {
                key: Spot(self._settled(spots[key].x + dx), self._settled(spots[key].y + dy), top + rank)
                for rank, key in enumerate(moved)
            }
        )

    def _settled(self, value: float) -> float:
        step = GRID_STEP if self.snaps else 1.0
        return min(FARTHEST, max(0.0, round(value / step) * step))

    def _laid_out(self) -> BoardState:
        """Every pin of a free board has a spot: the first that is clear of the others."""
        if self.arrangement is not BoardArrangement.FREE:
            return self
        taken = [pin.spot for pin in self.pins if pin.spot is not None]
        spots: dict[str, Spot] = {}
        for pin in self.pins:
            if pin.spot is None:
                spots[pin.key] = _clear_spot(taken)
                taken.append(spots[pin.key])
        return self._with_spots(spots)

    def _with_spots(self, spots: Mapping[str, Spot]) -> BoardState:
        return replace(self, pins=tuple(replace(pin, spot=spots.get(pin.key, pin.spot)) for pin in self.pins))

    def to_json(self) -> dict[str, Any]:
        return {
            "version": BOARD_VERSION,
            "arrangement": str(self.arrangement),
            "snaps": self.snaps,
            "pins": [pin.to_json() for pin in self.pins],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> BoardState:
        """Read what ``to_json`` wrote; raise RecipeError (or LesionError) for anything else."""
        try:
            if data["version"] != BOARD_VERSION or len(data["pins"]) > MOST_PINS:
                raise ValueError("it is of another version, or too large")
            pins = {pin.key: pin for pin in map(Pin.from_json, data["pins"])}
            arrangement = BoardArrangement(data["arrangement"])
            return cls(pins=tuple(pins.values()), arrangement=arrangement, snaps=bool(data["snaps"]))._laid_out()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RecipeError(f"The board cannot be read: {error}.") from error


def _side(value: Any) -> int:
    side = int(value)
    if not 1 <= side <= MAX_SIDE:
        raise ValueError("its size is out of range")
    return side


def _clear_spot(taken: Sequence[Spot]) -> Spot:
    z = 1 + max((spot.z for spot in taken), default=-1)
    for place in range(len(taken) + 1 + 3 * MOST_PINS):
        row, column = divmod(place, SPOTS_IN_ROW)
        x, y = GRID_STEP + column * SPOT_STEP[0], GRID_STEP + row * SPOT_STEP[1]
        if not any(abs(spot.x - x) < SPOT_STEP[0] and abs(spot.y - y) < SPOT_STEP[1] for spot in taken):
            return Spot(x, y, z)
    return Spot(GRID_STEP, GRID_STEP, z)
