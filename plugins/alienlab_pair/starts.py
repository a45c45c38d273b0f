"""What the network goes back from: noises, and images with noise on them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Values, Workbench
from alienlab_pair.materials import Pair
from alienlab_pair.network import text_point
from alienlab_pair.schedule import noised

Signal = NDArray[np.float32]


def noises(workbench: Workbench, pair: Pair, count: int) -> Signal:
    """[count, 3, side, side]: the first of the seed's; more of them begin with the same ones."""
    return workbench.random.standard_normal((count, *pair.images.shape[1:]), dtype=np.float32)


def begin(noise: Signal, pair: Pair, values: Values) -> tuple[Signal, float]:
    """What to go back from, and the time that belongs to it."""
    start = values.text("start")
    if start == "pure":
        return noise, 1.0
    image, amount = pair.images[0 if start == "first" else 1], values.number("amount")
    return noised(image[None], noise, np.full(len(noise), amount), values.text("schedule")), amount


def told(text: str, count: int) -> Signal:
    """The same text for each of ``count`` noises."""
    return np.repeat(text_point(text)[None], count, axis=0)


def saying(text: str) -> str:
    """For captions."""
    return f"told “{text.strip()}”" if text.strip() else "told nothing"
