"""Where lesions sit in the network, as stretches of all modules in execution order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import AlienLabError
from alienlab.domain.lesions import AnyOperation, LesionSet
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.sheets.content import SheetRegion, StripMark


def strip_of(recipe: DiffusionRecipe, anatomy: Anatomy | None) -> tuple[StripMark, ...] | None:
    """A mark for each run of neighbouring modules with the same operation, the last one done to them.

    Empty for an intact mind; None where the anatomy is not known, or is not the one that the lesions are meant for.
    """
    if anatomy is None or not len(anatomy):
        return None
    try:
        treatments = LesionSet.of(recipe.lesions, anatomy).treatments
    except AlienLabError:
        return None
    operations = [treatments[path][-1].operation if path in treatments else None for path in anatomy.paths]
    return tuple(_marks(operations))


def regions_of(brains: Iterable[str], anatomy_of: Callable[[str], Anatomy | None]) -> tuple[SheetRegion, ...]:
    """The stages of the network, where all the brains have the same ones; else none."""
    known = [anatomy for brain in dict.fromkeys(brains) if (anatomy := anatomy_of(brain)) is not None]
    found = {_regions(anatomy) for anatomy in known}
    return found.pop() if len(found) == 1 else ()


def _marks(operations: list[AnyOperation | None]) -> Iterable[StripMark]:
    start = 0
    for operation, run in itertools.groupby(operations):
        end = start + len(list(run))
        if operation is not None:
            yield StripMark(start / len(operations), end / len(operations), operation)
        start = end


def _regions(anatomy: Anatomy) -> tuple[SheetRegion, ...]:
    """Neighbouring modules of one block: ``down_blocks.1``, ``mid_block``, and what stands alone at the ends."""
    regions: list[SheetRegion] = []
    start = 0
    for name, run in itertools.groupby(anatomy, key=lambda module: _block(module.path)):
        end = start + len(list(run))
        regions.append(SheetRegion(start / len(anatomy), end / len(anatomy), name))
        start = end
    return tuple(regions)


def _block(path: str) -> str:
    """What a block is called on a strip; empty for a module of no block."""
    kind, *rest = path.split(".")
    match kind:
        case "down_blocks":
            return f"down {rest[0]}"
        case "mid_block":
            return "mid"
        case "up_blocks":
            return f"up {rest[0]}"
        case _:
            return ""
