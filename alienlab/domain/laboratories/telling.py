"""The values of a laboratory's recipe in words, without the plugin that declares them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import LabRecipe

OWN = "own"
"""Stands for the laboratory's own material."""
NOTHING = "none"
LONGEST_VALUE = 60
BLOB = "blob:"
"""Begins the place of an image that the session keeps."""
_DIGITS = 8


def laboratory_of(recipe: LabRecipe) -> str:
    """Its id without the plugin's."""
    return recipe.laboratory.partition("/")[2]


def written(id_: str) -> str:
    """An id of a parameter as a person writes it."""
    return id_.replace("_", " ")


def value_text(value: Any) -> str:
    """A value on one line. Different values have different texts, except beyond what fits."""
    text = " ".join(_text(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def digests(recipe: LabRecipe) -> dict[str, str]:
    """By parameter id, the SHA-256 of what was read from outside the recipe."""
    return {
        id_: str(value["digest"])
        for id_, value in recipe.values.items()
        if isinstance(value, Mapping) and value.get("digest")
    }


def searchable(recipe: LabRecipe) -> str:
    """All that a picture of a laboratory is found by."""
    values = [f"{written(id_)} {_text(value)}" for id_, value in recipe.values.items()]
    return " · ".join(
        [
            f"laboratory {recipe.laboratory}",
            recipe.experiment,
            f"seed {recipe.seed}",
            *values,
            *digests(recipe).values(),
        ]
    )


def _text(value: Any) -> str:
    match value:
        case None:
            return OWN
        case bool():
            return "on" if value else "off"
        case int() | float() if math.isfinite(value):
            return format_amount(value)
        case list() | tuple():
            return ", ".join(_text(part) for part in value) or NOTHING
        case Mapping():
            return _material(value)
    return str(value) or NOTHING


def _material(value: Mapping[str, Any]) -> str:
    place, digest = str(value.get("place", "")), str(value.get("digest", ""))[:_DIGITS]
    name = "" if place.startswith(BLOB) else PurePath(place.replace("\\", "/")).name
    return " ".join(filter(None, (name, digest))) or OWN
