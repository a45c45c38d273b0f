"""What differs between recipes, and what they share, in words for captions and headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.lesions import format_amount
from alienlab.domain.recipe import DiffusionRecipe

INTACT_CAPTION = "intact"
SEPARATOR = " · "
MOST_LESIONS = 4
"""Lesions that a caption names before it counts the rest."""

_Trait = Callable[[DiffusionRecipe], str]
"""Says one thing that decides an image; different values give different words."""

_NO_NEGATIVE = "no negative prompt"


def captions(recipes: Sequence[DiffusionRecipe]) -> list[tuple[str, ...]]:
    """For each recipe the lines of its caption: what is not the same in all of them.

    The lesions come first. Where nothing else differs they stand even if they are the same, so that no
    caption is empty.
    """
    varying = [trait for trait in _TRAITS if not _is_shared(trait, recipes)]
    with_lesions = not varying or not _share_lesions(recipes)
    return [(*(_lesions(recipe) if with_lesions else ()), *(trait(recipe) for trait in varying)) for recipe in recipes]


def differences(recipes: Sequence[DiffusionRecipe]) -> list[str]:
    """``captions`` with each of them on one line."""
    return [SEPARATOR.join(lines) for lines in captions(recipes)]


def common(recipes: Sequence[DiffusionRecipe]) -> str:
    """What ``captions`` leaves out because it is the same in all recipes, on one line."""
    if not recipes:
        return ""
    first = recipes[0]
    shared = [trait for trait in _TRAITS if _is_shared(trait, recipes)]
    said_in_captions = len(shared) == len(_TRAITS) or not _share_lesions(recipes)
    return _line(
        [
            *(trait(first) for trait in shared if trait in _WORDING),
            *(() if said_in_captions else _lesions(first)),
            *(trait(first) for trait in shared if trait not in _WORDING),
        ]
    )


def describe(recipe: DiffusionRecipe) -> str:
    """All that decides the image, on one line."""
    return _line(
        [
            *(trait(recipe) for trait in _WORDING),
            *_lesions(recipe),
            *(trait(recipe) for trait in _TRAITS if trait not in _WORDING),
        ]
    )


def _line(parts: Iterable[str]) -> str:
    return SEPARATOR.join(part for part in parts if part != _NO_NEGATIVE)


def _lesions(recipe: DiffusionRecipe) -> tuple[str, ...]:
    if not recipe.lesions:
        return (INTACT_CAPTION,)
    texts = [str(spec) for spec in recipe.lesions]
    if len(texts) <= MOST_LESIONS + 1:  # "and 1 more" would take the room of the lesion itself
        return tuple(texts)
    return (*texts[:MOST_LESIONS], f"and {len(texts) - MOST_LESIONS} more lesions")


def _share_lesions(recipes: Sequence[DiffusionRecipe]) -> bool:
    return len({recipe.lesions for recipe in recipes}) <= 1


def _is_shared(trait: _Trait, recipes: Sequence[DiffusionRecipe]) -> bool:
    return len({trait(recipe) for recipe in recipes}) <= 1


def _prompt(recipe: DiffusionRecipe) -> str:
    return _quoted(recipe.prompt) or "no prompt"


def _negative(recipe: DiffusionRecipe) -> str:
    quoted = _quoted(recipe.negative)
    return f"not {quoted}" if quoted else _NO_NEGATIVE


def _quoted(concept: ConceptExpression) -> str:
    text = " ".join(str(concept).split())
    return f"“{text}”" if text else ""


def _seed(recipe: DiffusionRecipe) -> str:
    return f"seed {recipe.seed}"


def _steps(recipe: DiffusionRecipe) -> str:
    return f"{recipe.steps} steps" if recipe.steps > 1 else "1 step"


def _guidance(recipe: DiffusionRecipe) -> str:
    return f"guidance {format_amount(recipe.guidance)}"


def _scheduler(recipe: DiffusionRecipe) -> str:
    return recipe.scheduler.removesuffix("Scheduler") or recipe.scheduler


def _size(recipe: DiffusionRecipe) -> str:
    return f"{recipe.width} × {recipe.height}"


def _precision(recipe: DiffusionRecipe) -> str:
    return str(recipe.precision)


def _brain(recipe: DiffusionRecipe) -> str:
    return f"brain {recipe.brain[:8]}"


_WORDING: tuple[_Trait, ...] = (_prompt, _negative)
_TRAITS: tuple[_Trait, ...] = (*_WORDING, _seed, _steps, _guidance, _scheduler, _size, _precision, _brain)
