"""Lines, arcs, directions and paths, as properties."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.concepts import Between, Prompt, RandomDirections, Way
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.geometry import along, distance, orthonormal, random_direction, random_directions
from alienlab.domain.space.walks import grid, line_positions, on_line, on_plane, resampled, through

SHAPE = (5, 7)
seeds = st.integers(0, 2**32)
positions = st.floats(-3, 4)
places = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=9)


def drawn(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=SHAPE)


@pytest.mark.parametrize("way", Way)
@given(seed=seeds)
def test_a_line_begins_and_ends_at_its_ends(way: Way, seed: int) -> None:
    start, end = drawn(seed), drawn(seed + 1)
    np.testing.assert_allclose(along(start, end, 0.0, way), start, atol=1e-12)
    np.testing.assert_allclose(along(start, end, 1.0, way), end, atol=1e-12)


@given(seed=seeds, position=positions)
def test_a_straight_line_keeps_its_direction(seed: int, position: float) -> None:
    start, end = drawn(seed), drawn(seed + 1)
    point = along(start, end, position, Way.STRAIGHT)
    assert distance(start, point) == pytest.approx(abs(position) * distance(start, end), abs=1e-9)


@given(seed=seeds, position=positions)
def test_an_arc_between_points_of_one_norm_keeps_it(seed: int, position: float) -> None:
    start, end = drawn(seed), drawn(seed + 1)
    flat = along(start / np.linalg.norm(start), end / np.linalg.norm(end), position, Way.SPHERICAL)
    assert np.linalg.norm(flat) == pytest.approx(1.0)
    unit = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in (start, end)]
    np.testing.assert_allclose(np.linalg.norm(along(*unit, position, Way.BY_TOKEN), axis=1), 1.0)


@given(seed=seeds, position=st.floats(0, 1))
def test_an_arc_is_gone_along_at_an_even_pace(seed: int, position: float) -> None:
    start, end = (one / np.linalg.norm(one) for one in (drawn(seed), drawn(seed + 1)))
    whole = math.acos(np.clip((start * end).sum(), -1, 1))
    point = along(start, end, position, Way.SPHERICAL)
    assert math.acos(np.clip((start * point).sum(), -1, 1)) == pytest.approx(position * whole, abs=1e-6)


def test_tokens_that_are_alike_stay_as_they_are() -> None:
    """Every prompt has the same start token."""
    start, end = drawn(1), drawn(2)
    end[0] = start[0]
    np.testing.assert_allclose(along(start, end, 0.4, Way.BY_TOKEN)[0], start[0])
    np.testing.assert_allclose(along(start, start, 0.4, Way.SPHERICAL), start)


def test_no_arc_leads_to_the_opposite_point() -> None:
    with pytest.raises(RecipeError, match="opposite"):
        along(drawn(1), -drawn(1), 0.5, Way.SPHERICAL)


@given(seed=seeds)
def test_directions_are_orthonormal_and_the_seeds_own(seed: int) -> None:
    first, second = random_directions(seed, SHAPE)
    np.testing.assert_allclose(
        [[(a * b).sum() for a in (first, second)] for b in (first, second)], np.eye(2), atol=1e-9
    )
    np.testing.assert_array_equal(first, random_directions(seed, SHAPE)[0])
    assert not np.allclose(first, random_directions(seed + 1, SHAPE)[0])
    assert np.linalg.norm(random_direction(seed, SHAPE)) == pytest.approx(1.0)


@given(seed=seeds)
def test_the_first_of_two_given_directions_stays(seed: int) -> None:
    first, second = orthonormal(3 * drawn(seed), drawn(seed + 1))
    np.testing.assert_allclose(first, drawn(seed) / np.linalg.norm(drawn(seed)))
    np.testing.assert_allclose([np.linalg.norm(second), (first * second).sum()], [1.0, 0.0], atol=1e-9)


@pytest.mark.parametrize("second", [0 * drawn(1), drawn(1), -2 * drawn(1)])
def test_a_dead_direction_is_named(second: np.ndarray) -> None:
    with pytest.raises(RecipeError, match="Take another one"):
        orthonormal(drawn(1), second)


def test_random_directions_favour_none() -> None:
    """A coordinate of a unit vector in n dimensions has the variance 1/n."""
    many = np.stack([random_direction(seed, (10,)) for seed in range(4000)])
    np.testing.assert_allclose(many.mean(axis=0), 0.0, atol=5 * (0.1 / 4000) ** 0.5)
    np.testing.assert_allclose(many.var(axis=0), 0.1, rtol=0.15)


@given(places=places, count=st.integers(2, 40))
def test_a_path_is_resampled_at_equal_distances_along_it(places: list, count: int) -> None:
    length = sum(math.dist(*pair) for pair in itertools.pairwise(places))
    if length < 1e-3:
        return
    found = resampled(places, count)
    assert len(found) == count
    np.testing.assert_allclose(found[0], places[0], atol=1e-9)
    np.testing.assert_allclose(found[-1], places[-1], atol=1e-9)
    steps = [math.dist(*pair) for pair in itertools.pairwise(found)]
    assert max(steps) <= length / (count - 1) * (1 + 1e-6) + 1e-9  # a chord is never longer than the way along the path


def test_a_straight_path_has_equidistant_points() -> None:
    assert resampled([(0, 0), (1, 0), (4, 0)], 5) == ((0, 0), (1, 0), (2, 0), (3, 0), (4, 0))


@pytest.mark.parametrize(("places", "count"), [([(1, 1)], 5), ([(1, 1), (1, 1)], 5), ([(0, 0), (1, 1)], 1), ([], 3)])
def test_a_path_of_one_point_is_refused(places: list, count: int) -> None:
    with pytest.raises(RecipeError, match=r"path"):
        resampled(places, count)


def test_a_path_between_concepts_goes_through_the_points_themselves() -> None:
    dog, cat, plane = (Prompt(text) for text in ("dog", "cat", "plane"))
    walk = through([dog, cat, plane], [1.0, 3.0], 5)
    assert walk == [dog, cat, Between(cat, plane, 0.333333333), Between(cat, plane, 0.666666667), plane]
    assert through([dog, cat], [2.0], 3)[1] == Between(dog, cat, 0.5)


def test_a_line_goes_on_beyond_both_ends() -> None:
    assert line_positions(9, 1.0) == (-1.0, -0.625, -0.25, 0.125, 0.5, 0.875, 1.25, 1.625, 2.0)
    assert line_positions(3, 0.0) == (0.0, 0.5, 1.0)
    assert on_line(Prompt("a"), Prompt("b"), 1.0, Way.SPHERICAL) == Prompt("b")
    with pytest.raises(RecipeError, match="0 frames"):
        line_positions(0, 1.0)


def test_a_grid_has_its_origin_in_the_middle_and_up_at_the_top() -> None:
    tiles = grid(3, 2.0)
    assert tiles == ((-2, 2), (0, 2), (2, 2), (-2, 0), (0, 0), (2, 0), (-2, -2), (0, -2), (2, -2))
    origin = Prompt("a cat")
    assert on_plane(origin, RandomDirections(1), *tiles[4]) is origin
