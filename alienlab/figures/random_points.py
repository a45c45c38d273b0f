"""Images at random points of concept space, which several figures share."""

from __future__ import annotations

from collections.abc import Iterable

from alienlab.domain.concepts import RandomPoint
from alienlab.domain.lesions import LesionSpec
from alienlab.figures.studio import Shot, Studio


def random_shots(studio: Studio, count: int, *, lesions: Iterable[LesionSpec] = ()) -> list[Shot]:
    """Of the points 0, 1, 2, …, each with a noise of its own; in another mind where there are lesions."""
    specs = tuple(lesions)
    numbers = range(6 if studio.subject.is_quick else count)
    return studio.shoot(
        [studio.recipe(RandomPoint(n), seed=studio.seed + n, lesions=specs, wide=True) for n in numbers]
    )
