"""The command line that makes the same picture."""

from __future__ import annotations

import shlex

from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.parameters import Material, Parameter, Value
from alienlab.domain.recipe import LabRecipe


def command_of(recipe: LabRecipe, laboratory: Laboratory, *, name: str, session: str = "") -> str:
    """``alienlab lab …`` with what differs from the defaults. ``name`` is what the shelf finds the laboratory by.

    ``session`` is named where the recipe needs images that the session keeps.
    """
    words = ["alienlab", "lab", name, recipe.experiment]
    needs_session = False
    for parameter in laboratory.parameters:
        if parameter.id not in recipe.values:
            continue
        value = parameter.check(recipe.values[parameter.id])
        if value == parameter.check(parameter.default):
            continue
        needs_session |= isinstance(value, Material) and value.place.startswith("blob:")
        words += [f"--{parameter.id.replace('_', '-')}", text_of(parameter, value)]
    words += ["--seed", str(recipe.seed)]
    if needs_session and session:
        words += ["--session", session]
    return shlex.join(words)


def text_of(parameter: Parameter, value: Value) -> str:
    """What ``parameter.read`` reads the value from."""
    match value:
        case bool():
            return "on" if value else "off"
        case float():
            return repr(value)  # the shortest text that is read as the same number
        case tuple():
            return ",".join(map(str, value))
        case Material(place=place):
            return place
        case None:
            return ""
        case _:
            return str(value)
