"""Values as the command line writes them are read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.app.labs.command import command_of, text_of
from alienlab.domain.laboratories.parameters import Material
from alienlab.domain.recipe import LabRecipe
from tests.fakes.plugin_engine import LABORATORY

BY_ID = {parameter.id: parameter for parameter in LABORATORY.parameters}
DIGEST = "ab" * 32


@given(st.floats(0.0, 1.0))
def test_numbers_lose_nothing(value: float):
    assert BY_ID["level"].read(text_of(BY_ID["level"], value)) == value


@given(st.tuples(*(st.floats(0.0, 1.0),) * 4))
def test_boxes_lose_nothing(value: tuple[float, ...]):
    assert BY_ID["part"].read(text_of(BY_ID["part"], value)) == value


@pytest.mark.parametrize(
    ("id_", "value"),
    [
        ("inverted", True),
        ("inverted", False),
        ("shape", "flat"),
        ("size", 12),
        ("rule", "01\n'23\""),
        ("picture", None),
        ("picture", Material("/a b/c.png")),
        ("wounds", ("mid_block.*:zero", "kind=norm:scale=0.5;steps=0-5")),
    ],
)
def test_other_values_are_read_as_they_were_written(id_: str, value):
    parameter = BY_ID[id_]
    assert parameter.read(text_of(parameter, value)) == parameter.check(value)


def recipe(**values) -> LabRecipe:
    return LabRecipe(laboratory=LABORATORY.key, experiment="materials", values=values, seed=3)


def test_only_what_differs_is_written():
    assert command_of(recipe(level=0.5, picture=None), LABORATORY, name="shapes") == (
        "alienlab lab shapes materials --seed 3"
    )


def test_images_of_the_session_need_their_session():
    kept = {"place": f"blob:{DIGEST}", "digest": DIGEST}
    text = command_of(recipe(picture=kept), LABORATORY, name="shapes", session="/my sessions/one")
    assert text == f"alienlab lab shapes materials --picture blob:{DIGEST} --seed 3 --session '/my sessions/one'"
