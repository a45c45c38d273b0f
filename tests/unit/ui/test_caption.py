"""What of a caption fits."""

from __future__ import annotations

import pytest

from alienlab.ui.canvas.caption import fitting_lines, fitting_parts

PARTS = ("cat 98 %", "party hat 95 %", "beach 90 %")


@pytest.mark.parametrize(
    ("room", "line"),
    [
        (100, "cat 98 % · party hat 95 % · beach 90 %"),
        (30, "cat 98 % · party hat 95 %"),
        (10, "cat 98 %"),
        (1, "cat 98 %"),
    ],
)
def test_parts_stand_whole_or_not_at_all(room: int, line: str) -> None:
    assert fitting_parts(PARTS, room, len) == line


def test_lines_that_do_not_fit_are_counted() -> None:
    assert fitting_lines(["a", "b", "c", "d"], 2) == ["a", "b  +2"]
    assert fitting_lines(["a", "b"], 2) == ["a", "b"]
    assert fitting_lines([], 1) == []
