"""Islands whose shape is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from alienlab.domain.errors import SweepError
from alienlab.domain.space.geometry import random_direction
from alienlab.domain.space.islands import Edge, Island, Shore, Spot, Survey, agreement, look_around

SHAPE = (3, 8)
Probability = Callable[[np.ndarray], float | None]


def looked(survey: Survey, probability: Probability) -> tuple[list[Edge], list[tuple[Spot, ...]]]:
    """Walk around in a space whose concept is known at every point; also what was asked for."""
    asked, look, answer = [], look_around(survey), None
    while True:
        try:
            spots = next(look) if answer is None else look.send(answer)
        except StopIteration as end:
            return end.value, asked
        asked.append(spots)
        answer = [probability(spot.distance * random_direction(spot.direction, SHAPE)) for spot in spots]


def island(edges: Sequence[Edge], *, radius: float = 1.0, dimensions: int = 2304) -> Island:
    return Island("a cat", "cat", 0, tuple(edges), space_radius=radius, dimensions=dimensions)


@pytest.mark.parametrize("radius", [0.05, 1.0, 7.7])
def test_the_radius_of_a_ball_is_found_in_every_direction(radius: float) -> None:
    survey = Survey(tuple(range(20)), reach=16.0)
    edges, asked = looked(survey, lambda point: float(np.linalg.norm(point) <= radius))
    for edge in edges:
        assert edge.shore is Shore.FOUND
        assert edge.inside <= radius <= edge.outside
        assert edge.outside - edge.inside <= max(survey.rings[0], radius) / 32 * (1 + 1e-9)
    assert sum(map(len, asked)) <= survey.most_spots
    assert island(edges).unevenness < 0.02


def test_a_ball_around_another_point_is_found_by_the_law_of_cosines() -> None:
    away = 2.0 * random_direction(99, SHAPE)
    edges, _ = looked(Survey(tuple(range(30)), reach=32.0), lambda point: float(np.linalg.norm(point - away) <= 5.0))
    for edge in edges:
        along = (away * random_direction(edge.direction, SHAPE)).sum()
        assert edge.radius == pytest.approx(along + math.sqrt(along**2 + 25.0 - 4.0), rel=1 / 32)


def test_what_never_leaves_the_island_is_censored() -> None:
    edges, _ = looked(Survey((1, 2, 3), reach=4.0), lambda point: 0.9)
    assert [(edge.shore, edge.inside, edge.outside) for edge in edges] == [(Shore.CENSORED, 4.0, None)] * 3
    assert island(edges).censored == 3


def test_an_island_behind_a_channel_is_marked_and_not_counted_in() -> None:
    def ring(point: np.ndarray) -> float:
        far = np.linalg.norm(point)
        return float(far < 1.2 or 3.5 < far < 5.0)

    edges, _ = looked(Survey((1, 2), reach=16.0), ring)
    assert {edge.shore for edge in edges} == {Shore.REENTERED}
    assert all(edge.radius == pytest.approx(1.2, rel=1 / 16) for edge in edges)
    assert island(edges).reentered == 2


def test_rings_are_not_looked_at_long_after_the_edge() -> None:
    _, asked = looked(Survey((1, 2), reach=128.0), lambda point: float(np.linalg.norm(point) < 1.5))
    assert max(spot.distance for spots in asked for spot in spots) == 8.0


def test_an_image_that_did_not_come_about_is_not_the_concept() -> None:
    edges, _ = looked(Survey((5,), reach=8.0), lambda point: None if np.linalg.norm(point) > 3 else 1.0)
    assert edges[0].radius == pytest.approx(3.0, rel=1 / 32)


def test_a_concept_that_does_not_hold_at_its_centre_has_no_island() -> None:
    with pytest.raises(SweepError, match=r"own centre: its probability there is 12%"):
        looked(Survey((1,), reach=8.0), lambda point: 0.12)


@pytest.mark.parametrize(
    ("directions", "reach"), [((), 1.0), ((1, 1), 1.0), ((1,), 0.0), ((1,), math.inf), ((1,), -2.0)]
)
def test_a_survey_that_cannot_be_made_is_refused(directions: tuple[int, ...], reach: float) -> None:
    with pytest.raises(SweepError):
        Survey(directions, reach)


def test_the_share_of_space_is_the_essays() -> None:
    """r/R of 0.55 in 2304 dimensions gives about 10^-600 (0.55^2304 = 10^-598.2)."""
    edges = [Edge(seed, 0.55, 0.55, Shore.FOUND) for seed in range(5)]
    assert island(edges).log10_share == pytest.approx(-598.2, abs=0.1)
    assert island(edges).log10_share_error == 0.0
    assert island(edges, radius=0.55).log10_share == 0.0


def test_the_share_is_a_lower_bound() -> None:
    """In few dimensions the mean of r^D can be estimated, and lies above."""
    edges = [Edge(seed, radius, radius, Shore.FOUND) for seed, radius in enumerate((0.5, 1.0, 1.5, 2.0))]
    exact = math.log10(sum(edge.radius**3 for edge in edges) / 4)
    assert island(edges, dimensions=3).log10_share < exact
    assert island(edges).quartiles == (0.875, 1.25, 1.625)


def test_disjoint_directions_agree_about_a_bumpy_island() -> None:
    normal = random_direction(1234, SHAPE)

    def bumpy(point: np.ndarray) -> float:
        far = np.linalg.norm(point)
        return float(far <= 2.0 + 2.0 * abs((point * normal).sum()) / max(far, 1e-9))

    one, other = (
        island(looked(Survey(seeds, reach=16.0), bumpy)[0]) for seeds in (tuple(range(24)), tuple(range(24, 48)))
    )
    assert abs(agreement(one, other)) < 3
    smaller = island([Edge(edge.direction, edge.inside / 2, edge.outside / 2, edge.shore) for edge in other.edges])
    assert abs(agreement(one, smaller)) > 3
    assert agreement(one, one) == 0.0
