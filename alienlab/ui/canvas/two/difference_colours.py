"""Colours for differences: those of both signs are told apart by colour-blind eyes too."""

from __future__ import annotations

from functools import cache

import cmap
import numpy as np
from numpy.typing import NDArray

from alienlab.domain.events import Image
from alienlab.ui.theme import Appearance

MAPS = {Appearance.DARK: "crameri:berlin", Appearance.LIGHT: "crameri:vik"}
"""Perceptually even maps (Crameri 2018) whose middle, no difference, is close to the ground of the theme."""
STEPS = 255
"""An odd number, so that no difference has a colour of its own."""


def coloured(values: NDArray[np.float64], span: float, appearance: Appearance, *, absent: str) -> Image:
    """Differences as RGB, the map's ends at ± ``span``; ``absent`` (``#rrggbb``) where a value is NaN."""
    gone = np.isnan(values)
    share = (np.clip(np.where(gone, 0.0, values) / span, -1.0, 1.0) + 1.0) / 2.0
    image = ramp_of(appearance)[np.rint(share * (STEPS - 1)).astype(np.intp)]
    image[gone] = [int(absent[at : at + 2], 16) for at in (1, 3, 5)]
    return image


@cache
def ramp_of(appearance: Appearance) -> NDArray[np.uint8]:
    """RGB from the most negative difference to the most positive one."""
    colours = cmap.Colormap(MAPS[appearance])
    return np.rint(np.asarray(colours(np.linspace(0.0, 1.0, STEPS)))[:, :3] * 255).astype(np.uint8)
