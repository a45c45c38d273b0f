"""What differs between recipes, and what they share, in words for captions and headings.

Images that were made elsewhere take part with what is known of them: what they do not say is neither shared nor
different, and their captions begin with their names. Pictures of laboratories are told apart among themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.laboratories.captions import SEPARATOR, lab_captions, lab_common, lab_description
from alienlab.domain.lesions import format_amount
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, Recipe

INTACT_CAPTION = "intact"
KINDS_SEPARATOR = "; "
MOST_LESIONS = 4
"""Lesions that a caption names before it counts the rest."""

AnyRecipe = Recipe | OutsideRecipe

_Imagined = DiffusionRecipe | OutsideRecipe
"""Of an image that a mind makes from words."""
_Trait = Callable[[_Imagined], str]
"""Says one thing that decides an image; different values give different words. Empty where it is not known."""

_NO_NEGATIVE = "no negative prompt"


def captions(recipes: Sequence[AnyRecipe]) -> list[tuple[str, ...]]:
    """For each recipe the lines of its caption: what is not the same in all of them.

    The lesions come first. Where nothing else differs they stand even if they are the same, so that no
    caption is empty.
    """
    imagined, labs = _by_kind(recipes)
    of_imagined, of_labs = iter(_captions(imagined)), iter(lab_captions(labs, stand_alone=not imagined))
    return [next(of_labs if isinstance(recipe, LabRecipe) else of_imagined) for recipe in recipes]


def differences(recipes: Sequence[AnyRecipe]) -> list[str]:
    """``captions`` with each of them on one line."""
    return [SEPARATOR.join(lines) for lines in captions(recipes)]


def common(recipes: Sequence[AnyRecipe]) -> str:
    """What ``captions`` leaves out because it is the same in all recipes, on one line."""
    imagined, labs = _by_kind(recipes)
    return KINDS_SEPARATOR.join(filter(None, (_common(imagined), lab_common(labs, stand_alone=not imagined))))


def describe(recipe: AnyRecipe) -> str:
    """All that decides the image, as far as it is known, on one line."""
    if isinstance(recipe, LabRecipe):
        return lab_description(recipe)
    return _line(
        [
            *_origin(recipe),
            *(trait(recipe) for trait in _WORDING),
            *_lesions(recipe),
            *(trait(recipe) for trait in _TRAITS if trait not in _WORDING),
        ]
    )


def wording(recipe: DiffusionRecipe) -> str:
    """What a brain was asked to imagine."""
    return _line((_prompt(recipe), _negative(recipe)))


def _by_kind(recipes: Sequence[AnyRecipe]) -> tuple[list[_Imagined], list[LabRecipe]]:
    imagined = [recipe for recipe in recipes if not isinstance(recipe, LabRecipe)]
    return imagined, [recipe for recipe in recipes if isinstance(recipe, LabRecipe)]


def _captions(recipes: Sequence[_Imagined]) -> list[tuple[str, ...]]:
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


def _common(recipes: Sequence[_Imagined]) -> str:
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


def _line(parts: Iterable[str]) -> str:
    return SEPARATOR.join(part for part in parts if part and part != _NO_NEGATIVE)


def _origin(recipe: _Imagined) -> tuple[str, ...]:
    """What an image from outside is called, and what made it."""
    if isinstance(recipe, DiffusionRecipe):
        return ()
    return (recipe.name, *([recipe.tool] if recipe.tool else []))


def _lesions(recipe: _Imagined) -> tuple[str, ...]:
    if isinstance(recipe, OutsideRecipe):
        return ()
    if not recipe.lesions:
        return (INTACT_CAPTION,)
    texts = [str(spec) for spec in recipe.lesions]
    if len(texts) <= MOST_LESIONS + 1:  # "and 1 more" would take the room of the lesion itself
        return tuple(texts)
    return (*texts[:MOST_LESIONS], f"and {len(texts) - MOST_LESIONS} more lesions")


def _share_lesions(recipes: Sequence[_Imagined]) -> bool:
    return len({recipe.lesions for recipe in recipes if isinstance(recipe, DiffusionRecipe)}) <= 1


def _is_shared(trait: _Trait, recipes: Sequence[_Imagined]) -> bool:
    return len(_values(trait, recipes)) <= 1


def _value(trait: _Trait, recipes: Sequence[_Imagined]) -> str:
    return next(iter(_values(trait, recipes)), "")


def _values(trait: _Trait, recipes: Sequence[_Imagined]) -> set[str]:
    return {trait(recipe) for recipe in recipes} - {""}


def _prompt(recipe: _Imagined) -> str:
    return "" if recipe.prompt is None else _quoted(recipe.prompt) or "no prompt"


def _negative(recipe: _Imagined) -> str:
    if recipe.negative is None:
        return ""
    quoted = _quoted(recipe.negative)
    return f"not {quoted}" if quoted else _NO_NEGATIVE


def _quoted(concept: ConceptExpression | str) -> str:
    text = " ".join(str(concept).split())
    return f"“{text}”" if text else ""


def _seed(recipe: _Imagined) -> str:
    return "" if recipe.seed is None else f"seed {recipe.seed}"


def _steps(recipe: _Imagined) -> str:
    if recipe.steps is None:
        return ""
    return f"{recipe.steps} steps" if recipe.steps > 1 else "1 step"


def _guidance(recipe: _Imagined) -> str:
    return "" if recipe.guidance is None else f"guidance {format_amount(recipe.guidance)}"


def _scheduler(recipe: _Imagined) -> str:
    if isinstance(recipe, OutsideRecipe):
        return ""
    return recipe.scheduler.removesuffix("Scheduler") or recipe.scheduler


def _size(recipe: _Imagined) -> str:
    return f"{recipe.width} × {recipe.height}"


def _precision(recipe: _Imagined) -> str:
    return "" if isinstance(recipe, OutsideRecipe) else str(recipe.precision)


def _brain(recipe: _Imagined) -> str:
    return "" if isinstance(recipe, OutsideRecipe) else f"brain {recipe.brain[:8]}"


_WORDING: tuple[_Trait, ...] = (_prompt, _negative)
_TRAITS: tuple[_Trait, ...] = (*_WORDING, _seed, _steps, _guidance, _scheduler, _size, _precision, _brain)
