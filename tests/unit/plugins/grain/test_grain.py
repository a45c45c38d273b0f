"""Blurring and sharpening, against the linear theory of one round."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from alienlab_grain.rounds import SPREAD, Feedback, Limit, frequencies, rounds
from alienlab_grain.spectra import grain_size, spectrum
from PIL import Image as Pillow
from scipy import ndimage

from alienlab.domain.laboratories.exhibits import Exhibit, Film, Plot, Wall
from alienlab.domain.laboratories.ports import Carried
from tests.fakes.laboratories import carry_out, laboratory_of

GRAIN = ("alienlab_grain", "grain")
USUAL = Feedback(blur=1.5, sharpening=2.0, radius=4.0)
SIDE = 96


def carried(experiment: str, **values: Any) -> Carried:
    return carry_out(*GRAIN, experiment, **values)


def reading(exhibit: Exhibit, name: str) -> Any:
    return next(one.value for one in exhibit.readings if one.name == name)


def noise(side: int, seed: int = 0, contrast: float = 0.1) -> np.ndarray:
    return contrast * np.random.default_rng(seed).standard_normal((1, side, side)).astype(np.float32)


def plane_wave(across: int, down: int, height: float) -> np.ndarray:
    rows, columns = np.mgrid[:SIDE, :SIDE]
    return (height * np.sin(2 * np.pi * (across * columns + down * rows) / SIDE))[None].astype(np.float32)


@pytest.mark.parametrize(("across", "down"), [(1, 0), (0, 5), (7, 7), (12, 3), (20, 11)])
def test_a_weak_wave_grows_as_the_transfer_function_says(across: int, down: int):
    wave = plane_wave(across, down, 1e-3)
    expected = USUAL.transfer(np.array([np.hypot(across, down) / SIDE]))[0]
    assert rounds(wave, USUAL, 1) == pytest.approx(wave * expected, abs=2e-8)
    assert rounds(wave, USUAL, 3) == pytest.approx(wave * expected**3, abs=1e-6)


def test_blur_and_sharpening_are_those_of_another_library():
    picture = noise(SIDE)[0].astype(np.float64)
    sharp = picture + 2.0 * (picture - ndimage.gaussian_filter(picture, 4.0, mode="wrap", truncate=8))
    expected = np.tanh(ndimage.gaussian_filter(sharp, 1.5, mode="wrap", truncate=8))
    assert rounds(noise(SIDE), USUAL, 1)[0] == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize("feedback", [USUAL, Feedback(blur=0.8, sharpening=1.0, radius=3.0), replace(USUAL, blur=3.0)])
def test_the_favoured_wave_is_where_the_transfer_function_is_highest(feedback: Feedback):
    frequency = np.linspace(1e-4, 0.5, 20_001)
    assert feedback.favoured == pytest.approx(1 / frequency[np.argmax(feedback.transfer(frequency))], rel=1e-3)


def test_with_too_little_sharpening_no_wave_is_favoured():
    feedback = Feedback(blur=3.0, sharpening=0.1, radius=3.0)
    assert feedback.favoured is None
    frequency = np.linspace(0, 0.5, 1001)
    assert np.argmax(feedback.transfer(frequency)) == 0


@pytest.mark.parametrize("blur", [0.8, 1.5, 2.2, 3.0])
@pytest.mark.parametrize("limit", [Limit.SOFT, Limit.HARD, Limit.CONTRAST])
def test_grains_have_the_predicted_size(blur: float, limit: Limit):
    feedback = replace(USUAL, blur=blur, limit=limit)
    for seed in (0, 1):
        assert grain_size(rounds(noise(192, seed), feedback, 30)) == pytest.approx(feedback.favoured, rel=0.1)


def test_the_grain_of_a_plane_wave_is_its_length():
    assert grain_size(plane_wave(8, 0, 1.0)) == pytest.approx(SIDE / 8, rel=0.01)
    assert grain_size(plane_wave(6, 8, 1.0)) == pytest.approx(SIDE / 10, rel=0.01)
    assert grain_size(np.zeros((1, 32, 32), np.float32)) is None


def test_the_spectrum_of_noise_is_flat():
    _, power = spectrum(noise(256, contrast=1.0))
    assert power[10:].mean() * 256**2 == pytest.approx(1.0, rel=0.02)
    assert power[100:].std() < 0.1 * power[100:].mean()


def test_every_wave_that_fades_leaves_grey():
    found = rounds(noise(64), replace(USUAL, gain=0.4), 60)
    assert float(found.std()) < 1e-3
    assert "fades" in carried("result", gain=0.4, rounds=60).exhibit.note


def test_contrast_is_kept_where_nothing_else_holds_it():
    assert float(rounds(noise(64), replace(USUAL, limit=Limit.CONTRAST), 5).std()) == pytest.approx(SPREAD, rel=1e-5)


def test_the_frequencies_are_in_waves_per_pixel():
    assert frequencies(64)[0, 32] == 0.5
    assert frequencies(64)[3, 4] == pytest.approx(5 / 64)


def test_a_quarter_turn_is_exact():
    picture = noise(65)
    still = Feedback(blur=0.0, sharpening=0.0, radius=1.0, limit=Limit.HARD)
    turned = rounds(picture, replace(still, turn=90.0), 1)
    assert turned[0] == pytest.approx(np.rot90(picture[0]), abs=1e-5)
    assert rounds(picture, replace(still, turn=90.0), 4) == pytest.approx(picture, abs=1e-4)


def test_enlargement_makes_waves_longer():
    wave = plane_wave(12, 0, 0.5)
    still = Feedback(blur=0.0, sharpening=0.0, radius=1.0, limit=Limit.HARD, zoom=1.1)
    middle = rounds(wave, still, 1)[:, 8:-8, 8:-8]
    assert grain_size(middle) == pytest.approx(1.1 * SIDE / 12, rel=0.05)


def test_a_picture_of_the_user_is_taken(tmp_path: Path):
    file = tmp_path / "disc.png"
    pixels = np.zeros((90, 60, 3), np.uint8)
    pixels[:, :, 0] = 255
    Pillow.fromarray(pixels).save(file)
    made = carried(
        "result", begins="picture", picture=str(file), rounds=1, sharpening=0.0, blur=0.0, limit="hard", side=64
    )
    assert made.image.reshape(-1, 3).min(axis=0)[0] == 255
    assert made.image.reshape(-1, 3).max(axis=0)[1] == 0
    assert made.recipe.values["picture"]["digest"]


def test_pictures_and_noise_come_to_the_same_grains():
    sizes = [
        float(reading(carried("result", begins=kind, rounds=60).exhibit, "size of the grains"))
        for kind in ("noise", "coloured")
    ]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.05)
    picture = carried("result", begins="picture", rounds=60).exhibit
    assert float(reading(picture, "size of the grains")) == pytest.approx(sizes[0], rel=0.3)


def test_the_measured_sizes_follow_the_computed_ones():
    main = carried("sizes", limit="contrast").exhibit.main
    assert isinstance(main, Plot)
    computed, measured = main.curves
    at_measured = np.interp(measured.x, computed.x, computed.y)
    assert measured.y[1:] == pytest.approx(at_measured[1:], rel=0.1)


def test_the_film_shows_every_round_and_the_wall_every_pair():
    film = carried("film", rounds=7, side=64).exhibit.main
    assert isinstance(film, Film)
    assert len(film.frames) == 8
    assert np.array_equal(film.frames[-1][::6, ::6], carried("result", rounds=7, side=64).image[::8, ::8])
    wall = carried("wall", variants=3, rounds=8).exhibit.main
    assert isinstance(wall, Wall)
    assert [tuple(picture.sets.values()) for picture in wall.pictures[:2]] == [(0.5, 0.5), (2.0, 0.5)]


def test_every_experiment_shows_something_and_the_same_again():
    for experiment in laboratory_of(*GRAIN).experiments:
        first, again = carried(experiment.id, rounds=8), carried(experiment.id, rounds=8)
        assert np.array_equal(first.image, again.image), experiment.id
        assert first.image.std() > 5, experiment.id


def test_the_seed_decides_the_noise():
    one, other = (carry_out(*GRAIN, "result", seed=seed).image for seed in (1, 2))
    assert not np.array_equal(one, other)
