"""Which pixel of an image is where, however it is zoomed and whatever form it has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alienlab.ui.canvas.framing import box_of_pixel, pixel_at, share_at, spot_on, target_of
from alienlab.ui.canvas.layout import Fit, Rect, lay_out
from alienlab.ui.canvas.viewpoint import Viewpoint

SIDES = st.integers(1, 300)
SHARES = st.floats(0, 1)
ZOOMS = st.floats(1, 32)


def looking(zoom: float, x: float, y: float) -> Viewpoint:
    return Viewpoint().zoomed(zoom).seeing(x, y, margin=0.0)


@given(SIDES, SIDES, SHARES, SHARES, ZOOMS, SHARES, SHARES)
def test_the_middle_of_a_pixel_is_that_pixel(
    width: int, height: int, column: float, row: float, zoom: float, x: float, y: float
) -> None:
    box, viewpoint = Rect(10, 20, 333, 222), looking(zoom, x, y)
    pixel = (int(column * (width - 1)), int(row * (height - 1)))
    own = box_of_pixel(pixel, width, height, box, viewpoint)
    middle = (own.x + own.width / 2, own.y + own.height / 2)
    assert pixel_at(*middle, width, height, box, viewpoint) == pixel
    assert spot_on(pixel, (width, height), key="", frame=(333, 222)).pixel_of(width, height) == pixel
    share_x, share_y = share_at(*middle, box, viewpoint)
    spot = spot_on(pixel, (width, height), key="", frame=(333, 222))
    assert abs(spot.x - share_x) < 1e-9
    assert abs(spot.y - share_y) < 1e-9


def test_an_image_is_never_stretched_and_stands_in_the_middle() -> None:
    assert target_of(50, 100, Rect(0, 0, 200, 200), Viewpoint()) == Rect(50, 0, 100, 200)
    assert pixel_at(49, 100, 50, 100, Rect(0, 0, 200, 200), Viewpoint()) is None
    zoomed = target_of(100, 100, Rect(0, 0, 200, 200), Viewpoint().zoomed(2))
    assert zoomed == Rect(-100, -100, 400, 400)


@given(ZOOMS, SHARES, SHARES)
def test_what_is_looked_for_is_seen(zoom: float, x: float, y: float) -> None:
    part = Viewpoint().zoomed(zoom).seeing(x, y, margin=0.01).part_of(1, 1)
    assert part.x - 1e-9 <= x <= part.right + 1e-9
    assert part.y - 1e-9 <= y <= part.bottom + 1e-9
    assert part.x >= -1e-9
    assert part.right <= 1 + 1e-9


def test_tiles_stand_at_whole_pixels() -> None:
    for size in ((701, 433), (555, 360)):
        fit = Fit(width=96, height=96, whole_pixels=True)
        places = lay_out([2], width=size[0], height=size[1], fit=fit, caption_lines=2).places
        assert all(place.picture.x == int(place.picture.x) for place in places)
        assert all(place.picture.y == int(place.picture.y) for place in places)
