"""Numbers of sliders and axes."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.laboratories.exhibits import Scale
from alienlab.domain.laboratories.parameters import Parameter, ParameterKind
from alienlab.ui.labs.numbers import decimals_of, found, said, share_of, step_of, ticks, value_at


def number(low: float, high: float, *, step: float | None = None, logarithmic: bool = False) -> Parameter:
    return Parameter(
        id="a",
        name="a",
        kind=ParameterKind.NUMBER,
        default=low,
        low=low,
        high=high,
        step=step,
        is_logarithmic=logarithmic,
    )


@given(st.floats(0.0, 1.0), st.booleans())
def test_a_place_on_the_slider_gives_a_value_within_the_limits_that_stands_there(share: float, logarithmic: bool):
    parameter = number(0.01, 100.0, step=0.01, logarithmic=logarithmic)
    value = value_at(parameter, share)
    assert parameter.check(value) == value
    assert share_of(parameter, value) == pytest.approx(share, abs=0.05 if logarithmic else 1e-3)


def test_half_of_a_logarithmic_slider_is_the_geometric_middle():
    assert value_at(number(0.01, 100.0, logarithmic=True), 0.5) == pytest.approx(1.0)


def test_steps_are_counted_from_the_low_end():
    assert value_at(number(1.0, 4.0, step=0.5), 0.49) == 2.5


@pytest.mark.parametrize(("step", "digits"), [(0.001, 3), (0.5, 1), (1.0, 0), (10.0, 0), (0.025, 2)])
def test_values_are_written_as_finely_as_they_are_stepped(step: float, digits: int):
    assert decimals_of(number(0.0, 4.0, step=step)) == digits


def test_a_span_without_a_step_gets_a_hundred_and_more():
    assert 100 <= 4.0 / step_of(number(0.0, 4.0)) <= 10_000


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(1, 20), st.booleans())
def test_ticks_are_round_few_and_on_the_axis(low: float, span: float, most: int, falls: bool):
    ends = (low + span, low) if falls else (low, low + span)
    found = ticks(Scale("x", *ends), most)
    values = [value for value, _ in found]
    assert len(found) <= most + 1
    assert all(low - span * 1e-6 <= value <= low + span * (1 + 1e-6) for value in values)
    if len(values) > 2:
        steps = [b - a for a, b in itertools.pairwise(values)]
        assert max(steps) == pytest.approx(min(steps), rel=1e-3)
        mantissa = steps[0] / 10 ** math.floor(math.log10(steps[0]) + 1e-9)
        assert any(mantissa == pytest.approx(round_, rel=1e-3) for round_ in (1, 2, 5, 10))


def test_the_ends_of_a_plain_axis_are_named():
    assert [text for _, text in ticks(Scale("x", 0.0, 1.0), 5)] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.63696, "0.6370"),
        (1234567, "1,234,567"),
        (-0.5, "−0.5000"),
        (3.0, "3"),
        ("cat", "cat"),
        (math.nan, "undefined"),
    ],
)
def test_readings_are_said_with_four_digits(value: float | str, text: str):
    assert said(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(92.5, "92.5"), (0.1, "0.1"), (2.0002, "2"), (1200, "1,200"), (-0.25, "−0.25"), ("0.250", "0.250")],
)
def test_readings_end_without_zeros_that_say_nothing(value: float | str, text: str):
    assert found(value) == text
