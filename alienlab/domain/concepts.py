"""Concept expressions: how a point of concept space was made.

A recipe keeps the expression instead of the array. Every kind of expression is one frozen dataclass with a
``to_json`` whose ``kind`` tells it apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alienlab.domain.errors import RecipeError


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
    """A point on the straight line from one prompt's point to another's, token by token."""

    start: Prompt
    end: Prompt
    position: float
    """0 at the start, 1 at the end; beyond them the line goes on."""

    def to_json(self) -> dict[str, Any]:
        return {"kind": "between", "start": self.start.text, "end": self.end.text, "position": self.position}

    def __str__(self) -> str:
        return f"{self.start} → {self.end} at {self.position:g}"


ConceptExpression = Prompt | Between

UNCONDITIONAL = Prompt("")
"""The point without a concept."""


def concept_from_json(data: Mapping[str, Any]) -> ConceptExpression:
    """Read what ``to_json`` wrote; raise RecipeError for anything else."""
    match data:
        case {"kind": "prompt", "text": str(text)}:
            return Prompt(text)
        case {"kind": "between", "start": str(start), "end": str(end), "position": int() | float() as position}:
            if math.isfinite(position):
                return Between(Prompt(start), Prompt(end), float(position))
    raise RecipeError(f"A concept of kind {data.get('kind')!r} is not known to this version of AlienLab.")
