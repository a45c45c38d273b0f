"""The experiment in which both images become noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Film, Image, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_pair.materials import Pair, pair_of, to_pixels
from alienlab_pair.schedule import noised, share_left
from alienlab_pair.walls import COLUMNS, in_blocks

_NOISES = 64
"""Noises over which the variance is measured."""


def noising(values: Values, workbench: Workbench) -> Exhibit:
    """Both images with the same noise, more of it at each step."""
    pair, schedule = pair_of(values, workbench), values.text("schedule")
    times = np.linspace(0, 1, values.whole("steps") + 1)
    noise = workbench.random.standard_normal((_NOISES, *pair.images.shape[1:])).astype(np.float32)
    rows = [_row(image, noise[0], times, schedule) for image in pair.images]
    captions = tuple(_told(float(left)) for left in share_left(times, schedule))
    measured = measured_variance(pair, noise, times, schedule)
    return Exhibit(
        _film(rows, captions) if values.text("shown") == "film" else _wall(rows, captions, pair),
        (_plot(times, schedule, measured),),
        (
            Reading("distance between the images", round(pair.apart, 4), "of 2"),
            Reading("half is noise after", round(half_way(schedule), 3), "of the way"),
        ),
        note="Beneath each step: the share of the image's variance that is left. "
        "The last of both rows is the same noise: nothing in it tells which image it was.",
    )


def measured_variance(
    pair: Pair, noise: NDArray[np.float32], times: NDArray[np.float64], schedule: str
) -> NDArray[np.float64]:
    """At each time the variance, over the noises, of the values of a pixel; the mean over all pixels."""
    first = pair.images[0]
    return np.array(
        [float(noised(first[None], noise, np.full(len(noise), time), schedule).var(axis=0).mean()) for time in times]
    )


def half_way(schedule: str) -> float:
    """The time at which half of the variance is noise."""
    fine = np.linspace(0, 1, 2001)
    return float(fine[np.argmin(np.abs(share_left(fine, schedule) - 0.5))])


def _told(left: float) -> str:
    return f"{left:.0%}" if left >= 0.005 else "0%"


def _row(
    image: NDArray[np.float32], noise: NDArray[np.float32], times: NDArray[np.float64], schedule: str
) -> NDArray[np.uint8]:
    """[steps + 1, side, side, 3]"""
    copies = np.repeat(image[None], len(times), axis=0)
    noisy = noised(copies, noise[None], times, schedule)
    noisy[0] = image
    return to_pixels(noisy)


def _wall(rows: list[NDArray[np.uint8]], captions: tuple[str, ...], pair: Pair) -> Wall:
    """Each image's steps beside each other."""
    first = [Picture(pixels, caption) for pixels, caption in zip(rows[0], captions, strict=True)]
    return in_blocks((first, [Picture(pixels) for pixels in rows[1]]), pair.words, most=COLUMNS)


def _film(rows: list[NDArray[np.uint8]], captions: tuple[str, ...]) -> Film:
    frames: tuple[Image, ...] = tuple(np.hstack([first, second]) for first, second in zip(*rows, strict=True))
    return Film(frames, tuple(f"{caption} left" for caption in captions), seconds=0.2)


def _plot(times: NDArray[np.float64], schedule: str, measured: NDArray[np.float64]) -> Plot:
    left = share_left(times, schedule)
    return Plot(
        "What is left",
        (
            Curve("image", times, left),
            Curve("noise", times, 1 - left),
            Curve("noise, measured", times, measured, is_line=False),
        ),
        x=Scale("way to pure noise", 0, 1),
        y=Scale("share of the variance", 0, 1.05),
    )
