"""The experiments in which noisy digits fall to attractors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Film, Grip, Handle, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_digits.falling import NOWHERE, Ends, classes_of, ends, squared_distances, way
from alienlab_digits.trained import Trained, trained
from alienlab_digits.written import CLASSES, SIDE, learned_and_held_out, to_picture

_ROWS = 10
"""Noisy digits that are shown."""
_MOST_COLUMNS = 13
_CURVES = 4
"""Digits whose distance is drawn."""
_AMOUNTS = 13
_MOST_NOISE = 1.2


def one(values: Values, workbench: Workbench) -> Exhibit:
    """A noisy digit from iteration to iteration."""
    made = trained(values, workbench)
    digit, example = values.whole("digit"), values.whole("example")
    start = learned_and_held_out()[1].example(digit, example)
    noisy = with_noise(start[None], values.number("noise"), workbench.random)
    with workbench.lesioned(made.network, values.lesions("lesions")):
        states = way(made.network, noisy, iterations=values.whole("iterations"), pull=values.number("pull"))[:, 0]
    classes = classes_of(states)
    captions = ("as written", *(f"{number}: {name_of(found)}" for number, found in enumerate(classes)))
    frames = tuple(to_picture(state) for state in (start, *states))
    is_film = values.text("shown") == "film"
    return Exhibit(
        Film(frames, captions, seconds=0.25) if is_film else _one_wall(frames, captions),
        (distances_plot(states),),
        (
            Reading("falls to", name_of(classes[-1])),
            Reading("settled after", settled(classes), "iterations"),
        ),
        note=_fate(digit, int(classes[-1])),
    )


def many(values: Values, workbench: Workbench) -> Exhibit:
    """Ten noisy digits fall, and many are counted for each amount of noise."""
    made = trained(values, workbench)
    digits, labels = drawn_digits(values.whole("starts"), workbench.random)
    iterations, pull = values.whole("iterations"), values.number("pull")
    noise = workbench.random.standard_normal(digits.shape, dtype=np.float32)
    noisy = (digits + 2 * values.number("noise") * noise).astype(np.float32)
    with workbench.lesioned(made.network, values.lesions("lesions")):
        found = ends(made.network, noisy, iterations=iterations, pull=pull)
        states = way(made.network, noisy[:_ROWS], iterations=iterations, pull=pull)
        plot = _by_noise(made, digits, labels, noise, values, workbench)
    return Exhibit(
        _many_wall(digits[:_ROWS], states),
        (plot,),
        (
            Reading("arrive at their class", round(100 * found.share_at(labels), 1), f"% of {len(labels)}"),
            Reading("fall to another digit", round(100 * _elsewhere(found, labels), 1), "%"),
            Reading("come to no digit", round(100 * float(np.mean(found.classes == NOWHERE)), 1), "%"),
        ),
        note="The first column is the digit as it was written, the second the same with noise.",
    )


def with_noise(digits: NDArray[np.float32], amount: float, random: np.random.Generator) -> NDArray[np.float32]:
    """``amount`` is a standard deviation in units of the step from paper to ink."""
    noise = random.standard_normal(digits.shape, dtype=np.float32)
    return (digits + 2 * amount * noise).astype(np.float32)


def drawn_digits(count: int, random: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Held-out digits, the ten of them in turn, and which they are."""
    held_out = learned_and_held_out()[1]
    labels = np.arange(count, dtype=np.int64) % CLASSES
    numbers = random.integers(1, 1000, count)
    pictures = [held_out.example(int(digit), int(number)) for digit, number in zip(labels, numbers, strict=True)]
    return np.stack(pictures), labels


def name_of(found: int) -> str:
    return "no digit" if found == NOWHERE else str(int(found))


def settled(classes: NDArray[np.int64]) -> int | str:
    """The iteration from which on it stays with one digit."""
    if classes[-1] == NOWHERE:
        return "not within these"
    other = np.flatnonzero(classes != classes[-1])
    return int(other[-1]) + 1 if len(other) else 0


def _one_wall(frames: tuple[NDArray[np.uint8], ...], captions: tuple[str, ...]) -> Wall:
    pictures = tuple(Picture(frame, caption) for frame, caption in zip(frames, captions, strict=True))
    return Wall(pictures, columns=min(len(pictures), 9))


def distances_plot(states: NDArray[np.float32]) -> Plot:
    """Of the picture from the averages of the digits that it comes nearest to, in steps from paper to ink."""
    distances = np.sqrt(squared_distances(states) / SIDE**2).astype(np.float64) / 2
    turns = np.arange(len(states), dtype=np.float64)
    nearest = np.argsort(distances[-1], kind="stable")[:_CURVES]
    return Plot(
        "Distance from the averages",
        tuple(Curve(f"of {digit}", turns, distances[:, digit]) for digit in nearest),
        x=Scale("iteration", 0, max(1, len(states) - 1)),
        y=Scale("distance", 0, float(distances[:, nearest].max()) * 1.05),
    )


def _many_wall(digits: NDArray[np.float32], states: NDArray[np.float32]) -> Wall:
    turns = np.unique(np.linspace(0, len(states) - 1, min(_MOST_COLUMNS, len(states))).round().astype(int))
    classes = classes_of(states[-1])
    pictures: list[Picture] = []
    for row, digit in enumerate(digits):
        pictures.append(Picture(to_picture(digit)))
        pictures += [Picture(to_picture(states[turn, row])) for turn in turns]
    return Wall(
        tuple(pictures),
        columns=1 + len(turns),
        row_titles=tuple(f"{row} → {name_of(found)}" for row, found in enumerate(classes)),
        column_titles=("", *(str(turn) for turn in turns)),
    )


def _by_noise(
    made: Trained,
    digits: NDArray[np.float32],
    labels: NDArray[np.int64],
    noise: NDArray[np.float32],
    values: Values,
    workbench: Workbench,
) -> Plot:
    """The share that arrives, for the same digits and noises in growing amounts."""
    amounts = np.linspace(0, _MOST_NOISE, _AMOUNTS)
    shares = []
    for place, amount in enumerate(amounts):
        workbench.progress(place / len(amounts), "More noise")
        noisy = (digits + 2 * amount * noise).astype(np.float32)
        found = ends(made.network, noisy, iterations=values.whole("iterations"), pull=values.number("pull"))
        shares.append(found.share_at(labels))
    return Plot(
        "Arrive at their class",
        (Curve("share", amounts, np.array(shares)), Curve("chance", amounts, np.full(len(amounts), 1 / CLASSES))),
        x=Scale("noise", 0, max(_MOST_NOISE, values.number("noise"))),
        y=Scale("share of the digits", 0, 1.05),
        handles=(Handle("noise", Grip.ACROSS),),
    )


def _elsewhere(found: Ends, labels: NDArray[np.int64]) -> float:
    return float(np.mean((found.classes != labels) & (found.classes != NOWHERE)))


def _fate(digit: int, found: int) -> str:
    if found == digit:
        return f"The {digit} is pulled to the average of all {digit}s."
    if found == NOWHERE:
        return f"The {digit} comes to something that is no digit."
    return f"The {digit} falls to {found}: with this noise it lies in another basin."
