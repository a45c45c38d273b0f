"""A landscape with its resting places, numbered as before it was altered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alienlab.api import Values, Workbench
from alienlab_wells.alterations import altered, number_of_wells
from alienlab_wells.landscape import Array, Landscape, around, grid, spacing
from alienlab_wells.resting import Rest, matched, resting_places
from alienlab_wells.rolling import NOWHERE, Ends, ends


@dataclass(frozen=True, slots=True)
class Scene:
    landscape: Landscape
    rests: tuple[Rest, ...]
    numbers: tuple[int, ...]
    """Of the well that each resting place is, from 0; those that the intact landscape has not come after them."""
    wells: int
    """Of the intact landscape."""

    def name(self, number: int) -> str:
        if number == NOWHERE:
            return "none yet"
        return f"well {number + 1}" if number < self.wells else f"new well {number - self.wells + 1}"

    def numbered(self, places: Array) -> Array:
        """Numbers of wells instead of resting places; NOWHERE stays."""
        return np.append(np.array(self.numbers, np.int64), NOWHERE)[places]


def scene_of(values: Values, dose: float, workbench: Workbench) -> Scene:
    """The landscape under a dose of the chosen lesion; the seed decides noise."""
    landscape, wells = altered(values, dose, workbench.seed), number_of_wells(values)
    return workbench.remember(("scene", landscape, wells), lambda: _scene(landscape, wells))


def _scene(landscape: Landscape, wells: int) -> Scene:
    rests = resting_places(landscape)
    found = matched(rests, around(wells), within=min(0.7, 0.6 * spacing(wells)))
    new = iter(range(wells, wells + len(rests)))
    return Scene(landscape, rests, tuple(next(new) if number is None else number for number in found), wells)


def basins_of(scene: Scene, values: Values, detail: int, workbench: Workbench, message: str) -> Ends:
    """Where balls end that are let go in the middles of so many squares; places are numbers of wells."""
    x, y = grid(detail, np.float32)
    found = ends(
        scene.landscape,
        scene.rests,
        x,
        y,
        friction=values.number("friction"),
        longest=values.number("seconds"),
        advance=lambda share: workbench.progress(share, message),
    )
    return Ends(scene.numbered(found.places), found.seconds)
