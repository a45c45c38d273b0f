"""Walls of pictures."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from alienlab.ui.labs.wall_layout import LEAST, READABLE, laid_out


@given(
    st.integers(1, 200),
    st.integers(1, 30),
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.tuples(st.integers(100, 1500), st.integers(100, 900)),
    st.booleans(),
)
def test_cells_are_apart_keep_their_shape_and_are_found_where_they_are(count, columns, sides, room, has_captions):
    layout = laid_out(
        sides,
        count=count,
        columns=columns,
        room=room,
        has_captions=has_captions,
        row_titles=0,
        column_titles=False,
    )
    cells = [layout.cell(number) for number in range(min(count, 40))]
    assert max(cells[0][2:]) >= min(LEAST, max(sides)) - 1
    assert abs(cells[0][2] * sides[1] - cells[0][3] * sides[0]) <= sum(sides)  # a pixel of rounding at most
    for number, (x, y, width, height) in enumerate(cells):
        assert layout.at(x + width / 2, y + height / 2) == number
    for (x, y, width, height), (x2, y2, _, _) in itertools.combinations(cells[:12], 2):
        assert x + width <= x2 or y + height <= y2 or x2 + width <= x or y2 + height <= y


def test_a_small_wall_is_enlarged_by_whole_numbers():
    layout = laid_out(
        (16, 16), count=4, columns=2, room=(500, 500), has_captions=False, row_titles=0, column_titles=False
    )
    assert layout.cell_width % 16 == 0
    assert layout.cell_width > 200
    assert layout.size[0] <= 500
    assert layout.size[1] <= 500


def test_a_wall_reaches_the_edges_of_its_room_where_whole_numbers_would_leave_it_half_empty():
    layout = laid_out(
        (80, 80), count=32, columns=8, room=(1060, 500), has_captions=True, row_titles=0, column_titles=False
    )
    assert 480 <= layout.size[1] <= 500
    wide = laid_out(
        (96, 96), count=7, columns=7, room=(1060, 500), has_captions=True, row_titles=0, column_titles=False
    )
    assert 1040 <= wide.left + 7 * (wide.cell_width + 6) <= 1060


def test_a_tall_wall_takes_the_width_up_to_cells_that_can_be_read_and_scrolls_down():
    layout = laid_out(
        (64, 64), count=300, columns=12, room=(900, 500), has_captions=False, row_titles=0, column_titles=False
    )
    assert layout.cell_width == READABLE
    assert layout.size[0] <= 900
    assert layout.size[1] > 500
    narrow = laid_out(
        (64, 64), count=300, columns=12, room=(560, 500), has_captions=False, row_titles=0, column_titles=False
    )
    assert 520 <= narrow.size[0] <= 560
