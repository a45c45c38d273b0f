"""What the words of ``alienlab sweep`` wish for."""

from __future__ import annotations

from typing import Any

import pytest

from alienlab.cli.sweep_words import Words, wish_of
from alienlab.domain.errors import AlienLabError
from alienlab.domain.sweeps.sweep import Sweep
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.recipes import make_recipe

ANATOMY = unet_anatomy()


def sweep(kind: str, **words: object) -> Sweep:
    effects = {path: float(number) for number, path in enumerate(ANATOMY.paths)}
    given: dict[str, Any] = {"prompts": ("a cat",), **words}
    return wish_of(Words(kind, **given)).to_sweep(make_recipe("a cat", seed=7), ANATOMY, effects)


def lesions(found: Sweep) -> list[str]:
    return [" ".join(map(str, trial.recipe.lesions)) for trial in found.trials()]


def test_knockouts_with_another_operation() -> None:
    assert lesions(sweep("knockout", pattern="conv_in")) == ["conv_in:zero"]
    assert lesions(sweep("knockout", pattern="conv_in", op="randomize@3")) == ["conv_in:randomize@3"]
    assert lesions(sweep("knockout", pattern="conv_in", op="noise=0.5@2;weights;steps=0-3")) == [
        "conv_in:noise=0.5@2;weights;steps=0-3"
    ]
    assert lesions(sweep("knockout", pattern="time_embedding.*", by="region")) == ["time_embedding.*:zero"]


def test_doses() -> None:
    assert lesions(sweep("dose", op="noise@1", last=0.3, count=4)) == [
        "*:noise=0@1",
        "*:noise=0.1@1",
        "*:noise=0.2@1",
        "*:noise=0.3@1",
    ]
    assert lesions(sweep("dose", op="scale", count=3, pattern="kind=norm")) == [
        "kind=norm:scale=1",
        "kind=norm:scale=0.5",
        "kind=norm:scale=0",
    ]
    assert lesions(sweep("dose", op="scale;steps=2-4", first=1.0, last=1.1, count=2))[1] == "*:scale=1.1;steps=2-4"
    assert sweep("dose", refine=5).refinements == 5


def test_progressive_orders() -> None:
    found = sweep("progressive", orders=["random", "most"], series=2, count=4)
    assert {value.series for value in found.axes[0].values} == {"random 0", "random 1", "most effect first"}
    assert found.size == 3 * 5


def test_seeds_prompts_and_lines() -> None:
    assert [trial.recipe.seed for trial in sweep("seeds", count=3).trials()] == [7, 8, 9]
    found = sweep("prompts", prompts=["a cat", "a dog"])
    assert [str(trial.recipe.prompt) for trial in found.trials()] == ["a cat", "a dog"]
    line = sweep("line", to_prompt="a dog", count=3, last=2.0)
    assert [value.number for value in line.axes[0].values] == [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0]


@pytest.mark.parametrize(
    ("also", "size"),
    [("seeds=4", 4), ("prompts=a dog|a fox", 2), ("line=a dog|a fox:5", 5), ("dose=noise@1:0:0.2:9", 9)],
)
def test_a_second_axis_multiplies(also: str, size: int) -> None:
    assert sweep("knockout", pattern="mid_block.*", also=also).size == len(ANATOMY.within("mid_block")) * size


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "dance"},
        {"kind": "knockout", "by": "colour"},
        {"kind": "knockout", "prompts": ["a cat", "a dog"]},
        {"kind": "progressive", "orders": ["tallest"]},
        {"kind": "dose", "op": "zero"},
        {"kind": "dose", "op": "noise", "last": 3.0},
        {"kind": "seeds", "also": "tides=3"},
        {"kind": "seeds", "also": "dose=noise"},
        {"kind": "knockout", "also": "modules"},
        {"kind": "line"},
        {"kind": "knockout", "op": "burn"},
    ],
)
def test_words_that_make_no_sense_are_told(words: dict[str, object]) -> None:
    with pytest.raises(AlienLabError):
        sweep(**words)
