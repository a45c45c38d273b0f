"""What the prompt bar can take from an image of another program, and what it cannot."""

from __future__ import annotations

from dataclasses import replace

from alienlab.app.prompt_settings import PromptValues
from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import Prompt
from alienlab.domain.recipe import MAX_SIDE
from alienlab.domain.space.formula import concept_text
from alienlab.session.outside.foreign_recipe import ForeignRecipe

LARGEST_SHARE = 2
"""Sides up to so many times a brain's own are taken; beyond, an image repeats itself and takes very long."""


def taken_from(recipe: ForeignRecipe, values: PromptValues, info: BrainInfo | None) -> PromptValues:
    """What the recipe tells in place of what is set; a size only where it suits the brain."""
    size = _size(recipe, info)
    return replace(
        values,
        prompt=values.prompt if recipe.prompt is None else _one_line(recipe.prompt),
        negative=values.negative if recipe.negative is None else _one_line(recipe.negative),
        seed=values.seed if recipe.seed is None else recipe.seed,
        steps=values.steps if recipe.steps is None else recipe.steps,
        guidance=values.guidance if recipe.guidance is None else recipe.guidance,
        width=values.width if size is None else size[0],
        height=values.height if size is None else size[1],
    )


def left_out(name: str, recipe: ForeignRecipe, values: PromptValues) -> str:
    """What was taken from a file of this name and what was not, in sentences."""
    told = {
        "prompt": recipe.prompt,
        "negative prompt": recipe.negative,
        "seed": recipe.seed,
        "steps": recipe.steps,
        "guidance": recipe.guidance,
        "size": recipe.width if (recipe.width, recipe.height) == (values.width, values.height) else None,
    }
    taken = [what for what, value in told.items() if value is not None]
    left = [
        *([f"its sampler {recipe.sampler}"] if recipe.sampler else []),
        *([f"its size of {recipe.width} × {recipe.height} pixels"] if recipe.width and told["size"] is None else []),
        "its model",
    ]
    source = f"{name} was made with {recipe.tool}" if recipe.tool else f"{name} was made elsewhere"
    return f"{source}: {_listed(taken)} {_are(taken)} taken from it. Left out: {_listed(left)}."


def _size(recipe: ForeignRecipe, info: BrainInfo | None) -> tuple[int, int] | None:
    if info is None or recipe.width is None or recipe.height is None:
        return None
    sides = ((recipe.width, info.width), (recipe.height, info.height))
    suits = all(side % info.size_multiple == 0 and side <= min(LARGEST_SHARE * own, MAX_SIDE) for side, own in sides)
    return (recipe.width, recipe.height) if suits else None


def _one_line(text: str) -> str:
    """As the prompt bar reads it; what begins like a formula is none."""
    return concept_text(Prompt(" ".join(text.split())))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _are(names: list[str]) -> str:
    return "are" if len(names) > 1 or names == ["steps"] else "is"
