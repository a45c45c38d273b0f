"""What a plugin's function reads of its parameters."""

from __future__ import annotations

import pytest

from alienlab.domain.laboratories.parameters import Values


def test_numbers_are_read_as_what_they_are_asked_for() -> None:
    values = Values({"steps": 7, "share": 0.5})
    assert (values.whole("steps"), values.number("steps"), values.number("share")) == (7, 7.0, 0.5)
    assert isinstance(values.number("steps"), float)


@pytest.mark.parametrize("value", ["7", None, (1.0, 2.0)])
def test_a_number_that_is_none_is_named(value) -> None:
    with pytest.raises(TypeError, match="'steps' is no number"):
        Values({"steps": value}).whole("steps")
