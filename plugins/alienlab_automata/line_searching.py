"""Random rules of one kind of behaviour."""

from __future__ import annotations

from alienlab.api import Exhibit, Picture, Values, Workbench
from alienlab_automata.finding import found_exhibit
from alienlab_automata.kinds import Character, Kind, characters
from alienlab_automata.lines import evolved
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import painted
from alienlab_automata.rules import line_text
from alienlab_automata.starting import chance, random_lines

_BATCH = 64


def search(values: Values, workbench: Workbench) -> Exhibit:
    colours, wanted, most = values.whole("colours"), values.whole("found"), values.whole("tries")
    start = random_lines(workbench, number=1, cells=values.whole("tile_cells"), colours=colours)
    random = chance(workbench, 4)
    pictures: list[Picture] = []
    tried, meaning = 0, _meaning(values)
    while tried < most and len(pictures) < wanted:
        message = f"{len(pictures)} found of {tried:,} rules"
        workbench.progress(max(tried / most, len(pictures) / wanted), message)
        tables = random.integers(0, colours, (min(_BATCH, most - tried), colours**3), dtype="uint8")
        for table, character in zip(tables, characters(tables, colours, random), strict=True):
            tried += 1
            if _is_wanted(character, values):
                history = evolved(start, table, colours=colours, steps=values.whole("tile_steps"))[0]
                pictures.append(_tile(history, character, table))
                if len(pictures) == wanted:
                    break
        if pictures and len(pictures) < wanted:
            workbench.show(found_exhibit(pictures, tried, meaning))
    return found_exhibit(pictures, tried, meaning)


def _is_wanted(character: Character, values: Values) -> bool:
    if character.kind != Kind(values.text("kind")):
        return False
    return not character.period or character.transient >= values.whole("transient")


def _tile(history: Cells, character: Character, table: Cells) -> Picture:
    return Picture(painted(history), caption=_caption(character), sets={"rule": line_text(table)})


def _caption(character: Character) -> str:
    if not character.period:
        return f"{character.entropy:.2f} · {100 * character.spreading:.0f} %"
    return f"{character.period} after {character.transient}"


def _meaning(values: Values) -> str:
    """Of the captions."""
    if Kind(values.text("kind")) in (Kind.COMPLEX, Kind.RANDOM):
        return "Below each, its entropy (1 is chance) and how much of the row one changed cell changes."
    return "Below each, its period and after how many steps it settled."
