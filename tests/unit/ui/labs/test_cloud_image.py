"""Points in three dimensions, as they are seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.laboratories.exhibits import Cloud, Scale
from alienlab.ui.labs.cloud_image import CORNERS, drawn, in_cube, on_screen, turned

ANGLES = st.floats(-360.0, 360.0)


@given(ANGLES, ANGLES)
def test_turning_keeps_distances(turn: float, tilt: float):
    points = np.random.default_rng(0).normal(size=(20, 3))
    seen = turned(points, turn, tilt)
    assert np.linalg.norm(seen[:, None] - seen[None], axis=2) == pytest.approx(
        np.linalg.norm(points[:, None] - points[None], axis=2)
    )


def test_the_third_axis_stands_upright_and_from_above_it_is_not_seen():
    upright = np.array([[0.0, 0.0, 1.0]])
    assert turned(upright, 77.0, 0.0)[0] == pytest.approx([0.0, 1.0, 0.0])
    assert turned(upright, 77.0, 90.0)[0] == pytest.approx([0.0, 0.0, 1.0])


def test_from_the_front_the_first_axis_goes_to_the_right_and_the_second_away():
    assert turned(np.eye(3), 0.0, 0.0) == pytest.approx(np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]]), abs=1e-12)


@given(ANGLES, ANGLES)
def test_the_cube_is_seen_whole_from_everywhere(turn: float, tilt: float):
    places = on_screen(turned(CORNERS, turn, tilt), 200, 120, 1.0)
    assert places.min() >= 0
    assert (places <= [200, 120]).all()


def test_near_points_hide_far_ones():
    points = np.array([[0.0, -1.0, 0.0], [0.0, 1.0, 0.0]], np.float32)  # the first is nearer from the front
    colours = np.array([[255, 0, 0], [0, 0, 255]], np.uint8)
    image = drawn(points, colours, turn=0, tilt=0, zoom=1, ground=np.zeros((51, 51, 3), np.uint8))
    assert tuple(image[25, 25]) == (255, 0, 0)


def test_axes_of_any_range_become_the_cube():
    cloud = Cloud(
        np.array([[0, 5, -1], [255, 6, 1]], np.float32),
        np.zeros((2, 3), np.uint8),
        (Scale("r", 0, 255), Scale("s", 5, 6), Scale("t", -1, 1)),
    )
    assert in_cube(cloud).tolist() == [[-1, -1, -1], [1, 1, 1]]


def test_an_axis_without_extent_is_fitted_to_the_points_as_in_the_exported_picture() -> None:
    points = np.array([[2.0, 5.0, 7.0], [4.0, 5.0, 9.0]], np.float32)
    axes = (Scale("x", 0, 0), Scale("y", 0, 0), Scale("z", 0, 14))
    cube = in_cube(Cloud(points, np.zeros((2, 3), np.uint8), axes))
    np.testing.assert_allclose(cube, [[-1, 0, 0], [1, 0, 2 / 7]], atol=1e-6)
