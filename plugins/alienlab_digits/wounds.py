"""The experiments that lesion the network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Wall, Workbench, lesion_of_all
from alienlab_digits.falling import Ends, ends, way
from alienlab_digits.falls import drawn_digits, with_noise
from alienlab_digits.planes import SMALL, Plane, paint, plane_of
from alienlab_digits.trained import Trained, trained
from alienlab_digits.written import CLASSES, learned_and_held_out, to_picture

_DOSE_DETAIL = 48
EXAMPLE = ("middle.0:noise=0.5@3",)
"""What is lesioned as long as nothing is chosen: noise in the narrow layer, by which some digits lose their basin."""


def lesioned(values: Values, workbench: Workbench) -> Exhibit:
    """The basins before and after."""
    made = trained(values, workbench)
    plane = plane_of(values)
    points = plane.points(values.whole("detail"))
    digits, labels = drawn_digits(values.whole("starts"), workbench.random)
    noisy = with_noise(digits, values.number("noise"), workbench.random)
    before = _fall(made, points, values, lambda done: workbench.progress(done / 2, "Intact"))
    arrived = _fall(made, noisy, values)
    lesions = values.lesions("lesions")
    with workbench.lesioned(made.network, lesions or EXAMPLE):
        after = _fall(made, points, values, lambda done: workbench.progress(0.5 + done / 2, "Lesioned"))
        still = _fall(made, noisy, values)
    return Exhibit(
        _side_by_side(plane, before, after, values.whole("iterations")),
        readings=(
            Reading("of the plane moved", round(100 * after.moved(before), 2), "%"),
            Reading("intact: arrive", round(100 * arrived.share_at(labels), 1), f"% of {len(labels)}"),
            Reading("lesioned: arrive", round(100 * still.share_at(labels), 1), f"% of {len(labels)}"),
            Reading("basins on the plane", f"{_basins(before)} → {_basins(after)}"),
            Reading("hurt most", _hurt_most(labels, arrived, still)),
        ),
        note=_lesions_note(lesions),
    )


def doses(values: Values, workbench: Workbench) -> Exhibit:
    """The basins under more and more of it."""
    made = trained(values, workbench)
    plane = plane_of(values)
    points = plane.points(_DOSE_DETAIL)
    digits, labels = drawn_digits(values.whole("starts"), workbench.random)
    noisy = with_noise(digits, values.number("noise"), workbench.random)
    amounts = np.linspace(0, values.number("highest"), values.whole("doses"))
    growing = growing_lesions(values, workbench)
    planes: list[Ends] = []
    counted: list[Ends] = []
    for place, amount in enumerate(amounts):
        workbench.progress(place / len(amounts), f"Dose {amount:.0%}")
        with workbench.lesioned(made.network, growing, dose=float(amount)):
            planes.append(_fall(made, points, values))
            counted.append(_fall(made, noisy, values))
    pictures = tuple(
        Picture(paint(plane, found, values.whole("iterations"), sharpest=SMALL), f"{amount:.1%}")
        for amount, found in zip(amounts, planes, strict=True)
    )
    moved = np.array([found.moved(planes[0]) for found in planes])
    arrive = np.array([found.share_at(labels) for found in counted])
    return Exhibit(
        Wall(pictures, columns=min(len(pictures), 4)),
        (_dose_plot(amounts, moved, arrive, planes),),
        (
            Reading("half of the plane moved at dose", _first(amounts, moved >= 0.5)),
            Reading("half no longer arrive at dose", _first(amounts, arrive < 0.5)),
        ),
        note="The first picture is the intact network.",
    )


def left(values: Values, workbench: Workbench) -> Exhibit:
    """A row for each dose: what a noisy example of each digit comes to."""
    made = trained(values, workbench)
    held_out = learned_and_held_out()[1]
    digits = np.stack([held_out.example(digit, values.whole("example")) for digit in range(CLASSES)])
    noisy = with_noise(digits, values.number("noise"), workbench.random)
    amounts = np.linspace(0, values.number("highest"), values.whole("doses"))
    growing = growing_lesions(values, workbench)
    rows = [noisy]
    for amount in amounts:
        with workbench.lesioned(made.network, growing, dose=float(amount)):
            rows.append(way(made.network, noisy, iterations=values.whole("iterations"), pull=values.number("pull"))[-1])
    wall = Wall(
        tuple(Picture(to_picture(picture)) for row in rows for picture in row),
        columns=CLASSES,
        row_titles=("noisy", *(f"{amount:.1%}" for amount in amounts)),
        column_titles=tuple(str(digit) for digit in range(CLASSES)),
    )
    different = np.array([_different(row) for row in rows[1:]], dtype=np.float64)
    plot = Plot(
        "Different ends of the ten digits",
        (Curve("ends", amounts, different),),
        x=Scale("dose", 0, float(amounts[-1])),
        y=Scale("different ends", 0, CLASSES + 0.5),
    )
    readings = (
        Reading("different ends, intact", int(different[0]), "of 10"),
        Reading("different ends at the last dose", int(different[-1]), "of 10"),
    )
    return Exhibit(wall, (plot,), readings, note="Attractors fade, blend and at last are one for everything.")


def growing_lesions(values: Values, workbench: Workbench) -> tuple[str, ...]:
    """Those of which there is more and more."""
    kind = values.text("dose_of")
    return values.lesions("lesions") if kind == "lesions" else (lesion_of_all(kind, seed=workbench.seed),)


def _fall(
    made: Trained,
    starts: NDArray[np.float32],
    values: Values,
    progress: Callable[[float], None] = lambda done: None,
) -> Ends:
    iterations, pull = values.whole("iterations"), values.number("pull")
    return ends(made.network, starts, iterations=iterations, pull=pull, progress=progress)


def _side_by_side(plane: Plane, before: Ends, after: Ends, iterations: int) -> Wall:
    x, y = plane.scales()
    pictures = (
        Picture(paint(plane, before, iterations), "intact", x=x, y=y),
        Picture(paint(plane, after, iterations), "lesioned", x=x, y=y),
    )
    return Wall(pictures, columns=2)


def _hurt_most(labels: NDArray[np.int64], arrived: Ends, still: Ends) -> str:
    """The class that loses most of its digits."""
    shares = np.array(
        [[np.mean(found.classes[labels == digit] == digit) for digit in range(CLASSES)] for found in (arrived, still)]
    )
    losses = shares[0] - shares[1]
    digit = int(losses.argmax())
    if losses[digit] <= 0:
        return "none"
    return f"{digit} ({shares[0, digit]:.0%} → {shares[1, digit]:.0%})"


def _dose_plot(
    amounts: NDArray[np.float64], moved: NDArray[np.float64], arrive: NDArray[np.float64], planes: list[Ends]
) -> Plot:
    basins = np.array([_basins(found) / CLASSES for found in planes])
    return Plot(
        "By dose",
        (
            Curve("noisy digits that arrive", amounts, arrive),
            Curve("of the plane moved", amounts, moved),
            Curve("basins on the plane, of ten", amounts, basins),
        ),
        x=Scale("dose", 0, float(amounts[-1])),
        y=Scale("share", 0, 1.05),
    )


def _basins(found: Ends) -> int:
    """Digits to which at least a hundredth of the points fall."""
    counts = np.bincount(found.classes, minlength=CLASSES + 1)[:CLASSES]
    return int(np.sum(counts >= len(found.classes) / 100))


def _different(pictures: NDArray[np.float32]) -> int:
    """How many of them are further from all that were counted before than a tenth of the step from paper to ink."""
    counted: list[NDArray[np.float32]] = []
    for picture in pictures:
        if all(float(np.sqrt(np.mean((picture - other) ** 2))) > 0.2 for other in counted):
            counted.append(picture)
    return len(counted)


def _first(amounts: NDArray[np.float64], holds: NDArray[np.bool_]) -> float | str:
    places = np.flatnonzero(holds)
    return round(float(amounts[places[0]]), 3) if len(places) else "none"


def _lesions_note(lesions: tuple[str, ...]) -> str:
    if not lesions:
        return f"An example: {', '.join(EXAMPLE)}. Press Network to choose modules, and say what happens to them."
    return f"{len(lesions)} lesion{'s' if len(lesions) > 1 else ''}: what changed its colour fell to another digit."
