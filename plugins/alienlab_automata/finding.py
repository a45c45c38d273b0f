"""The wall of rules that a search has found."""

from __future__ import annotations

import numpy as np

from alienlab.api import Exhibit, Picture, Reading, Wall

_COLUMNS = 8


def found_exhibit(pictures: list[Picture], tried: int, meaning: str) -> Exhibit:
    readings = (
        Reading("found", len(pictures), "rules"),
        Reading("tried", tried, "rules"),
        Reading("share", round(100 * len(pictures) / max(tried, 1), 2), "%"),
    )
    if not pictures:
        blank = Picture(np.full((8, 8, 3), 40, np.uint8), caption="none found")
        return Exhibit(blank, readings=readings, note="No such rule was found. Try more rules, or ask for less.")
    note = f"{meaning} A click takes a rule: look at it under Evolve, and change its entries."
    return Exhibit(Wall(tuple(pictures), columns=min(_COLUMNS, len(pictures))), readings=readings, note=note)
