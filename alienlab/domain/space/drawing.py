"""Paths that are drawn on a plane: their corners, the curve through them, and the walk along it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.concepts import ConceptExpression, Directions, OnPlane, concept_from_json, within
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.walks import Place, Stop, Walk, on_plane, resampled

MOST_CORNERS = 512
FARTHEST = 1e12
"""Coordinates of corners, at most."""
PIECES = 16
"""Straight pieces that stand for the curve between two round corners."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A control point in Euclidean coordinates of its plane."""

    x: float
    y: float
    is_round: bool = False
    """Between two round corners the path is a curve that goes through both without a bend."""

    @property
    def place(self) -> Place:
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Ground:
    """The plane that a path is drawn on."""

    brain: str
    """Hash of the brain in whose concept space it lies."""
    origin: ConceptExpression
    directions: Directions


@dataclass(frozen=True, slots=True)
class Drawing:
    """A path on its plane. Raises RecipeError for more corners than ``MOST_CORNERS``."""

    ground: Ground
    corners: tuple[Corner, ...]

    def __post_init__(self) -> None:
        if len(self.corners) > MOST_CORNERS:
            raise RecipeError(f"A path has {MOST_CORNERS} corners at most. Begin another one.")

    def to_json(self) -> dict[str, Any]:
        plane = OnPlane(self.ground.origin, self.ground.directions, 0.0, 0.0).to_json()
        corners = [[corner.x, corner.y, corner.is_round] for corner in self.corners]
        return {"version": 1, "brain": self.ground.brain, "plane": plane, "corners": corners}

    @classmethod
    def from_json(cls, data: object) -> Drawing:
        """Read what ``to_json`` wrote; raise RecipeError for anything else."""
        match data:
            case {"version": 1, "brain": str(brain), "plane": Mapping() as plane, "corners": [*corners]}:
                point = concept_from_json(plane)
                if isinstance(point, OnPlane) and len(corners) <= MOST_CORNERS:
                    ground = Ground(brain, point.origin, point.directions)
                    return cls(ground, tuple(map(_corner, corners)))
        raise RecipeError("This drawing is not known to this version of AlienLab.")


def simplified(places: Sequence[Place], tolerance: float) -> tuple[Place, ...]:
    """Those of the places between which the others lie no further than ``tolerance`` from a straight line.

    The first and the last are among them (Ramer 1972, Douglas and Peucker 1973).
    """
    points = np.asarray(places, np.float64).reshape(-1, 2)
    kept = np.zeros(len(points), bool)
    kept[[0, -1] if len(points) else []] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distances = _from_segment(points[first + 1 : last], points[first], points[last])
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return tuple(place for place, is_kept in zip(places, kept, strict=True) if is_kept)


def traced(corners: Sequence[Corner]) -> tuple[Place, ...]:
    """The polyline of a path; its curves in short pieces, all corners among its places."""
    places: list[Place] = [corner.place for corner in corners[:1]]
    for leg in range(len(corners) - 1):
        start, end = corners[leg], corners[leg + 1]
        if start.is_round and end.is_round:
            before = corners[leg - 1] if leg and corners[leg - 1].is_round else None
            after = corners[leg + 2] if leg + 2 < len(corners) and corners[leg + 2].is_round else None
            places += _curve(before, start, end, after)
        places.append(end.place)
    return tuple(places)


def drawn_walk(drawing: Drawing, *, frames: int, unit: float = 1.0) -> Walk:
    """Along a path at equal distances; places are told in ``unit``.

    Raises RecipeError for a path of one place or of no length, and for fewer than two frames.
    """
    ground = drawing.ground
    stops = (
        Stop(f"{x / unit:.2f}, {y / unit:.2f}", on_plane(ground.origin, ground.directions, x, y))
        for x, y in resampled(traced(drawing.corners), frames)
    )
    return Walk(f"path from {within(ground.origin)}, {ground.directions}", tuple(stops))


def _from_segment(points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]) -> Any:
    """Distances of points from the segment between two others."""
    way = end - start
    length = float(way @ way)
    along = np.clip((points - start) @ way / length, 0.0, 1.0) if length > 0 else np.zeros(len(points))
    return np.linalg.norm(points - (start + along[:, None] * way), axis=1)


def _curve(before: Corner | None, start: Corner, end: Corner, after: Corner | None) -> list[Place]:
    """Places strictly between two corners, on a centripetal Catmull–Rom curve (Barry and Goldman 1988)."""
    second, third = np.array(start.place), np.array(end.place)
    first = 2 * second - third if before is None else np.array(before.place)
    fourth = 2 * third - second if after is None else np.array(after.place)
    knots = [0.0]
    for one, next_ in ((first, second), (second, third), (third, fourth)):
        knots.append(knots[-1] + math.sqrt(float(np.linalg.norm(next_ - one))))
    if len(set(knots)) < len(knots):
        return []  # two corners in one place: straight on
    at = np.linspace(knots[1], knots[2], PIECES + 1)[1:-1, None]

    def mixed(one: Any, other: Any, left: int, right: int) -> Any:
        return ((knots[right] - at) * one + (at - knots[left]) * other) / (knots[right] - knots[left])

    pairs = [mixed(first, second, 0, 1), mixed(second, third, 1, 2), mixed(third, fourth, 2, 3)]
    threes = [mixed(pairs[0], pairs[1], 0, 2), mixed(pairs[1], pairs[2], 1, 3)]
    return [(float(x), float(y)) for x, y in mixed(threes[0], threes[1], 1, 2)]


def _corner(data: object) -> Corner:
    match data:
        case [x, y, bool(is_round)]:
            return Corner(_coordinate(x), _coordinate(y), is_round)
    raise RecipeError("A corner of a drawing cannot be read.")


def _coordinate(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and -FARTHEST <= value <= FARTHEST:
        return float(value)
    raise RecipeError(f"A corner of a drawing lies nowhere. Coordinates go to {FARTHEST:.0e} at most.")
