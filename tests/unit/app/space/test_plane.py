"""Where tiles stand, and what their recipes are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alienlab.app.space.plane import Address, Plane, Stage
from alienlab.app.space.viewpoint import CLOSEST, FARTHEST, TILE, Viewpoint
from alienlab.domain.concepts import OnPlane, Prompt, RandomDirections
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_recipe

ANATOMY = unet_anatomy()
PLACES = st.integers(-(10**6), 10**6)


def make_plane(*lesions: str, unit: float = 17.3, steps: int = 20) -> Plane:
    base = make_recipe("a cat", *lesions, steps=steps)
    return Plane(base, base.prompt, RandomDirections(3), unit, ANATOMY)


@given(column=PLACES, row=PLACES, level=st.integers(FARTHEST, CLOSEST - 1), unit=st.floats(0.001, 1000.0))
def test_the_same_point_has_the_same_recipe_at_every_zoom(column: int, row: int, level: int, unit: float) -> None:
    plane = make_plane(unit=unit)
    here, closer = Address(level, column, row), Address(level + 1, 2 * column, 2 * row)
    assert plane.recipe(here) == plane.recipe(closer)
    assert plane.key(here, Stage.FINE) == plane.key(closer, Stage.FINE)


def test_tiles_are_a_quarter_of_the_unit_apart() -> None:
    plane = make_plane(unit=8.0)
    assert plane.point(Address(0, 1, -2)) == OnPlane(Prompt("a cat"), RandomDirections(3), 2.0, -4.0)
    assert plane.point(Address(1, 1, -2)) == OnPlane(Prompt("a cat"), RandomDirections(3), 1.0, -2.0)


def test_the_tile_in_the_middle_is_the_plain_prompt() -> None:
    plane = make_plane("conv_in:zero")
    assert plane.recipe(Address(5, 0, 0)) == plane.base
    assert plane.intact_origin == plane.base.intact


def test_keys_tell_apart_what_computation_ids_tell_apart() -> None:
    planes = (make_plane(), make_plane("conv_in:zero"), make_plane(steps=4), make_plane("conv_in:scale=1"))
    addresses = (Address(0, 0, 0), Address(0, 1, 0), Address(1, 2, 0), Address(1, 1, 0))
    asked = [(plane, address, stage) for plane in planes for address in addresses for stage in Stage]
    keys = [plane.key(address, stage) for plane, address, stage in asked]
    ids = [plane.recipe(address, stage).computation_id(ANATOMY) for plane, address, stage in asked]
    assert [keys.index(key) for key in keys] == [ids.index(one) for one in ids]


def test_coarse_tiles_take_few_steps() -> None:
    assert make_plane().recipe(Address(0, 1, 1), Stage.COARSE).steps == 4
    assert make_plane(steps=3).recipe(Address(0, 1, 1), Stage.COARSE).steps == 3


def test_tiles_in_view_come_nearest_first_and_cover_it() -> None:
    looked = Viewpoint(0, 10.2, -3.0).in_view(5 * TILE, 3 * TILE)
    assert looked[0] == Address(0, 10, -3)
    assert set(looked[1:3]) == {Address(0, 11, -3), Address(0, 10, -2)} or looked[1] == Address(0, 11, -3)
    assert {tile.column for tile in looked} == set(range(8, 14))
    assert {tile.row for tile in looked} == {-4, -3, -2}


@given(
    level=st.integers(-3, 8),
    x=st.floats(-50, 50),
    y=st.floats(-50, 50),
    levels=st.integers(-3, 3),
    right=st.floats(-500, 500),
    down=st.floats(-400, 400),
)
def test_what_the_pointer_is_on_stays_there(
    level: int, x: float, y: float, levels: int, right: float, down: float
) -> None:
    before = Viewpoint(level, x, y)
    after = before.zoomed(levels, right, down)
    assert after.level == level + levels
    for one, other in zip(before.at(right, down), after.at(right, down), strict=True):
        assert abs(one - other) < 1e-9


def test_a_tile_is_found_where_it_stands() -> None:
    viewpoint = Viewpoint(2, 1.3, -0.7)
    for address in viewpoint.in_view(800, 600):
        assert viewpoint.address_at(*viewpoint.middle_of(address)) == address


def test_dragging_to_the_right_shows_what_is_to_the_left() -> None:
    moved = Viewpoint(1).moved(2 * TILE, TILE)
    assert (moved.x, moved.y) == (-1.0, 0.5)


def test_zooming_has_ends() -> None:
    assert Viewpoint().zoomed(1000).level == CLOSEST
    assert Viewpoint().zoomed(-1000).level == FARTHEST
