"""What is told of a laboratory's picture in lines, without the plugin that made it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from alienlab.domain.laboratories.captions import lab_name, lab_values
from alienlab.domain.laboratories.telling import BLOB, digests, value_text, written
from alienlab.domain.recipe import LabRecipe


def lab_details(recipe: LabRecipe) -> Sequence[str]:
    """What it was run on, in short."""
    return (lab_name(recipe), *lab_values(recipe), f"seed {recipe.seed}")


def lab_lines(recipe: LabRecipe, *, size: tuple[int, int] | None) -> Sequence[tuple[str, str]]:
    """What was asked for: names and values; ``size`` is that of the picture in pixels."""
    read = digests(recipe)
    return (
        ("Laboratory", recipe.laboratory),
        ("Experiment", recipe.experiment),
        *((written(id_), _value(value, read.get(id_, ""))) for id_, value in recipe.values.items()),
        ("Seed", str(recipe.seed)),
        ("Revision", str(recipe.revision)),
        *((("Size", f"{size[0]} × {size[1]} px"),) if size is not None else ()),
    )


def lab_command(recipe: LabRecipe, *, session: str) -> str:
    """What makes the picture again in a terminal; the session is named where it keeps an image that is read."""
    options = [
        part
        for id_, value in recipe.values.items()
        if (text := _argument(value))
        for part in (f"--{id_.replace('_', '-')}", text)
    ]
    words = ["alienlab", "lab", recipe.laboratory, recipe.experiment, *options, "--seed", str(recipe.seed)]
    needs_session = any(option.startswith(BLOB) for option in options)
    return shlex.join([*words, *(("--session", session) if needs_session and session else ())])


def _value(value: Any, digest: str) -> str:
    """Where something was read, its place and the whole digest: files of one name need not be the same."""
    if value is None:
        return "the laboratory's own"
    if not digest:
        return value_text(value)
    place = str(value.get("place", ""))
    return digest if not place or place.startswith(BLOB) else f"{place}\n{digest}"


def _argument(value: Any) -> str:
    """As the command line reads it; empty for the laboratory's own material, and for nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "on" if value else "off"
        case list() | tuple():
            return ",".join(map(str, value))
        case Mapping():
            return str(value.get("place", ""))
    return str(value)
