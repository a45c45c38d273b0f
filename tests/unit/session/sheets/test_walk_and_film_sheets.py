"""Sheets of walks and of denoising: what their heads say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import SessionError
from alienlab.domain.filmstrip import Filmstrip, Frame
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.space.walks import Stop, Walk, grid, line_walk
from alienlab.session.sheets.film_sheet import film_sheet
from alienlab.session.sheets.walk_sheet import NO_IMAGE, plane_axes, walk_sheet
from tests.fakes.recipes import make_image, make_recipe

RECIPE = make_recipe(size=(16, 16))
LESIONED = replace(RECIPE, lesions=(LesionSpec.parse("mid_block.*:zero"),))
CAT, DOG = Prompt("a cat"), Prompt("a dog")


def plane(size: int) -> Walk:
    stops = tuple(Stop(f"{x:.3g}, {y:.3g}", CAT) for x, y in grid(size, 1.0))
    return Walk("a plane", stops, columns=size)


def taken(walk: Walk, recipe=RECIPE):
    images = [make_image(place, width=16, height=16) for place in range(len(walk.stops))]
    return images, [recipe] * len(images)


def test_a_plane_has_its_coordinates_as_heads():
    images, recipes = taken(plane(3))
    sheet = walk_sheet(plane(3), [images], [recipes])
    [section] = sheet.sections
    assert section.axes is not None
    assert section.axes.columns == ("−1", "0", "1")
    assert section.axes.rows == ("1", "0", "−1")  # upwards
    assert all(cell.caption == () for cell in section.cells)
    assert section.cells[0].number == "-1, 1"


def test_a_lost_point_of_a_plane_says_so():
    images, recipes = taken(plane(2))
    sheet = walk_sheet(plane(2), [[None, *images[1:]]], [[None, *recipes[1:]]])
    lost = sheet.sections[0].cells[0]
    assert lost.caption == (NO_IMAGE,)
    with pytest.raises(SessionError):
        lost.load()


def test_what_is_no_grid_keeps_its_captions():
    stops = tuple(Stop(label, CAT) for label in ("0, 0", "1, 1", "2, 2", "3, 3"))
    assert plane_axes(Walk("a path", stops, columns=2)) is None
    walk = line_walk(CAT, DOG, frames=3)
    assert plane_axes(walk) is None
    [section] = walk_sheet(walk, *([one] for one in taken(walk))).sections
    assert section.axes is None
    assert [cell.caption for cell in section.cells] == [("0",), ("0.5",), ("1",)]


def test_minds_that_take_the_same_walk_are_rows():
    walk = line_walk(CAT, DOG, frames=3)
    images, recipes = taken(walk)
    _, lesioned = taken(walk, LESIONED)
    sheet = walk_sheet(walk, [images, images], [recipes, lesioned])
    [section] = sheet.sections
    assert section.axes is not None
    assert section.axes.rows == ("intact", "mid_block.*:zero")
    assert section.axes.columns == ("0", "0.5", "1")
    assert len(section.cells) == 6
    assert "intact" not in sheet.common
    long = line_walk(CAT, DOG, frames=13)
    parts = walk_sheet(long, [taken(long)[0]] * 2, [taken(long)[1], taken(long, LESIONED)[1]]).sections
    assert [part.heading for part in parts] == ["intact", "mid_block.*:zero"]


def film(count: int) -> Filmstrip:
    frames = [
        Frame(
            step=step,
            latents=np.full((4, 2, 2), float(step), np.float32),
            preview=make_image(step, width=2, height=2),
            image=make_image(step, width=16, height=16),
        )
        for step in range(count)
    ]
    return Filmstrip(RECIPE, tuple(frames))


def test_the_steps_of_a_film_are_columns():
    [section] = film_sheet(film(3)).sections
    assert section.axes is not None
    assert section.axes.columns == ("noise", "step 1", "step 2")
    assert section.axes.rows == ("decoded", "latents as colours", *(f"channel {number}" for number in (1, 2, 3, 4)))
    assert [cell.caption for cell in section.cells[3:6]] == [(), ("Δ 1.00",), ("Δ 1.00",)]
    assert {(cell.width, cell.height) for cell in section.cells} == {(16, 16)}


def test_a_film_of_more_steps_than_a_sheet_is_wide_has_rows_of_its_own():
    sections = film_sheet(film(45)).sections
    assert [section.heading for section in sections][:2] == ["decoded", "latents as colours"]
    assert all(section.axes is None for section in sections)
    assert sections[0].cells[1].caption == ("step 1",)
