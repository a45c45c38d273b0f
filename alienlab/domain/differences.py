"""What differs between recipes, and what they share, in words for captions and headings.

Images that were made elsewhere take part with what is known of them: what they do not say is neither shared nor
different, and their captions begin with their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.lesions import format_amount
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import DiffusionRecipe

INTACT_CAPTION = "intact"
SEPARATOR = " · "
MOST_LESIONS = 4
"""Lesions that a caption names before it counts the rest."""

AnyRecipe = DiffusionRecipe | OutsideRecipe

_Trait = Callable[[AnyRecipe], str]
"""Says one thing that decides an image; different values give different words. Empty where it is not known."""

_NO_NEGATIVE = "no negative prompt"


def captions(recipes: Sequence[AnyRecipe]) -> list[tuple[str, ...]]:
    """For each recipe the lines of its caption: what is not the same in all of them.

    The lesions come first. Where nothing else differs they stand even if they are the same, so that no
    caption is empty.
    """
    varying = [trait for trait in _TRAITS if not _is_shared(trait, recipes)]
    with_lesions = not varying or not _share_lesions(recipes)
    return [
        (
            *_origin(recipe),
            *(_lesions(recipe) if with_lesions else ()),
            *filter(None, (trait(recipe) for trait in varying)),
        )
        for recipe in recipes
    ]


def differences(recipes: Sequence[AnyRecipe]) -> list[str]:
    """``captions`` with each of them on one line."""
    return [SEPARATOR.join(lines) for lines in captions(recipes)]


def common(recipes: Sequence[AnyRecipe]) -> str:
    """What ``captions`` leaves out because it is the same in all recipes, on one line."""
    if not recipes:
        return ""
    shared = {trait: _value(trait, recipes) for trait in _TRAITS if _is_shared(trait, recipes)}
    said_in_captions = len(shared) == len(_TRAITS) or not _share_lesions(recipes)
    lesions = next((_lesions(recipe) for recipe in recipes if isinstance(recipe, DiffusionRecipe)), ())
    return _line(
        [
            *(value for trait, value in shared.items() if trait in _WORDING),
            *(() if said_in_captions else lesions),
            *(value for trait, value in shared.items() if trait not in _WORDING),
        ]
    )


def describe(recipe: AnyRecipe) -> str:
    """All that decides the image, as far as it is known, on one line."""
    return _line(
        [
            *_origin(recipe),
            *(trait(recipe) for trait in _WORDING),
            *_lesions(recipe),
            *(trait(recipe) for trait in _TRAITS if trait not in _WORDING),
        ]
    )


def _line(parts: Iterable[str]) -> str:
    return SEPARATOR.join(part for part in parts if part and part != _NO_NEGATIVE)


def _origin(recipe: AnyRecipe) -> tuple[str, ...]:
    """What an image from outside is called, and what made it."""
    if isinstance(recipe, DiffusionRecipe):
        return ()
    return (recipe.name, *([recipe.tool] if recipe.tool else []))


def _lesions(recipe: AnyRecipe) -> tuple[str, ...]:
    if isinstance(recipe, OutsideRecipe):
        return ()
    if not recipe.lesions:
        return (INTACT_CAPTION,)
    texts = [str(spec) for spec in recipe.lesions]
    if len(texts) <= MOST_LESIONS + 1:  # "and 1 more" would take the room of the lesion itself
        return tuple(texts)
    return (*texts[:MOST_LESIONS], f"and {len(texts) - MOST_LESIONS} more lesions")


def _share_lesions(recipes: Sequence[AnyRecipe]) -> bool:
    return len({recipe.lesions for recipe in recipes if isinstance(recipe, DiffusionRecipe)}) <= 1


def _is_shared(trait: _Trait, recipes: Sequence[AnyRecipe]) -> bool:
    return len(_values(trait, recipes)) <= 1


def _value(trait: _Trait, recipes: Sequence[AnyRecipe]) -> str:
    return next(iter(_values(trait, recipes)), "")


def _values(trait: _Trait, recipes: Sequence[AnyRecipe]) -> set[str]:
    return {trait(recipe) for recipe in recipes} - {""}


def _prompt(recipe: AnyRecipe) -> str:
    return "" if recipe.prompt is None else _quoted(recipe.prompt) or "no prompt"


def _negative(recipe: AnyRecipe) -> str:
    if recipe.negative is None:
        return ""
    quoted = _quoted(recipe.negative)
    return f"not {quoted}" if quoted else _NO_NEGATIVE


def _quoted(concept: ConceptExpression | str) -> str:
    text = " ".join(str(concept).split())
    return f"“{text}”" if text else ""


def _seed(recipe: AnyRecipe) -> str:
    return "" if recipe.seed is None else f"seed {recipe.seed}"


def _steps(recipe: AnyRecipe) -> str:
    if recipe.steps is None:
        return ""
    return f"{recipe.steps} steps" if recipe.steps > 1 else "1 step"


def _guidance(recipe: AnyRecipe) -> str:
    return "" if recipe.guidance is None else f"guidance {format_amount(recipe.guidance)}"


def _scheduler(recipe: AnyRecipe) -> str:
    if isinstance(recipe, OutsideRecipe):
        return ""
    return recipe.scheduler.removesuffix("Scheduler") or recipe.scheduler


def _size(recipe: AnyRecipe) -> str:
    return f"{recipe.width} × {recipe.height}"


def _precision(recipe: AnyRecipe) -> str:
    return "" if isinstance(recipe, OutsideRecipe) else str(recipe.precision)


def _brain(recipe: AnyRecipe) -> str:
    return "" if isinstance(recipe, OutsideRecipe) else f"brain {recipe.brain[:8]}"


_WORDING: tuple[_Trait, ...] = (_prompt, _negative)
_TRAITS: tuple[_Trait, ...] = (*_WORDING, _seed, _steps, _guidance, _scheduler, _size, _precision, _brain)
