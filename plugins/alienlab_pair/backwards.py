"""The experiment that follows one noise back to an image."""

from __future__ import annotations

import numpy as np

from alienlab.api import Curve, Exhibit, Film, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_pair.falling import Fall, fall
from alienlab_pair.judging import NEAR, judge
from alienlab_pair.materials import Pair, to_pixels
from alienlab_pair.starts import begin, noises, saying, told
from alienlab_pair.trained import trained
from alienlab_pair.walls import COLUMNS, in_blocks


def backwards(values: Values, workbench: Workbench) -> Exhibit:
    """One noise, step by step; beneath each state what the network takes the image for."""
    made = trained(values, workbench)
    noise = noises(workbench, made.pair, values.whole("noise"))[-1:]
    noisy, start = begin(noise, made.pair, values)
    with workbench.lesioned(made.network, values.lesions("lesions")):
        way = fall(
            made.network,
            noisy,
            told(values.text("word"), 1),
            schedule=made.schedule,
            start=start,
            steps=values.whole("steps"),
            progress=lambda done: workbench.progress(done, "Going back"),
        )
    verdict = judge(way.ends, made.pair)
    return Exhibit(
        _film(way) if values.text("shown") == "film" else _wall(way),
        (_plot(way, made.pair),),
        (Reading("became", verdict.name(0)), *_distances(verdict.distances[0], made.pair)),
        note=f"Noise {values.whole('noise')}, {saying(values.text('word'))}, became {verdict.name(0)}.",
    )


def _distances(distances: np.ndarray, pair: Pair) -> tuple[Reading, ...]:
    return tuple(
        Reading(f"distance from {word}", round(float(distance), 4), "of that between the two")
        for word, distance in zip(pair.words, distances, strict=True)
    )


def _captions(way: Fall) -> tuple[str, ...]:
    return tuple(f"{time:.0%} of the way" for time in way.times)


def _wall(way: Fall) -> Wall:
    """The states, and beneath each of them the guess that is made there; the last is its own."""
    states = to_pixels(way.noisy[:, 0])
    guesses = to_pixels(np.concatenate([way.guesses[:, 0], way.ends]))
    noisy = [Picture(pixels, f"{time:.0%}") for pixels, time in zip(states, way.times, strict=True)]
    return in_blocks((noisy, [Picture(pixels) for pixels in guesses]), ("noisy", "taken for"), most=COLUMNS)


def _film(way: Fall) -> Film:
    states = to_pixels(way.noisy[:, 0])
    guesses = to_pixels(np.concatenate([way.guesses[:, 0], way.ends]))
    frames = tuple(np.hstack([state, guess]) for state, guess in zip(states, guesses, strict=True))
    return Film(frames, tuple(f"{caption} to pure noise" for caption in _captions(way)), seconds=0.2)


def _plot(way: Fall, pair: Pair) -> Plot:
    """Distances of the guesses from both images along the way."""
    guesses = np.concatenate([way.guesses[:, 0], way.ends])
    distances = judge(guesses, pair).distances
    steps = np.arange(len(guesses), dtype=np.float64)
    curves = (
        Curve(f"from {pair.words[0]}", steps, distances[:, 0]),
        Curve(f"from {pair.words[1]}", steps, distances[:, 1]),
        Curve("near enough", steps[[0, -1]], np.array([NEAR, NEAR])),
    )
    return Plot(
        "Distance of what it is taken for, in units of that between the two",
        curves,
        x=Scale("step back", 0, len(guesses) - 1),
        y=Scale("distance", 0, max(1.2, float(distances.max()))),
    )
