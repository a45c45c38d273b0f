"""Rules: tables of colours, and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from alienlab.api import AlienLabError
from alienlab_automata.lookups import Cells

DIGITS = "0123"
LINE_SIZES = {8: 2, 27: 3, 64: 4}
"""Entries of a rule in one dimension, and the colours that it is of."""
PLANE_SIZES = {10: (2, 4), 27: (3, 4), 52: (4, 4), 18: (2, 8), 51: (3, 8), 100: (4, 8)}
"""Entries of a rule in two dimensions, and its colours and neighbours."""
_NUMBERED = re.compile(r"([234])\s*:\s*(\d+)")
_RANDOM = re.compile(r"random(?:\s*([234]))?")
_LIFELIKE = re.compile(r"b([0-8]*)\s*/\s*s([0-8]*)")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What a cell becomes, for each thing that it may see."""

    table: Cells
    """By place, as ``lines`` and ``planes`` number them."""
    colours: int
    neighbours: int = 2


def line_rule(text: str, random: np.random.Generator) -> Rule:
    """Of one dimension: a table that begins with what becomes of the highest colours, ``colours:number`` or ``random``.

    The table's digits are the rule's number in the base of its colours. Raises AlienLabError.
    """
    words = text.strip().lower()
    if chance := _RANDOM.fullmatch(words):
        colours = int(chance[1] or 4)
        return Rule(random.integers(0, colours, colours**3, dtype=np.uint8), colours)
    if numbered := _NUMBERED.fullmatch(words):
        return _numbered(int(numbered[1]), int(numbered[2]))
    digits = re.sub(r"[\s,/]+", "", words)
    if len(digits) not in LINE_SIZES:
        raise AlienLabError(
            f"A rule is a table of 64 digits (8 for 2 colours, 27 for 3); this has {len(digits)}. "
            "Or write colours:number, such as 2:30, or random."
        )
    colours = LINE_SIZES[len(digits)]
    return Rule(_table(digits, colours)[::-1], colours)


def plane_rule(text: str, random: np.random.Generator) -> Rule:
    """Of two dimensions: for each colour of the cell what it becomes, by the sum of its neighbours from 0 on.

    Or as B3/S23, or ``random``. Raises AlienLabError.
    """
    words = text.strip().lower()
    if chance := _RANDOM.fullmatch(words):
        return random_plane_rule(int(chance[1] or 4), 4, random)
    if lifelike := _LIFELIKE.fullmatch(words):
        born, survives = ({int(digit) for digit in part} for part in lifelike.groups())
        return Rule(np.array([n in alive for alive in (born, survives) for n in range(9)], np.uint8), 2, 8)
    digits = re.sub(r"[\s,/]+", "", words)
    if len(digits) not in PLANE_SIZES:
        raise AlienLabError(
            "A rule is a table of 52 digits for 4 colours and 4 neighbours (27 for 3 colours, 10 for 2), or of 100 "
            f"with 8 neighbours (51, 18); this has {len(digits)}. Or write B3/S23, or random."
        )
    colours, neighbours = PLANE_SIZES[len(digits)]
    return Rule(_table(digits, colours), colours, neighbours)


def random_plane_rule(colours: int, neighbours: int, random: np.random.Generator) -> Rule:
    """Each entry any colour."""
    return Rule(random.integers(0, colours, plane_entries(colours, neighbours), dtype=np.uint8), colours, neighbours)


def plane_entries(colours: int, neighbours: int) -> int:
    return colours * (neighbours * (colours - 1) + 1)


def line_text(table: Cells) -> str:
    """As ``line_rule`` reads it."""
    return "".join(map(str, table[::-1].tolist()))


def plane_text(table: Cells, colours: int) -> str:
    """As ``plane_rule`` reads it: a group for each colour of the cell."""
    return "/".join("".join(map(str, row)) for row in table.reshape(colours, -1).tolist())


def line_number(rule: Rule) -> int:
    return int(line_text(rule.table), rule.colours)


def line_place(place: int, colours: int) -> str:
    """The neighbourhood of an entry: left, middle, right."""
    return f"{place // colours**2}{place // colours % colours}{place % colours}"


def plane_place(place: int, rule: Rule) -> str:
    """A cell's colour and the sum around it."""
    own, around = divmod(place, len(rule.table) // rule.colours)
    return f"{own} with {around}"


def _numbered(colours: int, number: int) -> Rule:
    entries = colours**3
    if number >= colours**entries:
        raise AlienLabError(
            f"Rules of {colours} colours have numbers below {colours}^{entries}; {number} is too large."
        )
    return Rule(np.array([number // colours**place % colours for place in range(entries)], np.uint8), colours)


def _table(digits: str, colours: int) -> Cells:
    strange = set(digits) - set(DIGITS[:colours])
    if strange:
        raise AlienLabError(
            f"A rule of {colours} colours is written with the digits {', '.join(DIGITS[:colours])}; "
            f"'{min(strange)}' is none of them."
        )
    return np.array([int(digit) for digit in digits], np.uint8)
