"""The text that AUTOMATIC1111's web UI keeps in a PNG's ``parameters`` chunk, for tools that read it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from alienlab.domain.brain import Provenance
from alienlab.domain.differences import describe
from alienlab.domain.laboratories.telling import value_text
from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import LabRecipe, Recipe

_HASH_DIGITS = 10


def webui_parameters(recipe: Recipe, provenance: Provenance) -> str:
    """Prompt, negative prompt and a line of settings; lesions stand as one more setting.

    Of a laboratory's picture, what it shows stands where a prompt would, and its values are settings.
    """
    if isinstance(recipe, LabRecipe):
        return _writable(f"{describe(recipe)}\n{_settings_line(_lab_settings(recipe, provenance))}")
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
        _settings_line(settings),
    ]
    return _writable("\n".join(lines))


def _lab_settings(recipe: LabRecipe, provenance: Provenance) -> dict[str, str]:
    return {
        "Laboratory": recipe.laboratory,
        "Experiment": recipe.experiment,
        "Seed": str(recipe.seed),
        **{id_: value_text(value) for id_, value in recipe.values.items()},
        "Version": f"AlienLab {provenance.app_version}",
    }


def _settings_line(settings: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items() if value)


def _quoted(value: str) -> str:
    """As that program does it: JSON quotes around what holds a separator."""
    return json.dumps(value, ensure_ascii=False) if any(sign in value for sign in ',:\n"') else value


def _writable(text: str) -> str:
    """Without what a PNG text chunk cannot hold: NUL, and halves of surrogate pairs."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
