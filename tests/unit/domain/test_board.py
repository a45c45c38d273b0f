"""Changes of a board give another one, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.board import GRID_STEP, MOST_PINS, BoardArrangement, BoardState, Pin, Spot
from alienlab.domain.errors import RecipeError
from alienlab.domain.outside import OutsideRecipe
from tests.fakes.recipes import make_lab_recipe, make_recipe


def pin(number: int, **changes: Any) -> Pin:
    return Pin(recipe=make_recipe(seed=number), number=number, computation_id=f"c{number}", **changes)


def outside(digit: str) -> Pin:
    recipe = OutsideRecipe(name=f"{digit}.png", width=8, height=8, prompt="a dog", guidance=7.5)
    return Pin(recipe=recipe, blob=digit * 64)


def board(count: int) -> BoardState:
    return BoardState().with_pins(pin(number) for number in range(1, count + 1))


def numbers(state: BoardState) -> list[int | None]:
    return [one.number for one in state.pins]


def test_what_is_pinned_already_stays_where_it_is():
    state = board(3).with_pins([pin(2), pin(4)])
    assert numbers(state) == [1, 2, 3, 4]


def test_two_lesions_that_give_the_same_image_can_lie_beside_each_other():
    one, other = (
        Pin(recipe=make_recipe("a cat", f"down_blocks.0.attentions.0.{name}:zero"), number=1, computation_id="c")
        for name in ("to_q", "to_k")
    )
    assert len(BoardState().with_pins([one, other, one]).pins) == 2


def test_a_full_board_takes_no_more():
    assert len(board(MOST_PINS + 5).pins) == MOST_PINS


@given(
    st.integers(1, 8).flatmap(
        lambda count: st.tuples(st.just(count), st.sets(st.integers(1, count)), st.integers(-2, count + 2))
    )
)
def test_reordering_is_taking_out_and_putting_in(case: tuple[int, set[int], int]):
    count, moved, place = case
    state = board(count)
    keys = [one.key for one in state.pins if one.number in moved]
    bounded = max(0, place)
    before = [number for number in range(1, count + 1)[:bounded] if number not in moved]
    after = [number for number in range(1, count + 1)[bounded:] if number not in moved]
    assert numbers(state.reordered(keys, place)) == [*before, *sorted(moved), *after]


def test_free_pins_begin_clear_of_each_other_and_keep_their_spots():
    state = board(7).arranged(BoardArrangement.FREE)
    spots = [one.spot for one in state.pins if one.spot is not None]
    assert len({(spot.x, spot.y) for spot in spots}) == 7
    again = state.arranged(BoardArrangement.ROW).arranged(BoardArrangement.FREE)
    assert again == state


def test_what_is_moved_lies_over_the_others_and_on_the_grid():
    state = board(3).arranged(BoardArrangement.FREE)
    moved = state.shifted([state.pins[0].key], 21.0, 9.0)
    before, after = state.pins[0].spot, moved.pins[0].spot
    assert before is not None and after is not None
    assert (after.x - before.x, after.y - before.y) == (GRID_STEP, GRID_STEP)
    assert after.z == max(one.spot.z for one in moved.pins if one.spot is not None)
    assert moved.pins[1:] == state.pins[1:]


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans())
def test_nothing_is_moved_off_the_board(dx: float, dy: float, snaps: bool):
    state = BoardState(pins=board(4).pins, snaps=snaps).arranged(BoardArrangement.FREE)
    moved = state.shifted(state.keys[:2], dx, dy)
    assert all(one.spot is not None and one.spot.x >= 0 and one.spot.y >= 0 for one in moved.pins)


def test_pins_that_are_moved_together_keep_their_form():
    state = board(5).arranged(BoardArrangement.FREE)
    moved = state.shifted(state.keys[1:3], -1e5, 32)
    ways = [
        (there.spot.x - here.spot.x, there.spot.y - here.spot.y)
        for here, there in zip(state.pins[1:3], moved.pins[1:3], strict=True)
        if here.spot is not None and there.spot is not None
    ]
    assert len(ways) == 2 and ways[0] == ways[1]


def test_a_board_reads_what_it_wrote():
    state = board(2).with_pins([outside("a"), outside("b")]).arranged(BoardArrangement.FREE)
    assert BoardState.from_json(json.loads(json.dumps(state.to_json()))) == state


@pytest.mark.parametrize(
    "harm",
    [
        {"version": 9},
        {"arrangement": "heap"},
        {"pins": 3},
        {"pins": [{}]},
        {"pins": [{**outside("a").to_json(), "blob": "../../etc/passwd"}]},
        {"pins": [{**pin(1).to_json(), "spot": [float("nan"), 0, 0]}]},
        {"pins": [{**pin(1).to_json(), "spot": [-5, 0, 0]}]},
        {"pins": [{**pin(1).to_json(), "recipe": {"kind": "outside", "name": "x"}}]},
    ],
)
def test_what_cannot_be_a_board_is_refused(harm: dict[str, object]):
    with pytest.raises(RecipeError):
        BoardState.from_json({**board(1).to_json(), **harm})


def test_a_spot_is_on_the_board():
    with pytest.raises(RecipeError):
        Spot(float("inf"), 0)


def test_a_picture_of_a_laboratory_says_how_large_it_is():
    picture = Pin(recipe=make_lab_recipe(a=3.1), number=4, computation_id="c", size=(300, 20))
    assert Pin.from_json(picture.to_json()) == picture
    assert picture.pixels == (300, 20)
    assert replace(picture, size=None).pixels == (512, 512)
    assert Pin(recipe=make_recipe(size=(64, 32)), number=1).pixels == (64, 32)


def test_boards_of_earlier_versions_say_no_sizes():
    data = Pin(recipe=make_recipe(), number=1).to_json()
    del data["size"]
    assert Pin.from_json(data) == Pin(recipe=make_recipe(), number=1)


@pytest.mark.parametrize("size", [[0, 5], [5], [5, 10**9], "ab", {}, [None, 1]])
def test_sizes_that_cannot_be_are_refused(size):
    data = {**Pin(recipe=make_lab_recipe(), number=1).to_json(), "size": size}
    with pytest.raises(RecipeError):
        Pin.from_json(data)
