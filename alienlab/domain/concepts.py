"""Concept expressions: how a point of concept space was made.

A recipe keeps the expression instead of the array. Every kind of expression is one frozen dataclass with a
``to_json`` whose ``kind`` tells it apart.
"""

from __future__ import annotations

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


ConceptExpression = Prompt

UNCONDITIONAL = Prompt("")
"""The point without a concept."""


def concept_from_json(data: Mapping[str, Any]) -> ConceptExpression:
    """Read what ``to_json`` wrote; raise RecipeError for anything else."""
    if data.get("kind") != "prompt" or not isinstance(data.get("text"), str):
        raise RecipeError(f"A concept of kind {data.get('kind')!r} is not known to this version of AlienLab.")
    return Prompt(data["text"])
