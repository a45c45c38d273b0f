"""Where tiles stand, and what part of an image they show."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.ui.canvas.layout import SMALLEST_SIDE, Fit, Place, lay_out, lay_out_each
from alienlab.ui.canvas.viewpoint import MOST_ZOOM, Viewpoint


def test_a_pair_stands_side_by_side_in_a_wide_canvas_and_one_above_the_other_in_a_tall_one() -> None:
    fit = Fit(width=64, height=64, whole_pixels=False)
    wide = lay_out([2], width=1000, height=500, fit=fit, caption_lines=1).places
    tall = lay_out([2], width=400, height=1000, fit=fit, caption_lines=1).places
    assert wide[0].picture.y == wide[1].picture.y
    assert tall[0].picture.x == tall[1].picture.x


def test_whole_pixels_are_whole_device_pixels() -> None:
    fit = Fit(width=64, height=64, whole_pixels=True, device_pixels=1.5)
    width, height = fit.into(350, 350)
    assert width == height
    assert (width * 1.5 / 64) % 1 == 0


def test_an_image_larger_than_the_room_is_made_smaller_whatever_was_chosen() -> None:
    assert Fit(width=1024, height=512, whole_pixels=True).into(256, 256) == (256, 128)


@given(
    lines=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    width=st.floats(300, 2500),
    height=st.floats(250, 1500),
    image=st.tuples(st.integers(8, 1024), st.integers(8, 1024)),
    whole_pixels=st.booleans(),
)
def test_tiles_never_overlap_never_leave_the_width_and_are_never_stretched(
    lines: list[int], width: float, height: float, image: tuple[int, int], whole_pixels: bool
) -> None:
    fit = Fit(width=image[0], height=image[1], whole_pixels=whole_pixels)
    layout = lay_out(lines, width=width, height=height, fit=fit, caption_lines=2)
    assert len(layout.places) == sum(lines)
    for place in layout.places:
        assert place.picture.x >= 0
        assert place.picture.right <= width + 1e-6
        assert place.whole.bottom <= max(layout.height, height) + 1e-6
        assert place.picture.width / place.picture.height == pytest.approx(image[0] / image[1])
    check_apart(layout.places)


def check_apart(places: Sequence[Place]) -> None:
    for one, other in itertools.combinations([place.whole for place in places], 2):
        apart = (
            one.right <= other.x + 1e-6
            or other.right <= one.x + 1e-6
            or one.bottom <= other.y + 1e-6
            or other.bottom <= one.y + 1e-6
        )
        assert apart


@given(
    lines=st.lists(st.lists(st.tuples(st.integers(8, 1024), st.integers(8, 1024)), min_size=1, max_size=6), max_size=4),
    width=st.floats(300, 2500),
    height=st.floats(250, 1500),
    whole_pixels=st.booleans(),
)
def test_tiles_of_unlike_forms_keep_them_and_stand_apart(
    lines: list[list[tuple[int, int]]], width: float, height: float, whole_pixels: bool
) -> None:
    sizes = [size for line in lines for size in line]
    fits = [Fit(width=size[0], height=size[1], whole_pixels=whole_pixels) for size in sizes]
    layout = lay_out_each([len(line) for line in lines], fits, width=width, height=height, caption_lines=2)
    assert len(layout.places) == len(sizes)
    for place, size in zip(layout.places, sizes, strict=True):
        assert place.picture.width / place.picture.height == pytest.approx(size[0] / size[1])
        assert place.picture.x >= 0
        assert place.whole.right <= width + 1e-6
        assert place.whole.bottom <= max(layout.height, height) + 1e-6
    check_apart(layout.places)


def test_tiles_of_one_form_stand_as_if_there_were_only_that() -> None:
    fit = Fit(width=96, height=64, whole_pixels=True)
    room = {"width": 900.0, "height": 700.0, "caption_lines": 3}
    assert lay_out_each([2, 3], [fit] * 5, **room) == lay_out([2, 3], fit=fit, **room)


def test_many_tiles_scroll_instead_of_becoming_unreadable() -> None:
    fit = Fit(width=64, height=64, whole_pixels=False)
    layout = lay_out([40], width=800, height=500, fit=fit, caption_lines=2)
    assert layout.height > 500
    assert min(place.picture.width for place in layout.places) >= SMALLEST_SIDE


def test_two_images_are_whole_in_a_low_canvas_where_there_is_room_for_their_own_pixels() -> None:
    fit = Fit(width=96, height=96, whole_pixels=True)
    layout = lay_out([2], width=520, height=190, fit=fit, caption_lines=2)
    assert layout.height <= 190
    assert {place.picture.width for place in layout.places} == {96}


def test_zooming_keeps_what_is_under_the_pointer() -> None:
    before = Viewpoint()
    after = before.zoomed(4, at_x=0.25, at_y=0.75)
    seen = after.part_of(100, 100)
    assert seen.x + 0.25 * seen.width == pytest.approx(25)
    assert seen.y + 0.75 * seen.height == pytest.approx(75)


@given(
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("zoom"), st.floats(0.2, 5), st.floats(0, 1), st.floats(0, 1)),
            st.tuples(st.just("move"), st.floats(-2, 2), st.floats(-2, 2), st.just(0.0)),
        ),
        max_size=12,
    )
)
def test_one_never_looks_past_the_edge(moves: list[tuple[str, float, float, float]]) -> None:
    viewpoint = Viewpoint()
    for kind, first, second, third in moves:
        if kind == "zoom":
            viewpoint = viewpoint.zoomed(first, at_x=second, at_y=third)
        else:
            viewpoint = viewpoint.moved(first, second)
    seen = viewpoint.part_of(200, 100)
    assert 1 <= viewpoint.zoom <= MOST_ZOOM
    assert seen.x >= -1e-6
    assert seen.y >= -1e-6
    assert seen.right <= 200 + 1e-6
    assert seen.bottom <= 100 + 1e-6
