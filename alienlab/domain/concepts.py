"""Concept expressions: how a point of concept space was made.

A recipe keeps the expression instead of the array. Every kind of expression is one frozen dataclass with a
``to_json`` whose ``kind`` tells it apart. What each of them means as an array says ``alienlab.domain.space``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from alienlab.domain.errors import RecipeError

DEEPEST = 6
"""Expressions within expressions, at most."""
TOO_DEEP = f"A concept made of more than {DEEPEST} others within each other cannot be kept. Take a simpler one."
MOST_TERMS = 64
MAX_SEED = 2**63 - 1


class Way(StrEnum):
    """How a line goes from one point to another."""

    STRAIGHT = "straight"
    SPHERICAL = "spherical"
    """Along the arc between the two arrays, flattened."""
    BY_TOKEN = "spherical by token"
    """Each token along an arc of its own."""


class Law(StrEnum):
    """What a random point is drawn from."""

    GAUSSIAN = "gaussian"
    """Each coordinate by itself, with the mean and spread that it has among the points of prompts."""
    SHELL = "shell"
    """Any direction from the mean of the points of prompts, as far from it as they are."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The point that the text encoder gives for a text; the empty text is the unconditional point."""

    text: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "prompt", "text": self.text}

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Between:
    """A point on the line from one point to another."""

    start: ConceptExpression
    end: ConceptExpression
    position: float
    """0 at the start, 1 at the end; beyond them the line goes on."""
    way: Way = Way.STRAIGHT

    def to_json(self) -> dict[str, Any]:
        way = {} if self.way is Way.STRAIGHT else {"way": str(self.way)}
        ends = {"start": _end_to_json(self.start), "end": _end_to_json(self.end)}
        return {"kind": "between", **ends, "position": self.position, **way}

    def __str__(self) -> str:
        way = "" if self.way is Way.STRAIGHT else f", {self.way}"
        return f"{within(self.start)} → {within(self.end)} at {self.position:g}{way}"


@dataclass(frozen=True, slots=True)
class Combination:
    """A weighted sum of points: their mean, or arithmetic such as king − man + woman."""

    terms: tuple[tuple[ConceptExpression, float], ...]
    """Points and their weights. Raises RecipeError for none of them, or more than ``MOST_TERMS``."""

    def __post_init__(self) -> None:
        if not 0 < len(self.terms) <= MOST_TERMS:
            raise RecipeError(f"A sum of {len(self.terms)} points cannot be made. Take 1 to {MOST_TERMS} of them.")

    @classmethod
    def mean(cls, *points: ConceptExpression) -> Combination:
        return cls(tuple((point, 1.0 / len(points)) for point in points))

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "combination",
            "terms": [{"point": point.to_json(), "weight": weight} for point, weight in self.terms],
        }

    def __str__(self) -> str:
        weights = {weight for _, weight in self.terms}
        if len(self.terms) > 1 and weights == {1.0 / len(self.terms)}:
            return f"mean of {', '.join(within(point) for point, _ in self.terms)}"
        signed = " ".join(f"{_signed(weight)}{within(point)}" for point, weight in self.terms)
        return signed.removeprefix("+ ")


@dataclass(frozen=True, slots=True)
class Middle:
    """The mean of the points of prompts."""

    def to_json(self) -> dict[str, Any]:
        return {"kind": "middle"}

    def __str__(self) -> str:
        return "middle of all prompts"


@dataclass(frozen=True, slots=True)
class RandomPoint:
    """A point that no words led to. The start token is that of every prompt."""

    seed: int
    law: Law = Law.GAUSSIAN

    def to_json(self) -> dict[str, Any]:
        return {"kind": "random", "seed": self.seed, "law": str(self.law)}

    def __str__(self) -> str:
        return f"random point {self.seed}" + ("" if self.law is Law.GAUSSIAN else ", on the shell")


@dataclass(frozen=True, slots=True)
class Ray:
    """A point at a distance from another, in a random direction."""

    origin: ConceptExpression
    seed: int
    """Of the direction, which is any of all that there are."""
    distance: float
    """Euclidean, over the whole array."""

    def to_json(self) -> dict[str, Any]:
        return {"kind": "ray", "origin": self.origin.to_json(), "seed": self.seed, "distance": self.distance}

    def __str__(self) -> str:
        return f"{self.distance:g} from {within(self.origin)} in direction {self.seed}"


@dataclass(frozen=True, slots=True)
class RandomDirections:
    """Two random directions, orthogonal to each other."""

    seed: int

    def to_json(self) -> dict[str, Any]:
        return {"kind": "random", "seed": self.seed}

    def __str__(self) -> str:
        return f"random plane {self.seed}"


@dataclass(frozen=True, slots=True)
class DirectionsTo:
    """The directions from the plane's origin to two points: the plane through all three."""

    first: ConceptExpression
    second: ConceptExpression

    def to_json(self) -> dict[str, Any]:
        return {"kind": "to", "first": self.first.to_json(), "second": self.second.to_json()}

    def __str__(self) -> str:
        return f"plane through {within(self.first)} and {within(self.second)}"


