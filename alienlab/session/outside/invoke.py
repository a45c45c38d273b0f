"""Reads what InvokeAI keeps in a PNG: JSON of 3.x and later, JSON of before, and the command line of its beginning."""

from __future__ import annotations

import re
from typing import Any

from alienlab.session.outside.foreign_recipe import LONGEST_TEXT, ForeignRecipe, object_of

TOOL = "InvokeAI"
_DREAM = re.compile(r'\s*"((?:\\.|[^"\\])*)"(.*)', re.DOTALL)
_OPTION = re.compile(r"(?<!\S)-(\w)\s*([^\s-]\S*)")
_UNWANTED = re.compile(r"\[([^\[\]]*)\]")


def read_invoke(text: str) -> ForeignRecipe | None:
    """The chunk ``invokeai_metadata``."""
    data = object_of(text)
    if data is None:
        return None
    return ForeignRecipe.checked(
        tool=TOOL,
        prompt=data.get("positive_prompt"),
        negative=data.get("negative_prompt"),
        seed=data.get("seed"),
        steps=data.get("steps"),
        guidance=data.get("cfg_scale"),
        size=(data.get("width"), data.get("height")),
        sampler=data.get("scheduler"),
    )


def read_old_invoke(text: str) -> ForeignRecipe | None:
    """The chunk ``sd-metadata``."""
    data = object_of(text)
    image = None if data is None else data.get("image")
    if not isinstance(image, dict):
        return None
    prompt, negative = _without_unwanted(_old_prompt(image.get("prompt")))
    return ForeignRecipe.checked(
        tool=TOOL,
        prompt=prompt,
        negative=negative,
        seed=image.get("seed"),
        steps=image.get("steps"),
        guidance=image.get("cfg_scale"),
        size=(image.get("width"), image.get("height")),
        sampler=image.get("sampler"),
    )


def read_dream(text: str) -> ForeignRecipe | None:
    """The chunk ``Dream``: ``"a cat" -s 50 -S 123 -C 7.5 -W 512 -H 512``."""
    match = _DREAM.match(text[: 2 * LONGEST_TEXT])
    if match is None:
        return None
    prompt, negative = _without_unwanted(re.sub(r"\\(.)", r"\1", match[1]))
    options = dict(_OPTION.findall(match[2]))
    return ForeignRecipe.checked(
        tool=TOOL,
        prompt=prompt,
        negative=negative,
        seed=options.get("S"),
        steps=options.get("s"),
        guidance=options.get("C"),
        size=(options.get("W"), options.get("H")),
        sampler=options.get("A"),
    )


def _old_prompt(prompt: Any) -> str | None:
    """A text, or a list of weighted ones."""
    if isinstance(prompt, list):
        texts = (part.get("prompt") if isinstance(part, dict) else part for part in prompt[:100])
        return ", ".join(text for text in texts if isinstance(text, str))
    return prompt if isinstance(prompt, str) else None


def _without_unwanted(prompt: str | None) -> tuple[str | None, str | None]:
    """What stands in square brackets was the negative prompt."""
    if prompt is None or len(prompt) > LONGEST_TEXT:
        return None, None
    unwanted = [part for part in _UNWANTED.findall(prompt) if part.strip()]
    if not unwanted:
        return prompt, None
    return " ".join(_UNWANTED.sub(" ", prompt).split()), ", ".join(part.strip() for part in unwanted)
