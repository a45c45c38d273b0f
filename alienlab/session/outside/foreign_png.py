"""Recipes of other programs, from the text that they keep in their PNG files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alienlab.domain.errors import AlienLabError
from alienlab.session.outside.comfy import read_comfy
from alienlab.session.outside.foreign_recipe import LONGEST_METADATA, ForeignRecipe
from alienlab.session.outside.invoke import read_dream, read_invoke, read_old_invoke
from alienlab.session.outside.webui import read_webui
from alienlab.session.png import read_texts

__all__ = ["ForeignRecipe", "read_foreign"]

_READERS: tuple[tuple[str, Callable[[str], ForeignRecipe | None]], ...] = (
    ("invokeai_metadata", read_invoke),
    ("sd-metadata", read_old_invoke),
    ("Dream", read_dream),
    ("dream", read_dream),
    ("parameters", read_webui),
    ("prompt", read_comfy),
)
"""By the text chunk that each reads. Where there are several, the plainest comes first."""


def read_foreign(path: Path) -> ForeignRecipe | None:
    """What a PNG of AUTOMATIC1111, ComfyUI or InvokeAI says of how it was made; None where it says nothing.

    No image is decoded. Values that are out of range are left out.
    """
    try:
        texts = read_texts(path)
    except AlienLabError:
        return None
    for name, read in _READERS:
        text = texts.get(name)
        recipe = read(text) if text is not None and len(text) <= LONGEST_METADATA else None
        if recipe is not None:
            return recipe
    return None