@dataclass(frozen=True, slots=True)
class DirectionsOf:
    """What two concepts add to the unconditional point, as directions."""

    first: ConceptExpression
    second: ConceptExpression

    def to_json(self) -> dict[str, Any]:
        return {"kind": "of", "first": self.first.to_json(), "second": self.second.to_json()}

    def __str__(self) -> str:
        return f"plane toward {within(self.first)} and {within(self.second)}"


Directions = RandomDirections | DirectionsTo | DirectionsOf


@dataclass(frozen=True, slots=True)
class OnPlane:
    """A point of a plane: the origin and so far along each of two orthonormal directions.

    Directions that are given by concepts are made orthonormal, the second after the first.
    """

    origin: ConceptExpression
    directions: Directions
    x: float
    y: float
    """Distances as ``Ray.distance``."""

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "plane",
            "origin": self.origin.to_json(),
            "directions": self.directions.to_json(),
            "x": self.x,
            "y": self.y,
        }

    def __str__(self) -> str:
        return f"{within(self.origin)} + ({self.x:g}, {self.y:g}) on {self.directions}"


ConceptExpression = Prompt | Between | Combination | Middle | RandomPoint | Ray | OnPlane

UNCONDITIONAL = Prompt("")
"""The point without a concept."""


def concept_from_json(data: Mapping[str, Any]) -> ConceptExpression:
    """Read what ``to_json`` wrote; raise RecipeError for anything else."""
    return _read(data, DEEPEST)


def parts(expression: ConceptExpression) -> tuple[ConceptExpression, ...]:
    """The points that an expression is made of; none for one that stands by itself."""
    match expression:
        case Between(start, end):
            return start, end
        case Combination(terms):
            return tuple(point for point, _ in terms)
        case Ray(origin):
            return (origin,)
        case OnPlane(origin, DirectionsTo(first, second) | DirectionsOf(first, second)):
            return origin, first, second
        case OnPlane(origin):
            return (origin,)
        case _:
            return ()


def depth(expression: ConceptExpression) -> int:
    """1 for an expression without parts."""
    return 1 + max(map(depth, parts(expression)), default=0)


def within(expression: ConceptExpression) -> str:
    """The words of an expression as a part of others."""
    if isinstance(expression, Prompt):
        return expression.text or "nothing"
    return f"({expression})"


def _read(data: object, depth: int) -> ConceptExpression:
    if depth == 0:
        raise RecipeError(TOO_DEEP)
    match data:
        case {"kind": "prompt", "text": str(text)}:
            return Prompt(text)
        case {"kind": "between", "start": start, "end": end, "position": position, **rest}:
            return Between(_read_end(start, depth), _read_end(end, depth), _number(position), _way(rest))
        case {"kind": "combination", "terms": [*terms]} if len(terms) <= MOST_TERMS:
            return Combination(tuple(_read_term(term, depth) for term in terms))
        case {"kind": "middle"}:
            return Middle()
        case {"kind": "random", "seed": seed, "law": law} if law in list(Law):
            return RandomPoint(_seed(seed), Law(law))
        case {"kind": "ray", "origin": origin, "seed": seed, "distance": distance}:
            return Ray(_read(origin, depth - 1), _seed(seed), _number(distance))
        case {"kind": "plane", "origin": origin, "directions": directions, "x": x, "y": y}:
            return OnPlane(_read(origin, depth - 1), _read_directions(directions, depth), _number(x), _number(y))
    kind = data.get("kind") if isinstance(data, Mapping) else data
    raise RecipeError(f"A concept of kind {kind!r} is not known to this version of AlienLab.")


def _read_term(data: object, depth: int) -> tuple[ConceptExpression, float]:
    match data:
        case {"point": point, "weight": weight}:
            return _read(point, depth - 1), _number(weight)
    raise RecipeError("A term of a sum of concepts cannot be read.")


def _read_directions(data: object, depth: int) -> Directions:
    match data:
        case {"kind": "random", "seed": seed}:
            return RandomDirections(_seed(seed))
        case {"kind": "to", "first": first, "second": second}:
            return DirectionsTo(_read(first, depth - 1), _read(second, depth - 1))
        case {"kind": "of", "first": first, "second": second}:
            return DirectionsOf(_read(first, depth - 1), _read(second, depth - 1))
    raise RecipeError("The directions of a plane cannot be read.")


def _read_end(data: object, depth: int) -> ConceptExpression:
    """Prompts at the ends of a line are kept as plain texts."""
    return Prompt(data) if isinstance(data, str) else _read(data, depth - 1)


def _way(data: Mapping[str, object]) -> Way:
    way = data.get("way", Way.STRAIGHT)
    if way not in list(Way):
        raise RecipeError(f"{way!r} is no way from one point to another.")
    return Way(str(way))


def _end_to_json(point: ConceptExpression) -> str | dict[str, Any]:
    return point.text if isinstance(point, Prompt) else point.to_json()


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise RecipeError(f"{value!r} is no place in concept space.")
    return float(value)


def _seed(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_SEED:
        raise RecipeError(f"{value!r} is no seed. Take a whole number from 0 to {MAX_SEED}.")
    return value


def _signed(weight: float) -> str:
    sign = "−" if weight < 0 else "+"
    return f"{sign} " if abs(weight) == 1.0 else f"{sign} {abs(weight):g} × "
