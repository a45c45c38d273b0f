"""The trained network of these values: learned when it is first needed, then kept."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from torch import nn

from alienlab.api import Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_digits.falling import ends
from alienlab_digits.network import BATCH, Lesson, answer, learn
from alienlab_digits.written import CLASSES, averages, learned_and_held_out, to_picture

_BLINK = 0.3
"""Seconds between two looks at the curve."""


@dataclass(slots=True, eq=False)
class Trained:
    """A network and how it learned."""

    lesson: Lesson
    network: nn.Module
    losses: list[float] = field(default_factory=list)


def trained(values: Values, workbench: Workbench) -> Trained:
    """Train the network where that has not been done yet, showing how it goes."""
    lesson = Lesson(values.whole("training"), values.whole("neurons"), values.whole("weights_seed"))
    return workbench.remember(lesson, lambda: _train(lesson, workbench))


def network(values: Values, workbench: Workbench) -> nn.Module:
    """The network that lesions act on."""
    return trained(values, workbench).network


def training_exhibit(made: Trained) -> Exhibit:
    """Held-out digits above what the network answers, and how the loss fell."""
    _, held_out = learned_and_held_out()
    digits = np.stack([held_out.example(digit, 1) for digit in range(CLASSES)])
    rows = (digits, answer(made.network, digits), averages())
    wall = Wall(
        tuple(Picture(to_picture(picture)) for row in rows for picture in row),
        columns=CLASSES,
        row_titles=("held out", "answer", "average"),
        column_titles=tuple(str(digit) for digit in range(CLASSES)),
    )
    return Exhibit(wall, (_loss(made),), _readings(made))


def _train(lesson: Lesson, workbench: Workbench) -> Trained:
    workbench.progress(0.0, "Reading the digits")
    made = Trained(lesson, lesson.untrained())
    shown = time.monotonic()
    for step, loss in enumerate(learn(made.network, lesson), start=1):
        made.losses.append(loss)
        workbench.progress(step / lesson.steps, f"Training, step {step:,} of {lesson.steps:,}")
        if time.monotonic() - shown > _BLINK:
            workbench.show(training_exhibit(made))
            shown = time.monotonic()
    return made


def _readings(made: Trained) -> tuple[Reading, ...]:
    _, held_out = learned_and_held_out()
    fallen = ends(made.network, held_out.inputs, iterations=16, pull=0.3)
    return (
        Reading("held-out digits that arrive", round(100 * fallen.share_at(held_out.labels), 1), "%"),
        Reading("loss", round(float(np.mean(made.losses[-20:])), 4)),
        Reading("digits seen", len(made.losses) * BATCH),
        Reading("parameters", sum(parameter.numel() for parameter in made.network.parameters())),
    )


def _loss(made: Trained) -> Plot:
    steps = np.arange(1, len(made.losses) + 1, dtype=np.float64)
    losses = np.array(made.losses)
    return Plot(
        "Loss",
        (Curve("each step", steps, losses),),
        x=Scale("step", 0, made.lesson.steps),
        y=Scale("mean squared distance from the average", 0, float(losses.max())),
    )
