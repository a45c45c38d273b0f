"""Walls of pictures."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from alienlab.ui.labs.wall_layout import LEAST, laid_out


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
