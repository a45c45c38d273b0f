"""What the values of a laboratory's recipe may be, wherever the recipe comes from: small and plain JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from alienlab.domain.errors import RecipeError

MOST_VALUES = 100
MOST_PARTS = 5_000
"""Of all values together, those in lists and objects counted."""
MOST_LETTERS = 400_000
"""Of all texts together: an image carries its recipe in a text that may have a mebibyte."""
DEEPEST = 8
"""Lists and objects within a value."""
LARGEST_WHOLE = 2**63


def check_values(values: Mapping[str, Any]) -> None:
    """Raises RecipeError for values that no laboratory writes."""
    if len(values) > MOST_VALUES:
        raise RecipeError(f"The recipe has more than {MOST_VALUES} values.")
    left = [(part, 0) for pair in values.items() for part in pair]
    parts = letters = 0
    while left:
        part, depth = left.pop()
        parts += 1
        letters += len(part) if isinstance(part, str) else 0
        if parts > MOST_PARTS or letters > MOST_LETTERS:
            raise RecipeError("The recipe is too large: no laboratory writes values of that size.")
        if depth > DEEPEST:
            raise RecipeError("The recipe is nested too deep: values are numbers, texts and lists of them.")
        left.extend((inner, depth + 1) for inner in _inside(part))


def _inside(part: Any) -> list[Any]:
    """What a list or an object holds. Raises RecipeError for what JSON does not have."""
    match part:
        case None | bool() | str():
            return []
        case int() if abs(part) < LARGEST_WHOLE:
            return []
        case float() if math.isfinite(part):
            return []
        case list() | tuple():
            return list(part)
        case Mapping():
            return [*part.keys(), *part.values()]
    kind = "number without an end" if isinstance(part, int | float) else type(part).__name__
    raise RecipeError(f"The recipe holds a {kind}, which no laboratory writes.")
