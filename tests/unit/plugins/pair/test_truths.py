"""Noise, the way back and the verdicts, against what is known without any training."""

from __future__ import annotations

import numpy as np
import pytest
from alienlab_pair.falling import fall
from alienlab_pair.judging import judge, leanings
from alienlab_pair.materials import Pair, to_pixels, to_signal
from alienlab_pair.network import TEXT_SIZE, WORDS, text_point
from alienlab_pair.pictures import cat, fox
from alienlab_pair.schedule import noised, share_left
from alienlab_pair.starts import told

from tests.unit.plugins.pair.exact import Exact

PAIR = Pair(np.stack([to_signal(cat()), to_signal(fox())]), ("cat", "fox"))
NOISE = np.random.default_rng(5).standard_normal((64, 3, 32, 32), dtype=np.float32)


@pytest.mark.parametrize("schedule", ["cosine", "linear"])
def test_noise_has_the_variance_that_the_schedule_says(schedule: str):
    times = np.array([0.1, 0.35, 0.6, 0.9])
    many = np.random.default_rng(0).standard_normal((400, 3, 32, 32), dtype=np.float32)
    for time in times:
        noisy = noised(PAIR.images[:1], many, np.full(400, time), schedule)
        left = share_left(np.array([time]), schedule)[0]
        assert noisy.var(axis=0).mean() == pytest.approx(1 - left, rel=0.01)
        assert np.allclose(noisy.mean(axis=0), np.sqrt(left) * PAIR.images[0], atol=0.25)


def test_the_linear_schedule_is_that_of_stable_diffusion():
    betas = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    alphas = np.cumprod(1 - betas)
    assert share_left(np.array([1.0]), "linear")[0] == pytest.approx(alphas[-1])
    assert share_left(np.array([0.5]), "linear")[0] == pytest.approx(alphas[499])
    assert share_left(np.array([0.0]), "cosine")[0] == 1.0


@pytest.mark.parametrize("schedule", ["cosine", "linear"])
@pytest.mark.parametrize("steps", [4, 20])
def test_a_perfect_network_leads_every_noise_home(schedule: str, steps: int):
    for which in range(2):
        noisy = noised(PAIR.images[which : which + 1], NOISE, np.full(64, 0.6), schedule)
        way = fall(Exact(PAIR, schedule), noisy, told("", 64), schedule=schedule, start=0.6, steps=steps)
        verdict = judge(way.ends, PAIR)
        assert verdict.share(which) == 1
        assert verdict.distances[:, which].max() < 0.02


def test_pure_noise_falls_to_both_and_to_nothing_else():
    way = fall(Exact(PAIR, "cosine"), NOISE, told("", 64), schedule="cosine", steps=20)
    verdict = judge(way.ends, PAIR)
    assert verdict.count(0) + verdict.count(1) == 64
    assert min(verdict.count(0), verdict.count(1)) > 8
    assert sum(verdict.share(which) for which in range(3)) == pytest.approx(1)


def test_the_noise_decides_as_the_borders_of_bayes_say():
    """Of pure noise, what is nearer to an image in the first guess becomes that image, but for a few."""
    way = fall(Exact(PAIR, "cosine"), NOISE, told("", 64), schedule="cosine", steps=50)
    first, last = leanings(way.guesses[0], PAIR) > 0.5, judge(way.ends, PAIR).which == 1
    assert np.mean(first == last) > 0.85


def test_a_word_overrules_the_noise():
    for which, word in enumerate(PAIR.words):
        way = fall(Exact(PAIR, "cosine"), NOISE, told(word, 64), schedule="cosine", steps=8)
        assert judge(way.ends, PAIR).share(which) == 1


def test_verdicts_know_both_images_and_what_is_between():
    blend = PAIR.images.mean(axis=0)
    verdict = judge(np.stack([*PAIR.images, blend, np.zeros_like(blend)]), PAIR)
    assert verdict.which.tolist() == [0, 1, 2, 2]
    assert verdict.distances[0].tolist() == pytest.approx([0, 1])
    assert verdict.distances[2].tolist() == pytest.approx([0.5, 0.5])
    assert leanings(np.stack([*PAIR.images, blend]), PAIR).tolist() == pytest.approx([0, 1, 0.5], abs=1e-6)
    assert verdict.moved(verdict) == 0


def test_texts_have_points_of_their_own():
    assert text_point("").shape == (1 + WORDS, TEXT_SIZE)
    assert not text_point("")[1:].any()
    assert np.array_equal(text_point("Cat"), text_point(" cat "))
    assert not np.array_equal(text_point("cat"), text_point("fox"))
    assert np.array_equal(text_point("a cat")[2], text_point("cat")[1])


def test_pixels_come_back_as_they_were():
    assert np.array_equal(to_pixels(to_signal(cat())), cat())
    assert cat().shape == fox().shape == (32, 32, 3)
