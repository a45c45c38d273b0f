"""Handles in pictures: places and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.laboratories.exhibits import Grip, Handle, Scale
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind, Value
from alienlab.ui.labs.grips import Held, drawn_box, held

X, Y = Scale("a", 2.0, 4.0), Scale("x", 0.0, 1.0)


def grip(kind: Grip, value: Value, *, parameter: ParameterKind = ParameterKind.NUMBER) -> Held:
    is_number = parameter is ParameterKind.NUMBER
    made = Parameter(
        id="a",
        name="a",
        kind=parameter,
        default=value,
        low=0.0 if is_number else None,
        high=4.0 if is_number else None,
        step=0.01 if is_number else None,
    )
    return held([Handle("a", kind)], {"a": made}, {"a": value}, X, Y)[0]


@given(st.floats(0.0, 1.0))
def test_a_line_across_stands_where_it_was_dragged_to(share: float):
    value = grip(Grip.ACROSS, 3.0).moved_to(share, 0.5)
    assert grip(Grip.ACROSS, value).place[0] == pytest.approx(share, abs=0.005)


def test_a_line_that_goes_up_counts_from_the_bottom():
    assert grip(Grip.UP, 0.5).moved_to(0.5, 0.0) == 1.0
    assert grip(Grip.UP, 0.25).place == (0.5, 0.75)


def test_a_value_never_leaves_its_limits():
    assert grip(Grip.ACROSS, 3.0).moved_to(7.0, 0.5) == 4.0


@given(st.floats(-1.0, 2.0), st.floats(-1.0, 2.0))
def test_points_stay_in_the_picture(x: float, y: float):
    parameter = grip(Grip.POINT, (0.5, 0.5), parameter=ParameterKind.POINT)
    assert parameter.parameter.check(parameter.moved_to(x, y))


@given(st.floats(-1.0, 2.0), st.floats(-1.0, 2.0))
def test_a_box_keeps_its_size_and_stays_in_the_picture(x: float, y: float):
    box = grip(Grip.BOX, (0.2, 0.2, 0.5, 0.6), parameter=ParameterKind.BOX)
    left, top, right, bottom = box.moved_to(x, y)
    assert (right - left, bottom - top) == (pytest.approx(0.3, abs=0.002), pytest.approx(0.4, abs=0.002))
    assert min(left, top) >= 0
    assert max(right, bottom) <= 1


def test_an_empty_box_stands_for_the_whole_picture():
    assert grip(Grip.BOX, (0.0, 0.0, 0.0, 0.0), parameter=ParameterKind.BOX).is_whole


def test_a_box_is_drawn_from_any_corner():
    assert drawn_box((0.8, 0.1), (0.2, 0.5)) == (0.2, 0.1, 0.8, 0.5)


def test_keys_step_along_the_axis_also_where_it_falls():
    falling = Held(
        handle=Handle("a", Grip.ACROSS),
        parameter=grip(Grip.ACROSS, 3.0).parameter,
        value=3.0,
        x=Scale("a", 4.0, 2.0),
        y=Y,
    )
    assert grip(Grip.ACROSS, 3.0).stepped(1, 0, factor=10) == pytest.approx(3.1)
    assert falling.stepped(1, 0, factor=10) == pytest.approx(2.9)


def test_handles_of_unknown_parameters_are_left_out():
    assert held([Handle("b", Grip.UP)], {}, {}, X, Y) == ()
