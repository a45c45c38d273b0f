"""What differs between pictures of laboratories, and what they share, in words for captions and headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alienlab.domain.laboratories.telling import laboratory_of, value_text, written
from alienlab.domain.recipe import LabRecipe

SEPARATOR = " · "
MOST_VALUES = 4
"""Values that a caption names before it counts the rest."""

_NAME = "name"
"""Of the trait that says laboratory and experiment; other traits are values, each under ``value`` and its id."""
_USUAL = "revision 1"


def lab_captions(recipes: Sequence[LabRecipe], *, stand_alone: bool) -> list[tuple[str, ...]]:
    """For each recipe the lines of its caption: what is not the same in all of them.

    Laboratory and experiment come first; they stand also where they are the same unless the recipes ``stand_alone``
    and differ otherwise. Where nothing differs at all, the first values stand, so that no caption is bare.
    """
    told = [_traits(recipe) for recipe in recipes]
    varying = _varying(told)
    if not varying:
        return [(traits[_NAME], *_first_values(traits)) for traits in told]
    named = {_NAME} | varying if not stand_alone else varying
    return [tuple(text for key, text in traits.items() if key in named) for traits in told]


def lab_common(recipes: Sequence[LabRecipe], *, stand_alone: bool) -> str:
    """What ``lab_captions`` leaves out because it is the same in all recipes, on one line."""
    told = [_traits(recipe) for recipe in recipes]
    varying = _varying(told)
    shared = {key: text for traits in told for key, text in traits.items() if key not in varying}
    unsaid = shared.keys() - _said(shared, varying, stand_alone)
    line = _line(text for key, text in shared.items() if key in unsaid)
    return line if stand_alone or not line else f"{_together(recipes)}: {line}"


def _said(shared: Mapping[str, str], varying: set[str], stand_alone: bool) -> set[str]:
    """What is in the captions although it is the same in all."""
    if not varying:
        return {_NAME, *_named_values(shared)}
    return set() if stand_alone else {_NAME}


def _together(recipes: Sequence[LabRecipe]) -> str:
    """What these pictures are called beside others."""
    names = {laboratory_of(recipe) for recipe in recipes}
    return names.pop() if len(names) == 1 else "laboratories"


def lab_description(recipe: LabRecipe) -> str:
    """All that decides the picture, on one line."""
    return _line(_traits(recipe).values())


def lab_name(recipe: LabRecipe) -> str:
    """Laboratory and experiment."""
    return f"{laboratory_of(recipe)}{SEPARATOR}{recipe.experiment}"


def lab_values(recipe: LabRecipe) -> tuple[str, ...]:
    """Each value with what it is called."""
    return tuple(f"{written(id_)} {value_text(value)}" for id_, value in recipe.values.items())


def _traits(recipe: LabRecipe) -> dict[str, str]:
    values = zip(recipe.values, lab_values(recipe), strict=True)
    return {
        _NAME: lab_name(recipe),
        **{f"value {id_}": text for id_, text in values},
        "seed": f"seed {recipe.seed}",
        "revision": f"revision {recipe.revision}",
    }


def _varying(told: Sequence[Mapping[str, str]]) -> set[str]:
    """What a recipe does not say is neither shared nor different."""
    keys = {key for traits in told for key in traits}
    return {key for key in keys if len({traits[key] for traits in told if key in traits}) > 1}


def _first_values(traits: Mapping[str, str]) -> tuple[str, ...]:
    values = [text for key, text in traits.items() if key.startswith("value ")]
    named = [traits[key] for key in _named_values(traits)]
    return (*named, *([f"and {len(values) - len(named)} more values"] if len(named) < len(values) else []))


def _named_values(traits: Mapping[str, str]) -> list[str]:
    keys = [key for key in traits if key.startswith("value ")]
    return keys if len(keys) <= MOST_VALUES + 1 else keys[:MOST_VALUES]


def _line(parts: Iterable[str]) -> str:
    return SEPARATOR.join(part for part in parts if part != _USUAL)
