"""The colours of cells: calm, apart from each other for every kind of colour vision, on dark and on light ground."""

from __future__ import annotations

import numpy as np

from alienlab.api import Image
from alienlab_automata.lookups import Cells

COLOURS = np.array([(44, 62, 92), (96, 164, 190), (246, 226, 176), (204, 92, 62)], np.uint8)
"""Slate, lake, sand and brick: different in lightness, and warm or cool."""
NAMES = ("slate", "blue", "sand", "brick")
_FADED = (COLOURS * 0.22 + np.array((24, 26, 29)) * 0.78).astype(np.uint8)


def painted(cells: Cells) -> Image:
    """RGB pixels [..., 3] of cells."""
    return COLOURS.take(cells, axis=0)


def painted_difference(cells: Cells, reference: Cells) -> Image:
    """The same, where cells that are as in the reference are faded."""
    return np.where((cells != reference)[..., None], painted(cells), _FADED.take(cells, axis=0))
