"""What a laboratory's recipe takes from a file that anybody may have written."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from alienlab.domain.errors import RecipeError
from alienlab.domain.laboratories.parameters import Choice, Parameter, ParameterKind
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe, recipe_from_json

SOUND: dict[str, Any] = {
    "kind": "lab",
    "version": 1,
    "laboratory": "alienlab-maps/iterated-maps",
    "experiment": "density",
    "revision": 1,
    "values": {"a": 2.9, "start": [0.5, 0.5], "image": {"digest": "ab" * 32, "place": "/tmp/cat.png"}, "lesions": []},
    "seed": 3,
}


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


def test_a_recipe_comes_back_as_it_was_written() -> None:
    recipe = recipe_from_json(json.loads(json.dumps(SOUND)))
    assert isinstance(recipe, LabRecipe)
    assert recipe.to_json() == SOUND


def test_where_a_material_lies_is_not_part_of_the_id() -> None:
    moved = {**SOUND["values"], "image": {"digest": "ab" * 32, "place": "/elsewhere.png"}}
    other = {**SOUND["values"], "image": {"digest": "cd" * 32, "place": "/tmp/cat.png"}}
    first = LabRecipe.from_json(SOUND)
    assert LabRecipe.from_json({**SOUND, "values": moved}).id() == first.id()
    assert LabRecipe.from_json({**SOUND, "values": other}).id() != first.id()


@pytest.mark.parametrize(
    "values",
    [
        {"a": math.nan},
        {"a": [math.inf]},
        {"a": 10**400},
        {"a": nested(9)},
        {"a": nested(500)},
        {"a": "x" * 1_000_000},
        {"a": list(range(10_000))},
        {f"a{number}": 0 for number in range(200)},
        {"a": object()},
        [],
        None,
    ],
    ids=["nan", "inf", "huge", "nested", "deep", "long", "many", "wide", "object", "list", "none"],
)
def test_what_no_laboratory_writes_is_refused(values: Any) -> None:
    with pytest.raises(RecipeError):
        LabRecipe.from_json({**SOUND, "values": values})


@pytest.mark.parametrize("key", ["seed", "revision"])
def test_numbers_without_an_end_are_refused(key: str) -> None:
    with pytest.raises(RecipeError):
        LabRecipe.from_json({**SOUND, key: math.inf})


def test_a_brains_recipe_refuses_them_too() -> None:
    keys = ("brain", "scheduler", "lesions", "precision", "width", "height", "steps", "guidance")
    prompt = {"kind": "prompt", "text": "a cat"}
    data = {**dict.fromkeys(keys, 8), "prompt": prompt, "negative": prompt, "seed": math.inf, "version": 1}
    with pytest.raises(RecipeError):
        DiffusionRecipe.from_json({**data, "kind": "diffusion"})


@pytest.mark.parametrize("kind", [ParameterKind.NUMBER, ParameterKind.WHOLE])
@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e999", "many", ""])
def test_what_is_typed_for_a_number_must_be_one(kind: ParameterKind, text: str) -> None:
    with pytest.raises(RecipeError, match="number"):
        Parameter(id="n", name="N", kind=kind, default=1).read(text)


def test_what_was_given_is_told_shortly() -> None:
    choice = Parameter(id="m", name="Map", kind=ParameterKind.CHOICE, default="a", choices=(Choice("a", "A"),))
    with pytest.raises(RecipeError) as caught:
        choice.check("z" * 10_000)
    assert len(str(caught.value)) < 200
