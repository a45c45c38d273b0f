"""Iterated maps, against what is known of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from alienlab_maps.diagram import counted
from alienlab_maps.maps import DELTA, DELTA_QUARTIC, MAPS, MOST, map_of
from alienlab_maps.orbits import attractors, densities, exponents, histories, orbit, spread_starts
from alienlab_maps.splitting import cascade
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.exhibits import Exhibit, Picture, Plot, Wall
from alienlab.domain.laboratories.ports import Carried
from tests.fakes.laboratories import carry_out, laboratory_of

ITERATED = ("alienlab_maps", "iterated-maps")
LOGISTIC = map_of("logistic")
IDS = [one.id for one in MAPS]
RANDOM = np.random.default_rng(0)


def carried(experiment: str, **values: Any) -> Carried:
    return carry_out(*ITERATED, experiment, **values)


def reading(exhibit: Exhibit, name: str) -> Any:
    return next(one.value for one in exhibit.readings if one.name == name)


@given(id_=st.sampled_from(IDS), x=st.floats(0, 1, allow_nan=False), a=st.floats(0, MOST, allow_nan=False))
def test_the_interval_is_mapped_into_itself(id_: str, x: float, a: float):
    assert -1e-12 <= float(map_of(id_).step(x, a)) <= 1 + 1e-12


@given(id_=st.sampled_from(IDS), x=st.floats(0.02, 0.98), a=st.floats(0.1, MOST))
def test_slopes_are_derivatives(id_: str, x: float, a: float):
    one, near = map_of(id_), 1e-6
    if abs(x - one.top) > 1e-5:
        measured = (one.step(x + near, a) - one.step(x - near, a)) / (2 * near)
        assert float(one.slope(x, a)) == pytest.approx(float(measured), abs=1e-5)


@pytest.mark.parametrize("id_", IDS)
def test_the_top_is_the_highest(id_: str):
    one, x = map_of(id_), np.linspace(0, 1, 1001)
    assert np.max(one.step(x, 3.0)) <= float(one.step(one.top, 3.0)) + 1e-12


@pytest.mark.parametrize("a", [1.5, 2.0, 2.9, 2.99])
def test_the_fixed_point_of_the_logistic_map(a: float):
    assert attractors(LOGISTIC, a).values == pytest.approx((1 - 1 / a,), abs=1e-5)


@pytest.mark.parametrize("a", [3.05, 3.1, 3.3, 3.4])
def test_the_two_values_of_the_logistic_map(a: float):
    root = math.sqrt((a - 3) * (a + 1))
    assert attractors(LOGISTIC, a).values == pytest.approx(
        ((a + 1 - root) / (2 * a), (a + 1 + root) / (2 * a)), abs=1e-5
    )


def test_how_many_values_there_are():
    found = {a: len(attractors(LOGISTIC, a).values) for a in (2.9, 3.1, 3.5, 3.55, 3.83)}
    assert found == {2.9: 1, 3.1: 2, 3.5: 4, 3.55: 8, 3.83: 3}
    assert not attractors(LOGISTIC, 3.9).cycles


def test_the_lyapunov_exponent_of_full_chaos_is_the_logarithm_of_two():
    assert exponents(LOGISTIC, np.array([4.0]), steps=20_000)[0] == pytest.approx(math.log(2), abs=0.01)
    assert exponents(map_of("tent"), np.array([3.0]), steps=200)[0] == pytest.approx(math.log(1.5), abs=1e-9)
    fixed = exponents(LOGISTIC, np.array([2.9]), steps=4000)[0]
    assert fixed == pytest.approx(math.log(0.9), abs=0.002)


def test_the_density_of_full_chaos():
    """That of x → 4x(1 − x) is 1 / (π √(x(1 − x)))."""
    history = histories(LOGISTIC, 4.0, spread_starts(100_000), 12, noise=0.0, random=RANDOM)
    shares = densities(history[-1:], 10)[0] / 100_000
    edges = 2 / np.pi * np.arcsin(np.sqrt(np.linspace(0, 1, 11)))
    assert shares == pytest.approx(np.diff(edges), abs=0.01)


def test_densities_count_every_start():
    history = histories(LOGISTIC, 3.7, spread_starts(500), 20, noise=0.01, random=RANDOM)
    assert (densities(history, 37).sum(axis=1) == 500).all()
    assert history.min() >= 0
    assert history.max() <= 1


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if id_ != "tent"])
def test_feigenbaums_ratio(id_: str):
    one = map_of(id_)
    limit = DELTA_QUARTIC if id_ == "quartic" else DELTA
    assert cascade(one, 8).ratios[-1] == pytest.approx(limit, rel=0.005)


def test_where_the_logistic_map_splits():
    found = cascade(LOGISTIC, 8)
    assert found.superstable[:2] == pytest.approx((2, 1 + math.sqrt(5)), abs=1e-9)
    assert found.splits[:2] == pytest.approx((3, 1 + math.sqrt(6)), abs=1e-9)
    assert found.end == pytest.approx(3.569945672, abs=1e-8)
    for n, a in enumerate(found.superstable[:6]):
        assert orbit(LOGISTIC, a, 0.5, 2**n)[-1] == pytest.approx(0.5, abs=1e-9)


def test_the_diagram_shows_what_is_settled_to():
    counts = counted(LOGISTIC, np.array([2.9, 3.1]), (0.0, 1.0), 100, settle=1000, kept=60, start=0.2, random=RANDOM)
    rows = [99 - np.flatnonzero(column).astype(int) for column in counts.T]
    assert rows[0].tolist() == [65]
    assert rows[1].tolist() == [76, 55]
    assert counts.sum(axis=0).tolist() == [60, 60]


def test_what_lies_outside_a_zoomed_diagram_is_not_counted():
    counts = counted(LOGISTIC, np.array([3.1]), (0.7, 0.8), 50, settle=1000, kept=60, start=0.2, random=RANDOM)
    assert counts.sum() == 30


def test_one_attractor_then_two():
    assert reading(carried("density", a=2.9).exhibit, "values") == "0.6552"
    assert reading(carried("density", a=3.1).exhibit, "values") == "0.5580, 0.7646"
    assert "no cycle" in reading(carried("density", a=3.9).exhibit, "values it settles to")
    assert "still settling" in reading(carried("density", a=3.0).exhibit, "values it settles to")


def test_noise_hides_fine_splits():
    """Of eight values only broad bands are left."""
    clear, noisy = (
        counted(
            LOGISTIC,
            np.array([3.55]),
            (0.0, 1.0),
            400,
            settle=800,
            kept=2000,
            start=0.2,
            noise=noise,
            random=np.random.default_rng(0),
        )
        for noise in (0.0, 0.01)
    )
    assert np.count_nonzero(clear) == 8
    assert np.count_nonzero(noisy) > 60


def test_every_experiment_shows_something_and_the_same_again():
    for experiment in laboratory_of(*ITERATED).experiments:
        first, again = carried(experiment.id), carried(experiment.id)
        assert np.array_equal(first.image, again.image), experiment.id
        assert first.image.std() > 5, experiment.id


def test_the_seed_decides_the_noise():
    one, same, other = (carry_out(*ITERATED, "density", seed=seed, noise=0.01).image for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_click_on_the_wall_takes_its_a():
    main = carried("wall", low=2.8, high=3.8, pictures=6).exhibit.main
    assert isinstance(main, Wall)
    assert [picture.sets["a"] for picture in main.pictures] == pytest.approx([2.8, 3.0, 3.2, 3.4, 3.6, 3.8])
    assert "2 values" in main.pictures[2].caption


def test_ranges_may_be_given_in_any_order():
    main = carried("bifurcation", low=3.6, high=3.5, bottom=0.5, top=0.5, detail=300).exhibit.main
    assert isinstance(main, Picture)
    assert main.x is not None
    assert (main.x.low, main.x.high) == (3.5, 3.6)


def test_the_cobweb_ends_on_the_attractor():
    main = carried("cobweb", a=2.5, steps=60).exhibit.main
    assert isinstance(main, Plot)
    way = next(curve for curve in main.curves if curve.name == "the way of one start")
    assert way.y[-1] == pytest.approx(0.6, abs=1e-6)


def test_the_tent_says_why_it_has_no_cascade():
    with pytest.raises(AlienLabError, match="no round top"):
        carried("splits", map="tent")


@pytest.mark.parametrize("id_", IDS)
@pytest.mark.parametrize("a", [0.0, 4.0])
def test_the_ends_of_the_range(id_: str, a: float):
    for experiment in ("density", "bifurcation", "cobweb", "lyapunov"):
        assert np.isfinite(float(reading(carried(experiment, map=id_, a=a).exhibit, "Lyapunov exponent")))
