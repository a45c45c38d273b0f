"""Verdicts and yardsticks, on measures made up for them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.effects import THRESHOLDS, Effect, Measures, Scale, Verdict, Yardsticks


def measures(**changes: object) -> Measures:
    plain: dict[str, object] = {
        "perceptual": 0.0,
        "ssim": 1.0,
        "pixel": 0.0,
        "latent_cosine": 1.0,
        "concepts": (("cat", 0.9), ("party hat", 0.8)),
        "nothing": 0.01,
        "noise": 0.4,
        "flatness": 0.3,
    }
    return Measures(**{**plain, **changes})


INTACT = measures()
YARDSTICKS = Yardsticks(
    floor_perceptual=0.001, floor_structural=0.002, spread_perceptual=0.2, spread_structural=0.5, seeds=16
)


def verdict(**changes: object) -> Verdict:
    return Effect(measures(**changes), INTACT, YARDSTICKS).verdict


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Verdict.NOTHING),
        ({"perceptual": 0.001, "ssim": 0.998}, Verdict.NOTHING),
        ({"perceptual": 0.002, "ssim": 0.998}, Verdict.NUANCE),
        ({"perceptual": 0.001, "ssim": 0.9}, Verdict.NUANCE),  # the structure alone tells them apart
        ({"perceptual": 0.049, "ssim": 0.9}, Verdict.NUANCE),
        ({"perceptual": 0.051, "ssim": 0.9}, Verdict.ALTERED),
        ({"perceptual": 0.199, "ssim": 0.9}, Verdict.ALTERED),
        ({"perceptual": 0.201, "ssim": 0.9}, Verdict.ANOTHER),
        ({"concepts": (("cat", 0.9), ("party hat", 0.39))}, Verdict.LOST),
        ({"concepts": (("cat", 0.9), ("party hat", 0.41))}, Verdict.NOTHING),
        ({"noise": 0.81}, Verdict.NOISE),
        ({"noise": 0.7}, Verdict.NOTHING),
        ({"noise": 0.7, "nothing": 0.9}, Verdict.NOISE),
        ({"noise": 0.5, "nothing": 0.9}, Verdict.NOTHING),
        ({"flatness": 0.95}, Verdict.FLAT),
        # precedence
        ({"flatness": 0.95, "noise": 1.0, "concepts": ()}, Verdict.FLAT),
        ({"noise": 1.0, "concepts": (), "perceptual": 1.0}, Verdict.NOISE),
        ({"concepts": (), "perceptual": 1.0}, Verdict.LOST),
    ],
)
def test_the_first_verdict_that_applies_is_given(changes: dict[str, object], expected: Verdict) -> None:
    assert verdict(**changes) is expected


def test_without_a_recogniser_structure_takes_the_place_of_perception() -> None:
    yardsticks = Yardsticks(
        floor_perceptual=None, floor_structural=0.002, spread_perceptual=None, spread_structural=0.5, seeds=16
    )
    blind = measures(perceptual=None, concepts=(), nothing=None, ssim=0.75)
    effect = Effect(blind, measures(perceptual=None, concepts=(), nothing=None), yardsticks)
    assert effect.spreads == pytest.approx(0.5)
    assert effect.verdict is Verdict.ALTERED
    assert effect.kept is None


def test_a_concept_that_was_never_there_cannot_be_lost() -> None:
    unsure = measures(concepts=(("cat", 0.3),))
    assert Effect(measures(concepts=(("cat", 0.0),)), unsure, YARDSTICKS).lost == ()


def test_yardsticks_are_twice_the_most_that_one_rounding_does_and_the_median_of_the_seeds() -> None:
    rounding = [measures(perceptual=0.001, ssim=0.999), measures(perceptual=0.003, ssim=0.9999)]
    seeds = [measures(perceptual=0.1 * number, ssim=1 - 0.1 * number) for number in range(1, 6)]
    found = Yardsticks.of(rounding=rounding, seeds=seeds)
    assert found.floor_perceptual == pytest.approx(0.006)
    assert found.floor_structural == pytest.approx(0.002)
    assert found.spread_perceptual == pytest.approx(0.3)
    assert found.spread_structural == pytest.approx(0.3)
    assert found.seeds == 5


def test_an_effect_of_the_seed_spread_is_one() -> None:
    effect = Effect(measures(perceptual=0.2), INTACT, YARDSTICKS)
    assert Scale.SPREADS.of(effect) == pytest.approx(1.0)
    assert Scale.SPREADS.spread(YARDSTICKS) == 1.0
    assert Scale.SPREADS.floor(YARDSTICKS) == pytest.approx(0.005)


def test_what_is_kept_is_the_worst_of_the_words() -> None:
    effect = Effect(measures(concepts=(("cat", 0.45), ("party hat", 0.8))), INTACT, YARDSTICKS)
    assert effect.kept == pytest.approx(0.5)


SHARE = st.floats(0, 1)


@given(st.builds(measures, perceptual=SHARE | st.none(), ssim=st.floats(-1, 1), noise=SHARE, latent_cosine=st.none()))
def test_measures_come_back_from_json(given: Measures) -> None:
    assert Measures.from_json(json.loads(json.dumps(given.to_json()))) == given
    assert Yardsticks.from_json(json.loads(json.dumps(YARDSTICKS.to_json()))) == YARDSTICKS


@pytest.mark.parametrize("damage", [{}, {"ssim": "x"}, {"ssim": float("nan")}, {"concepts": 3}])
def test_other_json_is_refused(damage: dict[str, object]) -> None:
    data = {**INTACT.to_json(), **damage} if damage else {}
    with pytest.raises(ValueError, match=r"malformed|could not convert"):
        Measures.from_json(data)


def test_every_verdict_says_when_it_is_given() -> None:
    assert len({THRESHOLDS.explain(verdict) for verdict in Verdict}) == len(Verdict)
    assert str(THRESHOLDS.nuance) in THRESHOLDS.explain(Verdict.NUANCE)
