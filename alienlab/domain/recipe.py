"""Recipes: everything that decides an image, their canonical JSON and their ids."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.concepts import DEEPEST, TOO_DEEP, UNCONDITIONAL, ConceptExpression, concept_from_json, depth
from alienlab.domain.errors import RecipeError
from alienlab.domain.folding import fold
from alienlab.domain.lesions import LesionSet, LesionSpec
from alienlab.domain.recipe_values import check_values

RECIPE_VERSION = 1
MAX_NOISE_SEED = 2**63 - 1
MAX_STEPS = 1000
MAX_GUIDANCE = 100.0
MAX_SIDE = 4096
_WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_QUALIFIED = re.compile(rf"{_WORD.pattern}/{_WORD.pattern}")


class Precision(StrEnum):
    """Floating-point format that the UNet computes in."""

    FP32 = "fp32"
    BF16 = "bf16"
    FP16 = "fp16"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffusionRecipe:
    """One image of a diffusion brain.

    Raises RecipeError where a value is out of range. Sizes are in pixels.
    """

    brain: str
    """Hash of the brain's files."""
    prompt: ConceptExpression
    negative: ConceptExpression = UNCONDITIONAL
    seed: int
    steps: int
    guidance: float
    """Classifier-free guidance scale; at 1 and below the negative prompt has no part."""
    scheduler: str
    """diffusers' class name, such as ``DDIMScheduler``."""
    width: int
    height: int
    lesions: tuple[LesionSpec, ...] = ()
    precision: Precision = Precision.FP32

    def __post_init__(self) -> None:
        _within("seed", self.seed, 0, MAX_NOISE_SEED)
        _within("number of steps", self.steps, 1, MAX_STEPS)
        _within("guidance", self.guidance, 0.0, MAX_GUIDANCE)
        _within("width", self.width, 8, MAX_SIDE)
        _within("height", self.height, 8, MAX_SIDE)
        if max(depth(self.prompt), depth(self.negative)) > DEEPEST:
            raise RecipeError(TOO_DEEP)

    @property
    def intact(self) -> DiffusionRecipe:
        """The same prompt and noise in the unaltered mind."""
        return replace(self, lesions=())

    @property
    def family(self) -> DiffusionRecipe:
        """What it has in common with the recipes that it is shown beside: prompt and noise."""
        return self.intact

    def to_json(self) -> dict[str, Any]:
        """What is kept with the image: lesions as they were written."""
        return {**self._frame(), "lesions": [str(spec) for spec in self.lesions]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DiffusionRecipe:
        """Read what ``to_json`` wrote; raise RecipeError (or LesionError) for anything else."""
        if data.get("kind") != "diffusion" or data.get("version") != RECIPE_VERSION:
            raise RecipeError(_strange(data))
        try:
            return cls(
                brain=str(data["brain"]),
                prompt=concept_from_json(data["prompt"]),
                negative=concept_from_json(data["negative"]),
                seed=int(data["seed"]),
                steps=int(data["steps"]),
                guidance=float(data["guidance"]),
                scheduler=str(data["scheduler"]),
                width=int(data["width"]),
                height=int(data["height"]),
                lesions=tuple(LesionSpec.parse(text) for text in data["lesions"]),
                precision=Precision(data["precision"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise RecipeError(f"The recipe cannot be read: {error}.") from error

    def id(self, anatomy: Anatomy) -> str:
        """SHA-256 of the canonical JSON, lesions expanded to module paths; 64 hexadecimal digits."""
        return _digest({**self._frame(), "lesions": LesionSet.of(self.lesions, anatomy).canonical()})

    def computation_id(self, anatomy: Anatomy) -> str:
        """Id after exact duplicates are folded: recipes that must give the same pixels share it."""
        folded = fold(LesionSet.of(self.lesions, anatomy), anatomy, steps=self.steps)
        frame = self._frame()
        if self.guidance <= 1.0:
            frame.update(guidance=1.0, negative=UNCONDITIONAL.to_json())
        return _digest({**frame, "lesions": folded.canonical()})

    def _frame(self) -> dict[str, Any]:
        return {
            "kind": "diffusion",
            "version": RECIPE_VERSION,
            "brain": self.brain,
            "prompt": self.prompt.to_json(),
            "negative": self.negative.to_json(),
            "seed": self.seed,
            "steps": self.steps,
            "guidance": float(self.guidance),
            "scheduler": self.scheduler,
            "width": self.width,
            "height": self.height,
            "precision": str(self.precision),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRecipe:
    """One picture of a plugin's laboratory. Raises RecipeError where it is malformed."""

    laboratory: str
    """``plugin/laboratory``"""
    experiment: str
    revision: int = 1
    """Of the experiment's computation: the same recipe gives the same pixels within one revision."""
    values: Mapping[str, Any]
    """JSON values by parameter id; of what lies outside, its digest and its place."""
    seed: int = 0

    def __post_init__(self) -> None:
        _within("seed", self.seed, 0, MAX_NOISE_SEED)
        _within("revision", self.revision, 1, 10**9)
        if not _QUALIFIED.fullmatch(self.laboratory) or not _WORD.fullmatch(self.experiment):
            names = f"{self.laboratory[:60]!r}, {self.experiment[:60]!r}"
            raise RecipeError(f"The recipe names no laboratory: {names}.")
        check_values(self.values)

    @property
    def lesions(self) -> tuple[LesionSpec, ...]:
        """None: no mind was altered. What was done to a laboratory's own network is among the values."""
        return ()

    @property
    def intact(self) -> LabRecipe:
        """Itself, as no mind was altered."""
        return self

    @property
    def family(self) -> tuple[str, str]:
        """What it has in common with the recipes that it is shown beside: laboratory and experiment."""
        return self.laboratory, self.experiment

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "lab",
            "version": RECIPE_VERSION,
            "laboratory": self.laboratory,
            "experiment": self.experiment,
            "revision": self.revision,
            "values": dict(self.values),
            "seed": self.seed,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LabRecipe:
        """Read what ``to_json`` wrote; raise RecipeError for anything else."""
        if data.get("kind") != "lab" or data.get("version") != RECIPE_VERSION:
            raise RecipeError(_strange(data))
        try:
            return cls(
                laboratory=str(data["laboratory"]),
                experiment=str(data["experiment"]),
                revision=int(data["revision"]),
                values={str(id_): value for id_, value in data["values"].items()},
                seed=int(data["seed"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise RecipeError(f"The recipe cannot be read: {error}.") from error

    def id(self) -> str:
        """SHA-256 of the canonical JSON, without the places of what lies outside; 64 hexadecimal digits."""
        return _digest({**self.to_json(), "values": {id_: _without_place(value) for id_, value in self.values.items()}})

    def __hash__(self) -> int:
        return hash(self.id())


Recipe = DiffusionRecipe | LabRecipe


def recipe_from_json(data: Mapping[str, Any]) -> Recipe:
    """Read a recipe of either kind; raise RecipeError (or LesionError) for anything else."""
    return LabRecipe.from_json(data) if data.get("kind") == "lab" else DiffusionRecipe.from_json(data)


def _without_place(value: Any) -> Any:
    if isinstance(value, Mapping) and value.get("digest"):
        return {"digest": value["digest"]}
    return value


def _strange(data: Mapping[str, Any]) -> str:
    return (
        f"A recipe of kind {data.get('kind')!r}, version {data.get('version')!r}, "
        "is not known to this version of AlienLab."
    )


def _digest(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _within(name: str, value: float, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise RecipeError(f"The {name} {value} is out of range. Take one from {low} to {high}.")
