"""Measures of pixels, on images whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from alienlab.engine.measuring.pictures import flatness, noise_likeness, pixel_distance, similarity

SIDE, CELL = 96, 4


def noise(seed: int = 0, *, cell: int = CELL) -> np.ndarray:
    """Independent cells, a latent pixel each."""
    cells = np.random.default_rng(seed).integers(0, 256, (1, SIDE // cell, SIDE // cell, 3), dtype=np.uint8)
    return cells.repeat(cell, axis=1).repeat(cell, axis=2)


def ramp() -> np.ndarray:
    """Brightness spread evenly over the whole range."""
    row = np.linspace(0, 255, SIDE).round().astype(np.uint8)
    return np.broadcast_to(row[None, None, :, None], (1, SIDE, SIDE, 3)).copy()


def plain(value: int = 90) -> np.ndarray:
    return np.full((1, SIDE, SIDE, 3), value, np.uint8)


def blobs() -> np.ndarray:
    """Smooth shapes, as a picture has."""
    drawn = gaussian_filter(np.random.default_rng(3).normal(size=(SIDE, SIDE, 3)), sigma=(12, 12, 0))
    return (255 * (drawn - drawn.min()) / np.ptp(drawn)).astype(np.uint8)[None]


def test_equal_images_are_alike_and_no_pixel_apart() -> None:
    for image in (noise(), ramp(), plain()):
        assert similarity(image, image[0]) == pytest.approx(1.0)
        assert pixel_distance(image, image[0]) == 0.0


def test_the_pixel_distance_is_the_mean_absolute_difference() -> None:
    assert pixel_distance(plain(30), plain(81)[0])[0] == pytest.approx(51 / 255)
    assert pixel_distance(plain(0), plain(255)[0])[0] == pytest.approx(1.0)


def test_similarity_is_that_of_two_plain_grounds_in_closed_form() -> None:
    """Without structure only the luminance term is left: (2ab + c) / (a² + b² + c), c = 0.01²."""
    a, b = 30 / 255, 90 / 255
    expected = (2 * a * b + 1e-4) / (a * a + b * b + 1e-4)
    assert similarity(plain(30), plain(90)[0])[0] == pytest.approx(expected, abs=1e-4)


def test_every_row_is_measured_by_itself() -> None:
    images = np.concatenate([noise(), plain(), ramp()])
    other = ramp()[0]
    assert similarity(images, other) == pytest.approx([similarity(image[None], other)[0] for image in images])
    assert pixel_distance(images, other) == pytest.approx([pixel_distance(image[None], other)[0] for image in images])
    assert noise_likeness(images, cell=CELL) == pytest.approx(
        [noise_likeness(image[None], cell=CELL)[0] for image in images]
    )


def test_white_noise_is_as_noisy_as_white_noise() -> None:
    found = [noise_likeness(noise(seed), cell=CELL)[0] for seed in range(20)]
    assert np.mean(found) == pytest.approx(1.0, abs=0.08)
    assert min(found) > 0.8


def test_smooth_pictures_and_plain_grounds_are_not_noise() -> None:
    assert noise_likeness(ramp(), cell=CELL)[0] < 0.3
    assert noise_likeness(blobs(), cell=CELL)[0] < 0.5
    assert noise_likeness(plain(), cell=CELL)[0] == pytest.approx(0.0, abs=1e-9)


def test_noise_around_something_is_noise_still() -> None:
    image = noise()
    image[:, 30:66, 30:66] = 250
    assert noise_likeness(image, cell=CELL)[0] > 0.8


def test_flatness_runs_from_an_even_spread_to_a_single_colour() -> None:
    assert flatness(plain())[0] == 1.0
    assert flatness(ramp())[0] == pytest.approx(0.0, abs=0.02)
    halves = plain(100)
    halves[:, :, ::2] = 151  # a standard deviation of 0.1
    assert flatness(halves)[0] == pytest.approx(1 - 0.1 * np.sqrt(12), abs=0.01)


def test_tiny_images_are_measured_too() -> None:
    tiny = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), dtype=np.uint8)
    for measured in (similarity(tiny, tiny[0]), noise_likeness(tiny, cell=4), flatness(tiny)):
        assert np.isfinite(measured).all()
