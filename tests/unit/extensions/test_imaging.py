"""Exhibits as one picture."""

from __future__ import annotations

import numpy as np
import pytest

from alienlab.domain.laboratories.exhibits import Cloud, Curve, Film, Picture, Plot, Scale, Wall
from alienlab.extensions.imaging import GAP, GROUND, image_of
from alienlab.extensions.plot_picture import COLOURS, ticks


def picture(height: int, width: int, value: int) -> Picture:
    return Picture(np.full((height, width, 3), value, np.uint8))


def test_a_picture_is_its_pixels_and_a_film_its_last_frame() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8)
    np.testing.assert_array_equal(image_of(Picture(pixels)), pixels)
    np.testing.assert_array_equal(image_of(Film((pixels[::-1], pixels))), pixels)


def test_a_wall_stands_in_rows_with_gaps_of_the_ground() -> None:
    image = image_of(Wall((picture(10, 20, 1), picture(10, 20, 2), picture(6, 8, 3)), 2))
    assert image.shape == (2 * 10 + GAP, 2 * 20 + GAP, 3)
    assert (image[:10, :20] == 1).all()
    assert (image[:10, 20 + GAP :] == 2).all()
    assert (image[:, 20 : 20 + GAP] == GROUND).all()
    small = image[10 + GAP + 2 : 10 + GAP + 8, 6:14]
    assert (small == 3).all()
    assert (image == 3).all(axis=2).sum() == 6 * 8
    assert (image[10 + GAP :, 20 + GAP :] == GROUND).all()


def test_a_wall_has_no_more_columns_than_pictures() -> None:
    assert image_of(Wall((picture(4, 4, 1),), 50)).shape == (4, 4, 3)


@pytest.mark.parametrize(("count", "columns", "side"), [(64, 8, 1024), (4096, 64, 64), (4096, 4096, 3), (9, 3, 1365)])
def test_a_wall_stays_within_the_largest_picture(count: int, columns: int, side: int) -> None:
    image = image_of(Wall((picture(side, side, 200),) * count, columns))
    assert max(image.shape) <= 4096
    assert (image == 200).all(axis=2).mean() > 0.4


def cloud(points: list[tuple[float, float, float]], *, turn: float = 0.0, tilt: float = 0.0) -> Cloud:
    colours = np.array([(255, 0, 0), (0, 255, 0), (0, 0, 255)][: len(points)], np.uint8).reshape(-1, 3)
    axes = (Scale("x", 0, 1), Scale("y", 0, 1), Scale("z", 0, 1))
    return Cloud(np.array(points, np.float32).reshape(-1, 3), colours, axes, turn, tilt)


def middle_of(image: np.ndarray, colour: tuple[int, int, int]) -> tuple[float, float]:
    rows, columns = np.nonzero((image == colour).all(axis=2))
    assert len(rows)
    return float(columns.mean()), float(rows.mean())


def test_points_of_a_cloud_stand_where_they_are_seen_from_the_front() -> None:
    image = image_of(cloud([(0.5, 0.5, 0.5), (0.9, 0.5, 0.5), (0.5, 0.5, 0.9)]))
    centre, right, above = (middle_of(image, colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255)))
    assert right[0] > centre[0] + 50
    assert right[1] == pytest.approx(centre[1], abs=1)
    assert above[1] < centre[1] - 50
    assert above[0] == pytest.approx(centre[0], abs=1)


def test_what_is_in_front_covers_what_is_behind() -> None:
    front, back = (0.5, 0.1, 0.5), (0.5, 0.9, 0.5)
    for points in ([front, back], [back, front]):
        image = image_of(cloud(points))
        shown, hidden = ((255, 0, 0), (0, 255, 0)) if points[0] == front else ((0, 255, 0), (255, 0, 0))
        assert (image == shown).all(axis=2).any()
        assert not (image == hidden).all(axis=2).any()


def test_turning_a_cloud_by_half_exchanges_left_and_right() -> None:
    points = [(0.9, 0.5, 0.5)]
    right = middle_of(image_of(cloud(points)), (255, 0, 0))[0]
    left = middle_of(image_of(cloud(points, turn=180.0)), (255, 0, 0))[0]
    assert left + right == pytest.approx(800, abs=3)
    assert right > 450


def test_no_points_and_axes_without_extent_make_a_picture() -> None:
    axes = (Scale("x", 0, 0),) * 3
    for points in (np.zeros((0, 3), np.float32), np.ones((4, 3), np.float32)):
        image = image_of(Cloud(points, np.zeros((len(points), 3), np.uint8), axes))
        assert image.shape == (800, 800, 3)


def plot(*curves: Curve, x: Scale | None = None) -> Plot:
    return Plot("Title", curves, x or Scale("x", 0, 0), Scale("y", 0, 0, "m"))


def test_curves_are_drawn_in_their_colours_and_only_where_they_are() -> None:
    x = np.linspace(0, 1, 50)
    rising, missing = Curve("rising", x, x), Curve("missing", x, np.full(50, np.nan))
    image = image_of(plot(rising, missing))
    assert image.dtype == np.uint8
    rows, columns = np.nonzero((image[90:] == COLOURS[0]).all(axis=2))
    assert np.corrcoef(rows, columns)[0, 1] < -0.99
    assert not (image[90:] == COLOURS[1]).all(axis=2).any()
    np.testing.assert_array_equal(image, image_of(plot(rising, missing)))


def test_an_axis_of_its_own_cuts_off_what_is_outside() -> None:
    x = np.linspace(0, 1, 50)
    far = Curve("far", x * 1e12, x, is_line=False)
    image = image_of(plot(far, x=Scale("x", 0, 1)))
    columns = np.nonzero((image == COLOURS[0]).all(axis=2))[1]
    assert columns.max() < 100


@pytest.mark.parametrize(
    "curves", [(), (Curve("one", np.zeros(1), np.zeros(1)),), (Curve("none", np.zeros(0), np.zeros(0)),)]
)
def test_little_or_nothing_makes_a_plot(curves: tuple[Curve, ...]) -> None:
    assert image_of(plot(*curves)).shape == (640, 1000, 3)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [((0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1.0]), ((0, 6), [0, 1, 2, 3, 4, 5, 6]), ((-3, 3), [-3, -2, -1, 0, 1, 2, 3])],
)
def test_ticks_are_round(ends: tuple[float, float], expected: list[float]) -> None:
    assert ticks(ends) == pytest.approx(expected)
    assert ticks((ends[1], ends[0])) == pytest.approx(expected)
