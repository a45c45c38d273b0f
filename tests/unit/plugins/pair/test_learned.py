"""What the network of the defaults has learned."""

from __future__ import annotations

from typing import Any

import pytest

from alienlab.domain.laboratories.exhibits import Exhibit
from tests.fakes.laboratories import carry_out

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def shown(experiment: str, **values: Any) -> dict[str, float | int | str]:
    """Its readings."""
    exhibit: Exhibit = carry_out("alienlab_pair", "two-images", experiment, seed=11, **values).exhibit
    return {reading.name: reading.value for reading in exhibit.readings}


def test_a_noised_image_comes_home():
    for which, home, away in (("first", "cat", "fox"), ("second", "fox", "cat")):
        readings = shown("backwards", start=which, amount=0.6)
        assert readings["became"] == home
        assert float(readings[f"distance from {home}"]) < float(readings[f"distance from {away}"]) / 4
        assert shown("many", start=which, amount=0.6)[home] == 48


def test_pure_noise_falls_to_both():
    readings = shown("many", noises=64)
    cats, foxes, neither = (int(readings[name]) for name in ("cat", "fox", "neither"))
    assert cats + foxes + neither == 64
    assert min(cats, foxes) >= 10 and neither <= 6


def test_the_word_decides():
    assert float(shown("by-word", noises=64)["the word decides"]) >= 90


def test_half_of_the_noises_change_between_the_words():
    assert 0.2 < float(shown("between-words", noises=24)["half of the noises change at"]) < 0.8


def test_damage_leads_astray_and_does_not_last():
    before = shown("many")
    assert float(shown("lesioned", lesions=("mid_block.*:noise=0.9@1",))["change of the images"]) > 0.01
    assert float(shown("doses", highest=0.6, doses=4)["fall elsewhere at the last dose"]) > 50
    assert shown("many") == before
