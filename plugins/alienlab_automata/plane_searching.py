"""Random rules in two dimensions of one kind of behaviour."""

from __future__ import annotations

import numpy as np

from alienlab.api import Exhibit, Picture, Values, Workbench
from alienlab_automata.finding import found_exhibit
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import painted
from alienlab_automata.plane_kinds import Character, Kind, characters
from alienlab_automata.plane_starting import random_planes, random_tables
from alienlab_automata.planes import last_state
from alienlab_automata.rules import plane_text
from alienlab_automata.starting import chance

_BATCH = 16


def search(values: Values, workbench: Workbench) -> Exhibit:
    colours, wanted, most = values.whole("colours"), values.whole("found"), values.whole("tries")
    start = random_planes(values, workbench, number=1, side=values.whole("tile_side"), colours=colours)
    random = chance(workbench, 4)
    pictures: list[Picture] = []
    tried, meaning = 0, _meaning(values)
    while tried < most and len(pictures) < wanted:
        workbench.progress(max(tried / most, len(pictures) / wanted), f"{len(pictures)} found of {tried:,} rules")
        for table, character in _wanted_ones(values, random, min(_BATCH, most - tried)):
            if len(pictures) < wanted:
                pictures.append(_tile(start, table, character, values))
        tried += min(_BATCH, most - tried)
        if pictures and len(pictures) < wanted:
            workbench.show(found_exhibit(pictures, tried, meaning))
    return found_exhibit(pictures, tried, meaning)


def _wanted_ones(values: Values, random: np.random.Generator, number: int) -> list[tuple[Cells, Character]]:
    """Those of so many random tables that behave as is asked."""
    colours, neighbours = values.whole("colours"), int(values.text("around"))
    tables = random_tables(
        number, colours=colours, neighbours=neighbours, likeness=values.number("likeness"), random=random
    )
    found = characters(tables, colours=colours, neighbours=neighbours, density=values.number("density"), random=random)
    return [pair for pair in zip(tables, found, strict=True) if _is_wanted(pair[1], values)]


def _is_wanted(character: Character, values: Values) -> bool:
    kind = Kind(values.text("kind"))
    return character.kind is kind and (kind is not Kind.SETTLED or character.transient >= values.whole("transient"))


def _tile(start: Cells, table: Cells, character: Character, values: Values) -> Picture:
    colours, neighbours = values.whole("colours"), int(values.text("around"))
    end = last_state(start, table, colours=colours, neighbours=neighbours, steps=values.whole("steps"))[0]
    return Picture(painted(end), caption=_caption(character), sets={"rule": plane_text(table, colours)})


def _caption(character: Character) -> str:
    if character.kind in (Kind.UNIFORM, Kind.SETTLED):
        return f"{character.period} after {character.transient}"
    return f"{100 * character.spreading:.0f} %"


def _meaning(values: Values) -> str:
    """Of the captions."""
    if Kind(values.text("kind")) in (Kind.COMPLEX, Kind.RANDOM):
        return "Below each, how much of the square one changed cell changes."
    return "Below each, its period and after how many steps it settled."
