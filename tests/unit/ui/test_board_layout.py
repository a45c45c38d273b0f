"""Where pins stand on the board, and where what is dropped falls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.board import BoardArrangement, BoardState, Pin
from alienlab.domain.outside import OutsideRecipe
from alienlab.ui.canvas.board.layout import BoardLayout, lay_out_board
from alienlab.ui.canvas.board.selecting import PinSelection
from alienlab.ui.canvas.layout import SMALLEST_SIDE, Rect


def pinned(sizes: list[tuple[int, int]], arrangement: BoardArrangement = BoardArrangement.GRID) -> BoardState:
    pins = [
        Pin(recipe=OutsideRecipe(name=str(number), width=width, height=height), blob=f"{number:064x}")
        for number, (width, height) in enumerate(sizes)
    ]
    return BoardState().with_pins(pins).arranged(arrangement)


def laid_out(state: BoardState, *, width: float = 760, height: float = 480, whole_pixels: bool = True) -> BoardLayout:
    return lay_out_board(
        state, width=width, height=height, whole_pixels=whole_pixels, device_pixels=1.0, caption_lines=2
    )


def overlaps(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@given(
    st.lists(st.tuples(st.sampled_from([64, 96, 512]), st.sampled_from([64, 96, 768])), min_size=1, max_size=12),
    st.sampled_from(list(BoardArrangement)),
    st.booleans(),
    st.integers(300, 1200),
)
def test_no_pin_covers_another_and_none_is_stretched(
    sizes: list[tuple[int, int]], arrangement: BoardArrangement, whole_pixels: bool, width: int
):
    layout = laid_out(pinned(sizes, arrangement), width=width, whole_pixels=whole_pixels)
    hulls = [place.whole for place in layout.places]
    assert not any(overlaps(one, other) for at, one in enumerate(hulls) for other in hulls[:at])
    for place, (wide, high) in zip(layout.places, sizes, strict=True):
        assert place.picture.width / place.picture.height == pytest.approx(wide / high)
        assert place.picture.x >= 0 and place.picture.y >= 0
        assert place.whole.right <= layout.width and place.whole.bottom <= layout.height


@pytest.mark.parametrize("arrangement", BoardArrangement)
def test_pictures_of_every_form_begin_where_their_captions_do(arrangement: BoardArrangement):
    layout = laid_out(pinned([(96, 96), (300, 200), (40, 90)], arrangement))
    assert all(place.picture.x == place.caption.x for place in layout.places)


@pytest.mark.parametrize("count", [3, 5, 12])
def test_small_images_are_enlarged_and_the_board_scrolls(count: int):
    layout = laid_out(pinned([(96, 96)] * count), width=620, height=300)
    assert all(place.picture.width == 192 for place in layout.places)
    assert max(192, SMALLEST_SIDE) == 192
    assert layout.height > 300


def test_what_is_dropped_falls_between_the_pins_beside_it():
    layout = laid_out(pinned([(96, 96)] * 5))
    for number, place in enumerate(layout.places):
        box, y = place.picture, place.picture.y + 5
        assert layout.insertion(box.x + 4, y) == number
        assert layout.insertion(box.right - 4, y) == number + 1
    assert layout.insertion(10, -50) == 0
    assert layout.insertion(10, layout.height + 50) == 5


def test_the_mark_of_an_insertion_stands_in_the_line_that_is_pointed_at():
    layout = laid_out(pinned([(96, 96)] * 5))
    first, second = layout.places[2], layout.places[3]
    assert second.picture.y > first.picture.y
    above, below = (layout.mark(3, beside=place.picture.y + 5) for place in (first, second))
    assert above is not None and above.x >= first.picture.right
    assert below is not None and below.x <= second.picture.x
    assert laid_out(BoardState()).mark(0) is None


def test_arrows_lead_to_the_neighbour_in_their_direction():
    layout = laid_out(pinned([(96, 96)] * 5))
    assert layout.beside(0, 1, 0) == 1
    assert layout.beside(1, -1, 0) == 0
    assert layout.beside(1, 0, 1) == 4
    assert layout.beside(4, 0, -1) == 1
    assert layout.beside(0, -1, 0) == 0


def test_a_selection_grows_shrinks_and_forgets_what_is_gone():
    order = ["a", "b", "c", "d"]
    selection = PinSelection().only("b").up_to("d", order)
    assert selection.keys == ("b", "c", "d")
    assert selection.up_to("a", order).keys == ("b", "a")
    assert selection.toggled("c").keys == ("b", "d")
    assert selection.among(["a", "d"]) == PinSelection(("d",), "d", "d")
    assert PinSelection().among(order).focus == "a"
    assert PinSelection().among([]) == PinSelection()
