"""What differs between pictures of laboratories, and what they share, in words for captions and headings."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from alienlab.domain.laboratories.telling import laboratory_of, value_text, written
from alienlab.domain.recipe import LabRecipe

SEPARATOR = " · "
MOST_VALUES = 4
"""Values that a caption names before it counts the rest."""

_NAME = "name"
"""Of the trait that says laboratory and experiment."""
_VALUE = "value "
"""Begins the names of those that say a value."""
_USUAL = "revision 1"


def lab_captions(recipes: Sequence[LabRecipe], *, stand_alone: bool) -> list[tuple[str, ...]]:
    """For each recipe the lines of its caption: what is not the same in all of them.

    Laboratory and experiment come first; they stand also where they are the same unless the recipes ``stand_alone``
    and differ otherwise. Then come values that differ, and those that only some have a parameter for. Where nothing
    sets them apart the first values stand, so that no caption is bare.
    """
    apart = _Apart(recipes)
    is_named = not stand_alone or apart.is_bare
    return [apart.caption(traits, is_named=is_named) for traits in apart.told]


def lab_common(recipes: Sequence[LabRecipe], *, stand_alone: bool) -> str:
    """What ``lab_captions`` leaves out because it is the same in all recipes, on one line."""
    if not recipes:
        return ""
    apart = _Apart(recipes)
    said = {_NAME} if not stand_alone or apart.is_bare else set()
    said |= set(_first(apart.listed(apart.told[0]), MOST_VALUES)) if apart.is_bare else set()
    line = _line(apart.told[0][key] for key in apart.shared if key not in said)
    if stand_alone or not line:
        return line
    names = {laboratory_of(recipe) for recipe in recipes}
    return f"{names.pop() if len(names) == 1 else 'laboratories'}: {line}"


def lab_heading(recipes: Sequence[LabRecipe], among: Sequence[LabRecipe]) -> str:
    """Laboratory and experiment of these, and what they share but not with all others ``among`` which they are."""
    here, everywhere = _Apart(recipes), _Apart(among)
    own = [here.told[0][key] for key in here.shared if key not in everywhere.shared and key != _NAME]
    return _line([lab_name(recipes[0]), *own])


def lab_description(recipe: LabRecipe) -> str:
    """All that decides the picture, on one line."""
    return _line(_traits(recipe, own=_own(recipe)).values())


def lab_name(recipe: LabRecipe) -> str:
    """Laboratory and experiment."""
    return f"{laboratory_of(recipe)}{SEPARATOR}{recipe.experiment}"


def lab_values(recipe: LabRecipe) -> tuple[str, ...]:
    """Each value with what it is called. That a material is the laboratory's own goes without saying."""
    return tuple(text for key, text in _traits(recipe, own=_own(recipe)).items() if key.startswith(_VALUE))


def _own(recipe: LabRecipe) -> set[str]:
    return {id_ for id_, value in recipe.values.items() if value is None}


def _traits(recipe: LabRecipe, *, own: Container[str]) -> dict[str, str]:
    """Without the parameters that are in ``own``."""
    told = {id_: value for id_, value in recipe.values.items() if id_ not in own}
    return {
        _NAME: lab_name(recipe),
        **{f"{_VALUE}{id_}": f"{written(id_)} {value_text(value)}" for id_, value in told.items()},
        "seed": f"seed {recipe.seed}",
        "revision": f"revision {recipe.revision}",
    }


def _line(parts: Iterable[str]) -> str:
    return SEPARATOR.join(part for part in parts if part != _USUAL)


class _Apart:
    """What sets pictures apart, by the keys of ``_traits``."""

    def __init__(self, recipes: Sequence[LabRecipe]) -> None:
        given = {id_ for recipe in recipes for id_ in recipe.values if id_ not in _own(recipe)}
        own = {id_ for recipe in recipes for id_ in recipe.values if id_ not in given}
        self.told = [_traits(recipe, own=own) for recipe in recipes]
        keys = list(dict.fromkeys(key for traits in self.told for key in traits))
        texts = {key: {traits[key] for traits in self.told if key in traits} for key in keys}
        self.differing = [key for key in keys if len(texts[key]) > 1]
        self.shared = [key for key in keys if len(texts[key]) == 1 and all(key in traits for traits in self.told)]
        self.is_bare = len(self.shared) == len(keys)
        """Whether nothing sets them apart."""

    def caption(self, traits: Mapping[str, str], *, is_named: bool) -> tuple[str, ...]:
        listed = self.listed(traits)
        differing = sum(key.startswith(_VALUE) and key in traits for key in self.differing)
        first = _first(listed, MOST_VALUES - differing)
        more = [f"and {len(listed) - len(first)} more values"] if len(first) < len(listed) else []
        named = {_NAME, *self.differing} if is_named else {*self.differing}
        before, behind = ([traits[key] for key in keys if key in named] for keys in _sides(traits))
        return (*before, *(traits[key] for key in first), *more, *behind)

    def listed(self, traits: Mapping[str, str]) -> list[str]:
        """What only some tell; where nothing sets them apart, all values."""
        told_by_all = {*self.differing, *self.shared}
        return [key for key in traits if (key.startswith(_VALUE) if self.is_bare else key not in told_by_all)]


def _sides(traits: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The keys of name and values, and those that come after them."""
    before = [key for key in traits if key == _NAME or key.startswith(_VALUE)]
    return before, [key for key in traits if key not in before]


def _first(keys: Sequence[str], most: int) -> Sequence[str]:
    """As many as a caption names; one more, as to count it would take the same room."""
    return keys if len(keys) <= most + 1 else keys[: max(0, most)]
