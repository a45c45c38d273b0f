"""What plugins return is checked before it travels."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PosixPath

import numpy as np
import pytest

from alienlab.api import (
    Cloud,
    Curve,
    Exhibit,
    Film,
    Grip,
    Handle,
    Picture,
    Plot,
    Reading,
    Scale,
    SweepValue,
    Wall,
)
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.ports import PluginFailed
from alienlab.extensions.checking import check_exhibit, check_plain
from alienlab.extensions.manifest_file import read_declaration

MARKING = Path(__file__).parents[2] / "fakes" / "plugins" / "marking" / "plugin.toml"
PIXELS = np.zeros((4, 5, 3), np.uint8)
PICTURE = Picture(PIXELS)
POINTS, COLOURS = np.zeros((2, 3), np.float32), np.zeros((2, 3), np.uint8)
AXES = (Scale("r", 0, 1), Scale("g", 0, 1), Scale("b", 0, 1))
ROW = np.arange(3.0)
PLOT = Plot("p", (Curve("c", ROW, ROW),), Scale("x", 0, 0), Scale("y", 0, 0))


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    return read_declaration(MARKING, folder=None).of_kind(Laboratory)[0]


class Pixels(np.ndarray):
    """An array of a class that the window does not have."""


SOUND = {
    "picture": Exhibit(replace(PICTURE, handles=(Handle("level", Grip.UP),), sets={"level": 0.3, "tone": "red"})),
    "axes": Exhibit(replace(PICTURE, x=Scale("x", 1, 0), y=Scale("y", -1, 1)), (PLOT,), (Reading("n", 3),)),
    "wall": Exhibit(Wall((PICTURE, PICTURE), 2)),
    "film": Exhibit(Film((PIXELS, PIXELS))),
    "cloud": Exhibit(Cloud(POINTS, COLOURS, AXES)),
    "plot with a gap": Exhibit(replace(PLOT, curves=(Curve("c", ROW, np.array([1, np.nan, 2])),))),
    "no curves": Exhibit(replace(PLOT, curves=())),
}
MALFORMED = {
    "returns an Exhibit, not nothing": None,
    "returns an Exhibit, not a Picture": PICTURE,
    "not a str": Exhibit("a picture"),
    "pixels are bytes (uint8), not float64": Exhibit(Picture(PIXELS.astype(float))),
    "[height, width, 3], not [4, 5]": Exhibit(Picture(PIXELS[..., 0])),
    "sides are from 1 to 4096": Exhibit(Picture(np.zeros((5000, 1, 3), np.uint8))),
    "from 1 to 4096 pixels": Exhibit(Picture(np.zeros((0, 4, 3), np.uint8))),
    "a Pixels cannot travel": Exhibit(Picture(PIXELS.view(Pixels))),
    "not a list": Exhibit(Wall([PICTURE], 1)),
    "a wall needs a picture": Exhibit(Wall((), 1)),
    "at least one column": Exhibit(Wall((PICTURE,), 0)),
    "a film needs frames": Exhibit(Film(())),
    "have one size": Exhibit(Film((PIXELS, PIXELS[1:]))),
    "from 0.01 to 60 seconds": Exhibit(Film((PIXELS,), seconds=float("nan"))),
    "points are float32": Exhibit(Cloud(POINTS.astype(float), COLOURS, AXES)),
    "points must be finite": Exhibit(Cloud(POINTS * np.float32(np.nan), COLOURS, AXES)),
    "each point needs a colour": Exhibit(Cloud(POINTS, COLOURS[:1], AXES)),
    "as many x as y": Exhibit(replace(PLOT, curves=(Curve("c", ROW, ROW[1:]),))),
    "an x that is not finite": Exhibit(replace(PLOT, curves=(Curve("c", ROW * np.nan, ROW),))),
    "needs rows of numbers": Exhibit(PICTURE, (replace(PLOT, curves=(Curve("c", (1, 2), (1, 2)),)),)),
    "must have finite ends": Exhibit(replace(PICTURE, x=Scale("x", 0, float("inf")))),
    "moves the parameter 'nothing'": Exhibit(replace(PICTURE, handles=(Handle("nothing", Grip.UP),))),
    "sets the parameter 'nothing'": Exhibit(replace(PICTURE, sets={"nothing": 1})),
    "sets a wrong value: Level 7 is out of range": Exhibit(replace(PICTURE, sets={"level": 7})),
    "a reading is a number or a text": Exhibit(PICTURE, readings=(Reading("r", (1, 2)),)),
    "more than 4,000 letters": Exhibit(PICTURE, note="x" * 5000),
    "readings must be of type Reading": Exhibit(PICTURE, readings=(3,)),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_passes(laboratory: Laboratory, name: str) -> None:
    check_exhibit(SOUND[name], laboratory)


@pytest.mark.parametrize("said", MALFORMED)
def test_what_is_malformed_is_named_as_the_plugins_fault(laboratory: Laboratory, said: str) -> None:
    with pytest.raises(PluginFailed) as failed:
        check_exhibit(MALFORMED[said], laboratory)
    assert failed.value.plugin == "marking"
    assert said in str(failed.value)


@pytest.mark.parametrize(
    "value", [None, 1.5, [("cat", 0.5)], {"a": (1, b"x")}, ROW, np.float32(2), [SweepValue(label="a", number=1.0)]]
)
def test_plain_values_travel(value: object) -> None:
    check_plain(value, "marking", "Something")


@pytest.mark.parametrize("value", [object(), [lambda: 0], {"a": {1, 2}}, np.array([object()]), Exception("x"), type])
def test_others_do_not(value: object) -> None:
    with pytest.raises(PluginFailed, match="strange value for Something"):
        check_plain(value, "marking", "Something")


def test_a_value_that_holds_itself_is_refused() -> None:
    endless: list = []
    endless.append(endless)
    with pytest.raises(PluginFailed, match="more than 400,000 parts"):
        check_plain(endless, "marking", "Something")


class Word(StrEnum):
    """A class of a plugin's own, which the window would have to import."""

    YES = "yes"


class Place(PosixPath):
    """Another one."""


@pytest.mark.parametrize("value", [Word.YES, [Word.YES], {"a": Place("/")}])
def test_words_and_paths_of_a_plugins_own_do_not_travel(value: object) -> None:
    with pytest.raises(PluginFailed, match="cannot travel"):
        check_plain(value, "strange", "Measure")


def test_words_of_alienlab_and_paths_travel() -> None:
    check_plain([Grip.UP, Path("/tmp")], "sound", "Measure")
