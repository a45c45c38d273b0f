"""The experiment that shows the basins of a plane."""

from __future__ import annotations

import numpy as np

from alienlab.api import Exhibit, Grip, Handle, Picture, Reading, Values, Workbench
from alienlab_digits.falling import Ends, classes_of, ends, way
from alienlab_digits.falls import distances_plot, name_of
from alienlab_digits.planes import Plane, paint, plane_of
from alienlab_digits.trained import trained
from alienlab_digits.written import CLASSES


def basins(values: Values, workbench: Workbench) -> Exhibit:
    """Where each point of the plane falls, and the way of one of them."""
    made = trained(values, workbench)
    plane = plane_of(values)
    iterations, pull = values.whole("iterations"), values.number("pull")
    with workbench.lesioned(made.network, values.lesions("lesions")):
        found = ends(
            made.network,
            plane.points(values.whole("detail")),
            iterations=iterations,
            pull=pull,
            progress=lambda done: workbench.progress(done, "Letting the plane fall"),
        )
        states = way(made.network, plane.at(values.numbers("point")), iterations=iterations, pull=pull)[:, 0]
    x, y = plane.scales()
    picture = Picture(
        paint(plane, found, iterations, way=plane.shadow(states)),
        x=x,
        y=y,
        handles=(Handle("point", Grip.POINT),),
    )
    return Exhibit(
        picture,
        (distances_plot(states),),
        (Reading("the point falls to", name_of(classes_of(states)[-1])), *shares(found, plane)),
        note="The white line is the way of the point, as far as it can be seen in this plane.",
    )


def shares(found: Ends, plane: Plane) -> tuple[Reading, ...]:
    """How much of the plane falls to each digit that has a part of it, the largest first."""
    counts = np.bincount(found.classes, minlength=CLASSES + 1) / len(found.classes)
    order = [int(digit) for digit in np.argsort(-counts, kind="stable") if counts[digit] >= 0.0005]
    return tuple(Reading(f"falls to {name_of(digit)}", round(100 * float(counts[digit]), 1), "%") for digit in order)
