"""The text that AUTOMATIC1111's web UI keeps in a PNG's ``parameters`` chunk, for tools that read it."""

from __future__ import annotations

import json

from alienlab.domain.brain import Provenance
from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import DiffusionRecipe

_HASH_DIGITS = 10


def webui_parameters(recipe: DiffusionRecipe, provenance: Provenance) -> str:
    """Prompt, negative prompt and a line of settings; lesions stand as one more setting."""
    settings = {
        "Steps": str(recipe.steps),
        "Sampler": recipe.scheduler.removesuffix("Scheduler"),
        "CFG scale": format_amount(recipe.guidance),
        "Seed": str(recipe.seed),
        "Size": f"{recipe.width}x{recipe.height}",
        "Model hash": recipe.brain[:_HASH_DIGITS],
        "Lesions": " ".join(str(spec) for spec in recipe.lesions),
        "Version": f"AlienLab {provenance.app_version}",
    }
    negative = str(recipe.negative)
    lines = [
        str(recipe.prompt),
        *([f"Negative prompt: {negative}"] if negative else []),
        ", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items() if value),
    ]
    return _writable("\n".join(lines))


def _quoted(value: str) -> str:
    """As that program does it: JSON quotes around what holds a separator."""
    return json.dumps(value, ensure_ascii=False) if any(sign in value for sign in ',:\n"') else value


def _writable(text: str) -> str:
    """Without what a PNG text chunk cannot hold: NUL, and halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
