"""The laboratories' experiments, as the plugins' process carries them out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from alienlab_automata.palette import COLOURS, painted_difference
from alienlab_automata.rules import line_rule, line_text

from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.exhibits import Exhibit, Film, Picture, Plot, Wall
from tests.fakes.laboratories import carry_out, declared

IDENTITY = line_text(np.array([place // 4 % 4 for place in range(64)], np.uint8))
SMALL_LINE: dict[str, dict[str, Any]] = {
    "evolve": {"cells": 60, "steps": 40},
    "starts": {"ring": 10, "starts": 6, "tile_steps": 20},
    "one-entry": {"tile_cells": 30, "tile_steps": 20},
    "progressive": {"tile_cells": 30, "tile_steps": 20, "orders": 2, "most": 4},
    "distance": {"tile_cells": 30, "tile_steps": 20, "changes": 3, "trials": 4},
    "search": {"found": 3, "tile_cells": 30, "tile_steps": 20},
}
SMALL_PLANE: dict[str, dict[str, Any]] = {
    "evolve": {"side": 40, "steps": 20},
    "starts": {"tile_side": 20, "steps": 10, "starts": 5},
    "one-entry": {"tile_side": 16, "steps": 10},
    "progressive": {"tile_side": 16, "steps": 10, "rows": 2, "most": 3},
    "search": {"tile_side": 20, "steps": 10, "found": 3},
}
ALL = [("automata-1d", name, values) for name, values in SMALL_LINE.items()] + [
    ("automata-2d", name, values) for name, values in SMALL_PLANE.items()
]


def line(experiment: str, **values: Any) -> Exhibit:
    return carry_out("alienlab_automata", "automata-1d", experiment, **values).exhibit


def plane(experiment: str, **values: Any) -> Exhibit:
    return carry_out("alienlab_automata", "automata-2d", experiment, **values).exhibit


def wall(exhibit: Exhibit) -> Wall:
    assert isinstance(exhibit.main, Wall)
    return exhibit.main


def picture(exhibit: Exhibit) -> Picture:
    assert isinstance(exhibit.main, Picture)
    return exhibit.main


def reading(exhibit: Exhibit, name: str) -> float | int | str:
    return next(one.value for one in exhibit.readings if one.name == name)


def cells_of(pixels: np.ndarray) -> np.ndarray:
    """The cells that were painted."""
    return (pixels[..., None, :] == COLOURS).all(axis=-1).argmax(axis=-1)


@pytest.mark.parametrize(("laboratory", "experiment", "values"), ALL)
def test_the_same_recipe_gives_the_same_pixels_and_another_seed_others(
    laboratory: str, experiment: str, values: dict[str, Any]
):
    def image(seed: int) -> np.ndarray:
        return carry_out("alienlab_automata", laboratory, experiment, seed=seed, **values).image

    assert np.array_equal(image(5), image(5))
    one, other = image(5), image(6)
    assert one.shape != other.shape or not np.array_equal(one, other)


def test_every_experiment_is_tried_here():
    declaration = declared("alienlab_automata")
    tried = {(laboratory, experiment) for laboratory, experiment, _ in ALL}
    assert tried == {(lab.id, one.id) for lab in declaration.offers for one in lab.experiments}  # type: ignore[attr-defined]


def test_the_rule_that_stands_at_first_settles_to_stripes():
    for seed in range(3):
        exhibit = line("evolve", seed=seed)
        assert reading(exhibit, "period") == 2
        assert int(reading(exhibit, "settled after")) < 120
        history = cells_of(picture(exhibit).pixels)
        assert len(np.unique(history[-2:])) == 4, "all colours are in its stripes"


def test_starts_are_what_they_are_called():
    rule = {"rule": IDENTITY, "cells": 9, "steps": 1}
    assert (
        cells_of(picture(line("evolve", start="single", colour=3, **rule)).pixels)[0].tolist()
        == [0] * 4 + [3] + [0] * 4
    )
    assert cells_of(picture(line("evolve", start="uniform", colour=2, **rule)).pixels)[1].tolist() == [2] * 9
    middle = picture(line("evolve", start="pattern", pattern="1 2 3", **rule))
    assert cells_of(middle.pixels)[0].tolist() == [0, 0, 0, 1, 2, 3, 0, 0, 0]
    repeated = picture(line("evolve", start="repeated", pattern="123", **rule))
    assert cells_of(repeated.pixels)[1].tolist() == [1, 2, 3] * 3


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start": "single", "colour": 3, "rule": "2:30"}, "0 to 1"),
        ({"start": "pattern", "pattern": "cat"}, "0 slate, 1 blue"),
        ({"start": "repeated", "pattern": ""}, "0 slate, 1 blue"),
        ({"rule": "12"}, "64 digits"),
    ],
)
def test_what_cannot_begin_is_refused_with_a_sentence(values: dict[str, Any], words: str):
    with pytest.raises(AlienLabError, match=words):
        line("evolve", **values)


def test_under_the_identity_every_start_is_an_attractor():
    exhibit = line("starts", rule=IDENTITY, ring=12, starts=8)
    assert reading(exhibit, "attractors") == 8 and reading(exhibit, "longest way") == 0
    all_the_same = line("starts", rule="4:0", ring=12, starts=8)
    assert reading(all_the_same, "attractors") == 1 and reading(all_the_same, "largest basin") == 100
    never = line("starts", rule="2:30", ring=61, starts=4)
    assert reading(never, "attractors") == 0


def test_ends_are_a_line_for_each_start():
    exhibit = line("starts", rule=IDENTITY, ring=12, starts=8, view="ends")
    lines = cells_of(picture(exhibit).pixels)[::8, ::16]
    ways = wall(line("starts", rule=IDENTITY, ring=12, starts=8)).pictures
    assert np.array_equal(lines, [cells_of(way.pixels)[-1] for way in ways])


def test_all_192_neighbours_stand_on_the_wall_and_set_their_rule():
    exhibit = line("one-entry")
    pictures = wall(exhibit).pictures
    default = line_text(line_rule("random", np.random.default_rng(0)).table)
    assert len(pictures) == 192 and len({str(one.sets["rule"]) for one in pictures}) == 192
    assert all(len(str(one.sets["rule"])) == len(default) for one in pictures)
    first = pictures[0]
    assert first.caption.startswith("000→")
    again = line("evolve", rule=first.sets["rule"], cells=80, steps=80)
    assert np.array_equal(picture(again).pixels, first.pixels), "the same start under the rule that it sets"


def test_walls_can_be_sorted_by_distance():
    for exhibit in (line("one-entry", order="distance"), plane("one-entry", order="distance", tile_side=24, steps=20)):
        distances = [float(one.caption.split(": ")[1].removesuffix(" %")) for one in wall(exhibit).pictures]
        assert distances == sorted(distances) and distances[0] < distances[-1]


def test_nothing_is_changed_at_first_and_all_at_last():
    for exhibit in (line("progressive", differences=True), plane("progressive", differences=True, tile_side=24)):
        pictures, columns = wall(exhibit).pictures, wall(exhibit).columns
        shown = cells_of(pictures[0].pixels)
        assert not shown.any() and not (pictures[0].pixels == COLOURS[0]).all(axis=-1).any(), "all of it is faded"
        assert len(pictures) == 4 * columns == len(wall(exhibit).row_titles) * len(wall(exhibit).column_titles)
        curve = exhibit.plots[0].curves[0]
        assert curve.y[0] == 0 and curve.y[-1] > 40
        assert curve.x[-1] == len(str(pictures[0].sets["rule"]).replace("/", ""))


def test_differences_are_in_full_colour_and_the_rest_is_faded():
    cells, reference = np.array([[0, 1, 2, 3]], np.uint8), np.array([[0, 1, 0, 0]], np.uint8)
    pixels = painted_difference(cells, reference)[0]
    assert np.array_equal(pixels[2:], COLOURS[[2, 3]])
    assert (pixels[:2].astype(int) < COLOURS[:2]).all()


def test_distance_is_nothing_for_no_change_and_one_cell_in_all_under_the_identity():
    exhibit = line("distance", rule=IDENTITY, tile_cells=50, changes=4, trials=5)
    assert isinstance(exhibit.main, Plot)
    by_start = exhibit.main.curves[0]
    assert np.allclose(by_start.y, [0, 2, 4, 6, 8]), "each changed cell of 50 stays changed, and alone"


@pytest.mark.parametrize("kind", ["uniform", "stripes", "drifting", "complex", "random"])
def test_search_finds_rules_of_each_kind(kind: str):
    colours = 2 if kind == "uniform" else 4
    exhibit = line("search", kind=kind, found=4, colours=colours, transient=0)
    pictures = wall(exhibit).pictures
    assert len(pictures) == 4
    if kind == "stripes":
        for one in pictures:
            again = line("evolve", rule=one.sets["rule"], cells=100, steps=1000)
            assert reading(again, "period") != "none seen"


def test_search_shows_what_it_has_and_says_where_it_is():
    shown: list[Exhibit] = []
    said: list[str] = []
    carry_out(
        "alienlab_automata",
        "automata-1d",
        "search",
        found=12,
        show=shown.append,
        progress=lambda fraction, message: said.append(message),
    )
    assert shown and len(wall(shown[0]).pictures) < 12
    assert said[0] == "0 found of 0 rules" and len(said) >= 2


def test_a_search_without_a_find_says_so():
    exhibit = line("search", kind="uniform", tries=64, transient=200)
    assert reading(exhibit, "found") == 0 and "none" not in exhibit.note.split()[0]
    assert exhibit.note.startswith("No such rule")


def test_a_film_shows_every_step_and_ends_where_the_picture_does():
    film = plane("evolve", side=32, steps=10, film=True).main
    assert isinstance(film, Film) and len(film.frames) == 11 and film.captions[-1] == "step 10"
    assert np.array_equal(film.frames[-1], picture(plane("evolve", side=32, steps=10)).pixels)
    long = plane("evolve", side=16, steps=400, film=True).main
    assert isinstance(long, Film) and len(long.frames) == 120 and long.captions[-1] == "step 400"


def test_a_block_of_life_is_told_to_be_an_attractor():
    exhibit = plane("evolve", rule="B3/S23", side=16, steps=5, start="single")
    assert "rests" in exhibit.note and reading(exhibit, "blue") == 0


def test_the_rule_that_stands_at_first_in_two_dimensions_comes_to_rest():
    exhibit = plane("evolve", side=96, steps=200)
    assert "rests" in exhibit.note and exhibit.plots[0].curves[0].y[-1] == 0
    assert len(np.unique(cells_of(picture(exhibit).pixels))) == 4


def test_rows_are_starts_or_orders():
    for across, same_first in (("starts", False), ("orders", True)):
        shown = wall(plane("progressive", across=across, tile_side=24, rows=2, most=2))
        first, second = shown.pictures[0].pixels, shown.pictures[3].pixels
        assert np.array_equal(first, second) is same_first
        rules = [shown.pictures[place].sets["rule"] for place in (2, 5)]
        assert (rules[0] == rules[1]) is not same_first


def test_colours_can_be_told_apart_by_all_kinds_of_vision():
    """Simulated after Machado and others (2009); distances in CIELAB, of which 2 can just be seen."""
    linear = (COLOURS / 255.0) ** 2.2
    for simulation in _VISIONS:
        lab = _lab(np.clip(linear @ np.array(simulation).T, 0, 1))
        distances = np.linalg.norm(lab[:, None] - lab[None], axis=-1)[np.triu_indices(4, 1)]
        assert distances.min() > 30


_VISIONS = (
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
)


def _lab(linear: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = np.cbrt(linear @ to_xyz.T / (0.9505, 1.0, 1.089))
    x, y, z = np.moveaxis(xyz, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
