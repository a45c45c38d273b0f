"""A sweep: a recipe, and one or two axes along which it is changed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import uuid4

from alienlab.domain.concepts import ConceptExpression, concept_from_json
from alienlab.domain.errors import AlienLabError, SweepError
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.recipe import DiffusionRecipe

SWEEP_VERSION = 1
MOST_TRIALS = 100_000


class Kind(StrEnum):
    """What an axis varies."""

    KNOCKOUT = "knockout"
    """One module or region after another."""
    PROGRESSIVE = "progressive"
    """More and more modules at once."""
    DOSE = "dose"
    """The same operation by growing amounts."""
    SEEDS = "seeds"
    PROMPTS = "prompts"
    LINE = "line"
    """Positions between two prompts."""
    PLUGIN = "plugin"
    """What a plugin thought of."""

    @property
    def axis(self) -> str:
        """Title of the axis in plots and tables."""
        titles = {"knockout": "module", "progressive": "modules", "line": "position", "plugin": "place"}
        return titles.get(self, self.removesuffix("s"))


@dataclass(frozen=True, slots=True)
class Value:
    """A place on an axis: what it changes in the recipe."""

    label: str
    number: float
    """Its coordinate in plots."""
    lesions: tuple[LesionSpec, ...] = ()
    """Added to those of the recipe."""
    prompt: ConceptExpression | None = None
    seed: int | None = None
    module: str | None = None
    """Module or region that stands for it on the map."""
    series: str = ""
    """What belongs to one curve, where an axis holds several."""

    def apply(self, recipe: DiffusionRecipe) -> DiffusionRecipe:
        return replace(
            recipe,
            lesions=(*recipe.lesions, *self.lesions),
            prompt=recipe.prompt if self.prompt is None else self.prompt,
            seed=recipe.seed if self.seed is None else self.seed,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "number": self.number,
            "lesions": [str(spec) for spec in self.lesions],
            "prompt": None if self.prompt is None else self.prompt.to_json(),
            "seed": self.seed,
            "module": self.module,
            "series": self.series,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Value:
        return cls(
            label=str(data["label"]),
            number=float(data["number"]),
            lesions=tuple(LesionSpec.parse(text) for text in data["lesions"]),
            prompt=None if data["prompt"] is None else concept_from_json(data["prompt"]),
            seed=None if data["seed"] is None else int(data["seed"]),
            module=None if data["module"] is None else str(data["module"]),
            series=str(data["series"]),
        )


@dataclass(frozen=True, slots=True)
class Axis:
    """What is varied, in order."""

    kind: Kind
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise SweepError(f"The axis {self.kind} has no values. Give it at least one.")

    def to_json(self) -> dict[str, Any]:
        return {"kind": str(self.kind), "values": [value.to_json() for value in self.values]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Axis:
        return cls(Kind(data["kind"]), tuple(Value.from_json(value) for value in data["values"]))


@dataclass(frozen=True, slots=True)
class Trial:
    """One render of a sweep: its place on each axis, and its recipe."""

    place: tuple[int, ...]
    values: tuple[Value, ...]
    recipe: DiffusionRecipe

    @property
    def label(self) -> str:
        return " · ".join(value.label for value in self.values)

    @property
    def module(self) -> str | None:
        """Module or region that it is about; None where it is about none, or several."""
        return next((value.module for value in self.values if value.module is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """All combinations of the values of one or two axes, the first axis outermost.

    Raises SweepError where there are no axes, too many of them, or too many trials.
    """

    id: str
    title: str
    base: DiffusionRecipe
    axes: tuple[Axis, ...]
    refinements: int = 0
    """Further renders that may be spent where neighbouring images jump."""

    def __post_init__(self) -> None:
        if not 1 <= len(self.axes) <= 2:
            raise SweepError(f"A sweep has one axis or two, not {len(self.axes)}.")
        if self.size > MOST_TRIALS:
            raise SweepError(
                f"{self.size:,} renders are too many. Take fewer values; at most {MOST_TRIALS:,} together."
            )

    @property
    def kind(self) -> Kind:
        return self.axes[0].kind

    @property
    def size(self) -> int:
        """Number of trials, before refinement."""
        size = 1
        for axis in self.axes:
            size *= len(axis.values)
        return size

    def trials(self) -> Iterator[Trial]:
        for place in itertools.product(*(range(len(axis.values)) for axis in self.axes)):
            values = tuple(axis.values[index] for axis, index in zip(self.axes, place, strict=True))
            recipe = self.base
            for value in values:
                recipe = value.apply(recipe)
            yield Trial(place, values, recipe)

    def to_json(self) -> dict[str, Any]:
        return {
            "version": SWEEP_VERSION,
            "id": self.id,
            "title": self.title,
            "base": self.base.to_json(),
            "axes": [axis.to_json() for axis in self.axes],
            "refinements": self.refinements,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Sweep:
        """Read what ``to_json`` wrote; raise SweepError for anything else."""
        try:
            if data["version"] != SWEEP_VERSION:
                raise SweepError("The sweep was written by another version of AlienLab.")
            return cls(
                id=str(data["id"]),
                title=str(data["title"]),
                base=DiffusionRecipe.from_json(data["base"]),
                axes=tuple(Axis.from_json(axis) for axis in data["axes"]),
                refinements=int(data["refinements"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, json.JSONDecodeError) as error:
            raise SweepError(f"The sweep cannot be read: {error}.") from error
        except AlienLabError as error:
            raise SweepError(f"The sweep cannot be read: {error}") from error


def new_id() -> str:
    """An id for a new sweep."""
    return uuid4().hex
