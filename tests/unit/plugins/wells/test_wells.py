"""Mechanical attractors, against closed forms and conserved quantities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from alienlab_wells.landscape import EXTENT, Landscape, Wave, around, at, double_well, grid, magnets, ring
from alienlab_wells.resting import matched, resting_places
from alienlab_wells.rolling import NOWHERE, ends, released, rolled, ways

from alienlab.domain.laboratories.exhibits import Exhibit, Film, Picture, Wall
from alienlab.domain.laboratories.ports import Carried
from tests.fakes.laboratories import carry_out, laboratory_of

WELLS = ("alienlab_wells", "mechanical-attractors")
WAVY = replace(ring(3, 1.0), waves=(Wave(3.0, 1.0, 0.2, 0.5), Wave(-2.0, 4.0, 0.1, 2.0)))
LANDSCAPES = {
    "two wells": double_well(1.0),
    "leaning": replace(double_well(1.0), ridge=0.4),
    "ring": ring(5, 1.0),
    "magnets": magnets(3, 1.0),
    "wavy": WAVY,
    "tilted": replace(ring(4, 2.0), tilt=(0.3, -0.2)),
}
each_landscape = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES.keys())


def carried(experiment: str, **values: Any) -> Carried:
    return carry_out(*WELLS, experiment, **values)


def reading(exhibit: Exhibit, name: str) -> Any:
    return next(one.value for one in exhibit.readings if one.name == name)


@each_landscape
def test_forces_are_slopes(landscape: Landscape):
    x, y = np.random.default_rng(0).uniform(-EXTENT, EXTENT, (2, 200))
    near = 1e-5
    right, up = landscape.force(x, y)
    assert right == pytest.approx(
        -(landscape.height(x + near, y) - landscape.height(x - near, y)) / (2 * near), abs=1e-5
    )
    assert up == pytest.approx(-(landscape.height(x, y + near) - landscape.height(x, y - near)) / (2 * near), abs=1e-5)


@each_landscape
def test_without_friction_energy_stays(landscape: Landscape):
    x, y = np.random.default_rng(1).uniform(-1.5, 1.5, (2, 50))
    _, energies = ways(landscape, x, y, friction=0.0, seconds=60)
    span = float(np.ptp(landscape.height(*grid(40))))
    assert np.abs(energies - energies[0]).max() < 0.01 * span


@each_landscape
def test_friction_takes_energy_away(landscape: Landscape):
    x, y = np.random.default_rng(2).uniform(-1.5, 1.5, (2, 50))
    _, energies = ways(landscape, x, y, friction=0.5, seconds=20)
    assert (energies[-1] <= energies[0] + 1e-9).all()
    assert np.diff(energies, axis=0).max() < 0.01 * float(np.ptp(energies))


def test_a_small_swing_has_the_period_of_its_bowl():
    """x'' = -4x has the period π; with friction c it shrinks by e^(-ct/2)."""
    bowl = Landscape(bowl=(4.0, 4.0))
    step = bowl.time_step()
    places, _ = ways(bowl, np.array([0.1]), np.array([0.0]), friction=0.2, seconds=6)
    times = np.arange(len(places)) * step
    inner = np.sqrt(4 - 0.01)
    exact = 0.1 * np.exp(-0.1 * times) * (np.cos(inner * times) + 0.1 / inner * np.sin(inner * times))
    assert places[:, 0, 0] == pytest.approx(exact, abs=1e-3)


@each_landscape
def test_balls_rest_in_minima(landscape: Landscape):
    for rest in resting_places(landscape):
        x, y = np.array([rest.x]), np.array([rest.y])
        assert np.abs(landscape.force(x, y)).max() < 1e-5
        angles = np.arange(16) * np.pi / 8
        assert (landscape.height(x + 0.02 * np.cos(angles), y + 0.02 * np.sin(angles)) > rest.height).all()
        assert rest.rim > rest.height


@pytest.mark.parametrize(
    ("landscape", "places"),
    [
        (double_well(1.0), [(-1.0, 0.0), (1.0, 0.0)]),
        (replace(double_well(2.0), ridge=0.5), [(-1.0, 0.0), (1.0, 0.0)]),
        (replace(double_well(2.0), ridge=1.0), [(-1.0, 0.0)]),
    ],
)
def test_the_two_wells_are_where_they_are_known_to_be(landscape: Landscape, places: list[tuple[float, float]]):
    found = resting_places(landscape)
    assert np.array([(rest.x, rest.y) for rest in found]) == pytest.approx(np.array(places), abs=1e-4)


@pytest.mark.parametrize("wells", [2, 3, 5, 8])
def test_a_ring_has_as_many_wells_as_it_says(wells: int):
    for landscape in (ring(wells, 1.0), magnets(wells, 1.0)):
        found = resting_places(landscape)
        numbers = matched(found, around(wells), within=0.5)
        assert sorted(number for number in numbers if number is not None) == list(range(wells))
    assert len(resting_places(ring(wells, 1.0))) == wells


@each_landscape
def test_who_is_caught_never_leaves(landscape: Landscape):
    """What is said early is where balls are long after."""
    rests = resting_places(landscape)
    x, y = grid(10)
    found = ends(landscape, rests, x, y, friction=0.3, longest=60)
    balls = released(landscape, x, y)
    for _ in range(round(45 / landscape.time_step())):
        balls = rolled(landscape, balls, friction=0.3, step=landscape.time_step())
    last = np.stack([balls.x, balls.y], axis=1)
    nearest = np.argmin([np.hypot(*(last - (rest.x, rest.y)).T) for rest in rests], axis=0)
    caught = found.places != NOWHERE
    assert caught.mean() > 0.9
    assert (nearest[caught] == found.places[caught]).all()


def test_basins_of_two_equal_wells_are_mirror_images():
    landscape = double_well(1.0)
    x, y = grid(60, np.float32)
    found = ends(landscape, resting_places(landscape), x, y, friction=0.2, longest=60)
    places = found.places.reshape(60, 60)
    assert (places[:, ::-1] == 1 - places).mean() > 0.999
    assert (places == 0).mean() == pytest.approx(0.5, abs=0.002)


def test_balls_that_are_followed_together_end_where_each_ends_alone():
    landscape = magnets(3, 1.0)
    rests = resting_places(landscape)
    x, y = (one[::7] for one in grid(40, np.float32))
    together = ends(landscape, rests, x, y, friction=0.2, longest=60)
    for place in range(0, len(x), 31):
        alone = ends(landscape, rests, x[place : place + 1], y[place : place + 1], friction=0.2, longest=60)
        assert alone.places[0] == together.places[place]


def test_the_deeper_well_takes_more():
    shares = [
        reading(carried("basins", lesion="deepen", which=2, dose=dose, detail=60).exhibit, "come to well 2")
        for dose in (0.0, 0.3, 0.6, 0.9)
    ]
    assert shares[0] == pytest.approx(50, abs=0.5)
    assert shares == sorted(shares)
    assert shares[-1] > 60


def test_what_is_knocked_out_takes_nothing():
    for landscape in ("double", "ring", "magnets"):
        exhibit = carried("basins", landscape=landscape, lesion="knock_out", which=2, dose=1.0, detail=40).exhibit
        assert not [one for one in exhibit.readings if one.name == "come to well 2"]


def test_faded_wells_melt_into_one():
    for landscape in ("double", "ring", "magnets"):
        exhibit = carried("basins", landscape=landscape, lesion="fade", dose=1.0, detail=40).exhibit
        assert len([one for one in exhibit.readings if one.name.startswith("come to")]) == 1


def test_a_growing_dose_moves_basins():
    exhibit = carried("doses", lesion="knock_out", pictures=6).exhibit
    moved = exhibit.plots[0].curves[0].y
    assert moved[0] == 0
    assert (np.diff(moved) > -3).all()
    assert moved[-1] == pytest.approx(50, abs=2)
    assert isinstance(exhibit.main, Wall)
    assert [picture.sets["dose"] for picture in exhibit.main.pictures] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


def test_the_seed_decides_the_noise():
    one, same, other = (
        carry_out(*WELLS, "basins", seed=seed, lesion="noise", dose=0.4, detail=40).image for seed in (1, 1, 2)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_large_pictures_are_seen_coarse_first():
    shown: list[Exhibit] = []
    last = carried("basins", detail=240, show=shown.append, friction=1.5)
    assert len(shown) == 2
    assert isinstance(last.exhibit.main, Picture)


def test_the_ball_comes_to_the_well_of_its_start():
    """The trajectory says the same as the basin under its start."""
    for point in ((0.1, 0.3), (0.62, 0.8), (0.45, 0.5), (0.9, 0.9)):
        exhibit = carried("trajectories", start=point, friction=0.6, neighbours=0).exhibit
        landscape = double_well(1.0)
        x, y = (np.array([one], np.float32) for one in at(point))
        found = ends(landscape, resting_places(landscape), x, y, friction=0.6, longest=60)
        assert reading(exhibit, "comes to") == f"well {found.places[0] + 1}"


def test_every_experiment_shows_something_and_the_same_again():
    for experiment in laboratory_of(*WELLS).experiments:
        values = {"pictures": 3} if experiment.id == "doses" else {}
        first, again = carried(experiment.id, **values), carried(experiment.id, **values)
        assert np.array_equal(first.image, again.image), experiment.id
        assert first.image.std() > 5, experiment.id


def test_the_film_begins_with_balls_in_rows_and_ends_with_them_in_wells():
    main = carried("film", friction=1.0).exhibit.main
    assert isinstance(main, Film)
    changed = [np.count_nonzero((frame != main.frames[-1]).any(axis=2)) for frame in main.frames]
    assert changed[0] > 3000
    assert changed[-2] < changed[0] / 3
