"""What is known of an image that was made elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from alienlab.domain.errors import RecipeError
from alienlab.domain.lesions import LesionSpec

LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideRecipe:
    """As much of a recipe as an image says of itself; None where it says nothing. Sizes are in pixels."""

    name: str
    """What the image is called where there is nothing else to tell it by: its file's name."""
    width: int
    height: int
    tool: str = ""
    """What made it; empty where that is not known."""
    prompt: str | None = None
    negative: str | None = None
    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None

    @property
    def lesions(self) -> tuple[LesionSpec, ...]:
        """None that are known of."""
        return ()

    def to_json(self) -> dict[str, Any]:
        return {"kind": "outside", **asdict(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> OutsideRecipe:
        """Read what ``to_json`` wrote; raise RecipeError for anything else."""
        try:
            guidance = None if data["guidance"] is None else float(data["guidance"])
            if guidance is not None and not math.isfinite(guidance):
                raise ValueError("its guidance is no number")
            return cls(
                name=str(data["name"])[:LONGEST_TEXT],
                width=int(data["width"]),
                height=int(data["height"]),
                tool=str(data["tool"])[:LONGEST_TEXT],
                prompt=_text(data["prompt"]),
                negative=_text(data["negative"]),
                seed=None if data["seed"] is None else int(data["seed"]),
                steps=None if data["steps"] is None else int(data["steps"]),
                guidance=guidance,
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise RecipeError(f"What is known of an image from outside cannot be read: {error}.") from error


def _text(value: Any) -> str | None:
    return None if value is None else str(value)[:LONGEST_TEXT]
