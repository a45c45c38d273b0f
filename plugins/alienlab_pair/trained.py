"""The trained network of these values: learned when it is first needed, shown while it learns, then kept."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from torch import nn

from alienlab.api import AlienLabError, Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_pair.falling import fall
from alienlab_pair.learning import BATCH, Lesson, learn
from alienlab_pair.materials import Pair, pair_of, to_pixels
from alienlab_pair.network import text_point

SAMPLES = 8
_SAMPLE_STEPS = 8
_LOOKS, _LEAST = 8, 60
"""How many times in a training the samples are made anew, and the fewest steps from one time to the next."""
_ALIKE = 0.02
"""Distance of two images that nobody could tell apart."""
_BLINK = 0.4
"""Seconds between two looks at the curve."""


@dataclass(slots=True, eq=False)
class Trained:
    """A network and how it learned."""

    lesson: Lesson
    network: nn.Module
    losses: list[float] = field(default_factory=list)

    @property
    def pair(self) -> Pair:
        return self.lesson.pair

    @property
    def schedule(self) -> str:
        return self.lesson.schedule


@dataclass(slots=True)
class _Place:
    """Where the network of a lesson is kept: empty until it has been trained."""

    trained: Trained | None = None


def trained(values: Values, workbench: Workbench) -> Trained:
    """Train the network where that has not been done yet, showing how it goes."""
    place = _place(values, workbench)
    if place.trained is None:
        place.trained = _train(_lesson(values, workbench), workbench)
    return place.trained


def anatomy(values: Values, workbench: Workbench) -> nn.Module:
    """The network that lesions act on; as it is before training, where it has not been trained yet."""
    place = _place(values, workbench)
    return _lesson(values, workbench).untrained() if place.trained is None else place.trained.network


def _place(values: Values, workbench: Workbench) -> _Place:
    return workbench.remember(_lesson(values, workbench).key, _Place)


def _lesson(values: Values, workbench: Workbench) -> Lesson:
    pair = pair_of(values, workbench)
    if pair.apart < _ALIKE:
        raise AlienLabError("The two images are the same. Choose another one as first or second image.")
    return Lesson(
        pair=pair,
        schedule=values.text("schedule"),
        steps=values.whole("training"),
        width=values.whole("width"),
        seed=values.whole("weights_seed"),
    )


def _train(lesson: Lesson, workbench: Workbench) -> Trained:
    workbench.progress(0.0, "Building the network")
    made = Trained(lesson, lesson.untrained())
    every = max(_LEAST, lesson.steps // _LOOKS)
    samples, shown = None, time.monotonic()
    for step, loss in enumerate(learn(made.network, lesson), start=1):
        made.losses.append(loss)
        workbench.progress(step / lesson.steps, f"Training, step {step:,} of {lesson.steps:,}")
        if samples is None or (step % every == 0 and step < lesson.steps):
            samples = sample_wall(made)
        elif time.monotonic() - shown < _BLINK:
            continue
        workbench.show(training_exhibit(made, samples))
        shown = time.monotonic()
    return made


def sample_wall(made: Trained) -> Wall:
    """What becomes of the same noises with no word and with each word, as the network is now."""
    noise = np.random.default_rng(made.lesson.seed).standard_normal((SAMPLES, *made.pair.images.shape[1:]))
    told = ("", *made.pair.words)
    texts = np.repeat(np.stack([text_point(word) for word in told]), SAMPLES, axis=0)
    noisy = np.tile(noise.astype(np.float32), (len(told), 1, 1, 1))
    was_training = made.network.training
    made.network.eval()
    ends = fall(made.network, noisy, texts, schedule=made.schedule, steps=_SAMPLE_STEPS).ends
    made.network.train(was_training)
    rows = ("no word", *(f"“{word}”" for word in made.pair.words))
    return Wall(tuple(Picture(pixels) for pixels in to_pixels(ends)), columns=SAMPLES, row_titles=rows)


def training_exhibit(made: Trained, samples: Wall) -> Exhibit:
    """The samples, and beneath them how the loss fell."""
    steps = np.arange(1, len(made.losses) + 1, dtype=np.float64)
    losses = np.array(made.losses)
    curves = (Curve("each step", steps, losses), Curve("smoothed", steps, _smoothed(losses)))
    loss = Plot(
        "Loss",
        curves,
        x=Scale("step", 0, made.lesson.steps),
        y=Scale("mean squared error", 0, max(1.0, float(losses.max()))),
    )
    readings = (
        Reading("loss", round(float(_smoothed(losses)[-1]), 4)),
        Reading("steps", len(losses)),
        Reading("images seen", len(losses) * BATCH),
        Reading("parameters", sum(parameter.numel() for parameter in made.network.parameters())),
    )
    return Exhibit(samples, (loss,), readings)


def _smoothed(losses: np.ndarray) -> np.ndarray:
    """Mean of the last twenty."""
    sums = np.cumsum(np.concatenate([[0.0], losses]))
    ends = np.arange(1, len(losses) + 1)
    starts = np.maximum(0, ends - 20)
    return (sums[ends] - sums[starts]) / (ends - starts)
