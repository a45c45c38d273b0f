"""How cells begin, as the parameters of a laboratory say."""

from __future__ import annotations

import re

import numpy as np

from alienlab.api import AlienLabError, Values, Workbench
from alienlab_automata.lookups import Cells
from alienlab_automata.palette import NAMES
from alienlab_automata.rules import Rule, line_rule, plane_rule


def chance(workbench: Workbench, purpose: int) -> np.random.Generator:
    """Randomness of its own for each purpose, so that one does not shift another."""
    return np.random.default_rng([workbench.seed, purpose])


def chosen_line_rule(values: Values, workbench: Workbench) -> Rule:
    return line_rule(values.text("rule"), chance(workbench, 1))


def chosen_plane_rule(values: Values, workbench: Workbench) -> Rule:
    return plane_rule(values.text("rule"), chance(workbench, 1))


def random_lines(workbench: Workbench, *, number: int, cells: int, colours: int) -> Cells:
    return chance(workbench, 2).integers(0, colours, (number, cells), dtype=np.uint8)


def line_start(values: Values, workbench: Workbench, *, cells: int, colours: int) -> Cells:
    """The row [1, cells] that the parameters start, colour and pattern ask for."""
    row = np.zeros((1, cells), np.uint8)
    match values.text("start"):
        case "single":
            row[0, cells // 2] = checked_colour(values.whole("colour"), colours)
        case "uniform":
            row[:] = checked_colour(values.whole("colour"), colours)
        case "pattern":
            pattern = read_pattern(values.text("pattern"), colours)[:cells]
            first = (cells - len(pattern)) // 2
            row[0, first : first + len(pattern)] = pattern
        case "repeated":
            row[0] = np.resize(read_pattern(values.text("pattern"), colours), cells)
        case _:
            return random_lines(workbench, number=1, cells=cells, colours=colours)
    return row


def checked_colour(colour: int, colours: int) -> int:
    if colour >= colours:
        raise AlienLabError(
            f"This rule has {colours} colours; take a colour of the start from 0 to {colours - 1}, not {colour}."
        )
    return colour


def read_pattern(text: str, colours: int) -> Cells:
    """Raises AlienLabError where it is empty or has other signs than digits of colours."""
    digits = re.sub(r"\s+", "", text)
    allowed = {str(colour) for colour in range(colours)}
    if not digits or set(digits) - allowed:
        meanings = ", ".join(f"{colour} {NAMES[colour]}" for colour in range(colours))
        raise AlienLabError(f"A pattern is written with the digits of this rule's colours: {meanings}.")
    return np.array([int(digit) for digit in digits], np.uint8)
