"""What an image of another program says of how it was made, as far as it is to be believed."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from alienlab.domain.recipe import MAX_GUIDANCE, MAX_NOISE_SEED, MAX_STEPS

LONGEST_TEXT = 20_000
"""Characters of a prompt."""
LONGEST_METADATA = 2 * 2**20
_LARGEST_SIDE = 65_536
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{0,20})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRecipe:
    """None stands for what is not told, or is out of range. Sizes are in pixels."""

    prompt: str | None = None
    negative: str | None = None
    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None
    width: int | None = None
    height: int | None = None
    tool: str | None = None
    """The program that made the image, as a person calls it."""
    sampler: str | None = None
    """As the other program calls it; it need not be one of a brain's schedulers."""

    @classmethod
    def checked(
        cls,
        *,
        tool: str,
        prompt: object = None,
        negative: object = None,
        seed: object = None,
        steps: object = None,
        guidance: object = None,
        size: tuple[object, object] = (None, None),
        sampler: object = None,
    ) -> ForeignRecipe | None:
        """Of values that may be anything; None where nothing of them can be used."""
        width, height = (_whole(side, 1, _LARGEST_SIDE) for side in size)
        recipe = cls(
            prompt=text_of(prompt),
            negative=text_of(negative),
            seed=_whole(seed, 0, MAX_NOISE_SEED),
            steps=_whole(steps, 1, MAX_STEPS),
            guidance=_real(guidance, 0.0, MAX_GUIDANCE),
            width=width,
            height=height,
            tool=tool,
            sampler=text_of(sampler),
        )
        told = (recipe.prompt, recipe.negative, recipe.seed, recipe.steps, recipe.guidance)
        return None if all(value is None for value in told) else recipe


def text_of(value: object) -> str | None:
    """A text that can be shown; None for what is none, or longer than a prompt is."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return None
    return value.replace("\0", " ").encode("utf-8", "replace").decode().strip()


def object_of(text: str) -> dict[str, Any] | None:
    """A JSON object; None for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _real(value: object, low: float, high: float) -> float | None:
    if isinstance(value, str):
        value = float(value) if _NUMBER.fullmatch(value.strip()) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if low <= value <= high and math.isfinite(value) else None


def _whole(value: object, low: int, high: int) -> int | None:
    if isinstance(value, str):
        value = int(value) if re.fullmatch(r"\d{1,20}", value.strip()) else None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else None
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if low <= value <= high else None
