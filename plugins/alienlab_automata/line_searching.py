"""Random rules of one kind of behaviour."""

from __future__ import annotations

import numpy as np
from alienlab.api import Exhibit, Picture, Reading, Values, Wall, Workbench

from alienlab_automata.kinds import Character, Kind, characters
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import painted
from alienlab_automata.rules import line_text
from alienlab_automata.starting import chance, random_lines

_BATCH = 64
_COLUMNS = 8


def search(values: Values, workbench: Workbench) -> Exhibit:
    colours, wanted, most = values.whole("colours"), values.whole("found"), values.whole("tries")
    start = random_lines(workbench, number=1, cells=values.whole("tile_cells"), colours=colours)
    random = chance(workbench, 4)
    pictures: list[Picture] = []
    tried = 0
    while tried < most and len(pictures) < wanted:
        message = f"{len(pictures)} found of {tried:,} rules"
        workbench.progress(max(tried / most, len(pictures) / wanted), message)
        tables = random.integers(0, colours, (min(_BATCH, most - tried), colours**3), dtype=np.uint8)
        for table, character in zip(tables, characters(tables, colours, random), strict=True):
            tried += 1
            if _is_wanted(character, values):
                history = evolved(start, table, colours=colours, steps=values.whole("tile_steps"))[0]
                pictures.append(_tile(history, character, table))
                if len(pictures) == wanted:
                    break
        if pictures and len(pictures) < wanted:
            workbench.show(_exhibit(pictures, tried))
    return _exhibit(pictures, tried)


def _is_wanted(character: Character, values: Values) -> bool:
    if character.kind != Kind(values.text("kind")):
        return False
    return not character.period or character.transient >= values.whole("transient")


def _tile(history: Cells, character: Character, table: Cells) -> Picture:
    return Picture(painted(history), caption=_caption(character), sets={"rule": line_text(table)})


def _caption(character: Character) -> str:
    if not character.period:
        return f"entropy {character.entropy:.2f}, spreads {100 * character.spreading:.0f} %"
    return f"period {character.period} after {character.transient}"


def _exhibit(pictures: list[Picture], tried: int) -> Exhibit:
    readings = (
        Reading("found", len(pictures), "rules"),
        Reading("tried", tried, "rules"),
        Reading("share", round(100 * len(pictures) / max(tried, 1), 2), "%"),
    )
    if not pictures:
        blank = Picture(np.full((8, 8, 3), 40, np.uint8), caption="none found")
        return Exhibit(blank, readings=readings, note="No such rule was found. Try more rules, or ask for less.")
    note = "A click takes a rule; look at it under Evolve, and change its entries under the other experiments."
    return Exhibit(Wall(tuple(pictures), columns=min(_COLUMNS, len(pictures))), readings=readings, note=note)
