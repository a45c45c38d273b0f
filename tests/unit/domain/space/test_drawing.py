"""Paths that are drawn on a plane."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.concepts import OnPlane, Prompt, RandomDirections
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.drawing import Corner, Drawing, Ground, drawn_walk, simplified, traced

NUMBERS = st.floats(-1e4, 1e4, allow_nan=False).map(lambda number: round(number, 3))
PLACES = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=60)
GROUND = Ground("ab" * 32, Prompt("a cat"), RandomDirections(1))


def from_line(place, line):
    """Distance of a place from a polyline."""
    return min(from_segment(place, *ends) for ends in pairwise(line)) if len(line) > 1 else math.dist(place, line[0])


def from_segment(place, start, end):
    way, rest = np.subtract(end, start), np.subtract(place, start)
    length = way @ way
    along = min(max(rest @ way / length, 0.0), 1.0) if length > 0 else 0.0
    return float(np.linalg.norm(rest - along * way))


@given(PLACES, st.floats(0.0, 100.0))
def test_what_is_left_out_lies_within_the_tolerance(places, tolerance):
    kept = simplified(places, tolerance)
    assert all(from_line(place, kept) <= tolerance + 1e-6 for place in places)


@given(PLACES, st.floats(0.0, 100.0))
def test_the_ends_stay_and_the_order_too(places, tolerance):
    kept = simplified(places, tolerance)
    assert kept[:1] == tuple(places[:1])
    assert kept[-1:] == tuple(places[-1:])
    rest = iter(places)
    assert all(place in rest for place in kept)


def test_a_straight_line_keeps_its_ends_alone():
    assert simplified([(float(x), 2.0 * x) for x in range(100)], 0.01) == ((0.0, 0.0), (99.0, 198.0))


@given(st.lists(st.builds(Corner, NUMBERS, NUMBERS, st.booleans()), max_size=20))
def test_the_curve_goes_through_every_corner_in_order(corners):
    rest = iter(traced(corners))
    assert all(corner.place in rest for corner in corners)
    assert all(map(math.isfinite, sum(traced(corners), ())))


def test_between_sharp_corners_it_goes_straight():
    corners = [Corner(0, 0), Corner(1, 0, is_round=True), Corner(1, 1)]
    assert traced(corners) == ((0, 0), (1, 0), (1, 1))


def test_a_curve_has_no_bend():
    circle = [Corner(math.cos(angle), math.sin(angle), is_round=True) for angle in np.linspace(0, math.pi, 7)]
    line = np.array(traced(circle))
    assert np.abs(np.linalg.norm(line, axis=1) - 1.0).max() < 0.03
    ways = np.diff(line, axis=0)
    headings = np.unwrap(np.arctan2(ways[:, 1], ways[:, 0]))
    assert np.abs(np.diff(headings)).max() < 0.15


def test_the_walk_has_equal_distances_and_ends_at_the_ends():
    drawing = Drawing(GROUND, (Corner(3.0, 0.0), Corner(3.0, 4.0), Corner(0.0, 4.0)))
    walk = drawn_walk(drawing, frames=8, unit=2.0)
    points = walk.points
    assert all(isinstance(point, OnPlane) for point in points)
    steps = [math.dist((one.x, one.y), (next_.x, next_.y)) for one, next_ in pairwise(points)]
    assert steps == pytest.approx([1.0] * 7)
    assert walk.stops[0].label == "1.50, 0.00"
    assert (points[-1].x, points[-1].y) == (0.0, 4.0)


def test_a_path_of_one_point_leads_nowhere():
    with pytest.raises(RecipeError, match="single point"):
        drawn_walk(Drawing(GROUND, (Corner(1.0, 1.0),)), frames=8)


@given(st.lists(st.builds(Corner, NUMBERS, NUMBERS, st.booleans()), max_size=20))
def test_it_is_read_as_it_was_written(corners):
    drawing = Drawing(GROUND, tuple(corners))
    assert Drawing.from_json(drawing.to_json()) == drawing
