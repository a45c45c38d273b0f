"""How squares of cells begin, and random rules for them."""

from __future__ import annotations

import numpy as np

from alienlab.api import Values, Workbench
from alienlab_automata.lookups import Cells
from alienlab_automata.rules import plane_entries
from alienlab_automata.starting import chance


def random_plane(shape: tuple[int, ...], *, colours: int, density: float, random: np.random.Generator) -> Cells:
    """Cells that are not 0 with this probability, and then of any other colour."""
    others = random.integers(1, colours, shape, dtype=np.uint8)
    return others * (random.random(shape, dtype=np.float32) < density)


def random_planes(values: Values, workbench: Workbench, *, number: int, side: int, colours: int) -> Cells:
    shape = (number, side, side)
    return random_plane(shape, colours=colours, density=values.number("density"), random=chance(workbench, 2))


def plane_start(values: Values, workbench: Workbench, *, side: int, colours: int) -> Cells:
    """The square [1, side, side] that the parameters start and density ask for."""
    square = np.zeros((1, side, side), np.uint8)
    match values.text("start"):
        case "single":
            square[0, side // 2, side // 2] = 1
        case "patch":
            patch = max(2, side // 6)
            first = (side - patch) // 2
            middle = slice(first, first + patch)
            square[:, middle, middle] = random_planes(values, workbench, number=1, side=patch, colours=colours)
        case _:
            return random_planes(values, workbench, number=1, side=side, colours=colours)
    return square


def random_tables(number: int, *, colours: int, neighbours: int, likeness: float, random: np.random.Generator) -> Cells:
    """Tables [number, entries]; each entry is as the one for the next smaller sum with the probability ``likeness``."""
    sums = plane_entries(colours, neighbours) // colours
    tables = random.integers(0, colours, (number, colours, sums), dtype=np.uint8)
    is_alike = random.random(tables.shape) < likeness
    for place in range(1, sums):
        tables[..., place] = np.where(is_alike[..., place], tables[..., place - 1], tables[..., place])
    return tables.reshape(number, -1)
