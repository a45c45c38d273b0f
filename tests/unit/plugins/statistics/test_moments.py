"""Pictures have the statistics that they were drawn from."""

import numpy as np
import pytest
from alienlab_statistics.moments import (
    VALUES,
    Components,
    as_pictures,
    average,
    drawn_from_gaussian,
    drawn_pixel_by_pixel,
)


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    """Soft random pictures: each a sum of five waves with colours of their own."""
    random = np.random.default_rng(3)
    places = np.stack(np.meshgrid(np.arange(32), np.arange(32)), axis=-1) / 32
    waves = np.sin(2 * np.pi * (places @ random.integers(-2, 3, size=(2, 5))) + random.uniform(0, 6, 5))
    weights = random.standard_normal((240, 5, 3)) * np.array([40, 25, 20, 10, 5])[:, None]
    return np.clip(np.einsum("hwk,nkc->nhwc", waves, weights) + 128, 0, 255).astype(np.uint8)


def test_samples_have_the_mean_and_the_covariance_of_the_pictures(pictures: np.ndarray) -> None:
    drawn = drawn_from_gaussian(pictures, 20_000, np.random.default_rng(0))
    rows = pictures.reshape(len(pictures), VALUES).astype(np.float64)
    few = np.arange(0, VALUES, 211)
    wanted = np.cov(rows[:, few].T)
    found = np.cov(drawn[:, few].T.astype(np.float64))
    scale = np.sqrt(np.outer(np.diag(wanted), np.diag(wanted)))
    assert np.abs((found - wanted) / scale).max() < 0.04  # five standard errors of a correlation of 20,000 samples
    assert np.abs(drawn.mean(0) - rows.mean(0)).max() < 5 * np.sqrt(rows.var(0).max() / 20_000)


def test_components_are_those_of_numpys_singular_values(pictures: np.ndarray) -> None:
    found = Components.of(pictures)
    rows = pictures.reshape(len(pictures), VALUES).astype(np.float64)
    singular = np.linalg.svd(rows - rows.mean(0), compute_uv=False)
    np.testing.assert_allclose(found.variances[:15], singular[:15] ** 2 / (len(rows) - 1), rtol=1e-3)
    np.testing.assert_allclose(found.axes[:15] @ found.axes[:15].T, np.eye(15), atol=1e-4)


def test_all_components_rebuild_a_picture_and_none_gives_the_average(pictures: np.ndarray) -> None:
    found = Components.of(pictures)
    assert np.abs(as_pictures(found.rebuilt(pictures[:4], first=len(found))).astype(int) - pictures[:4]).max() <= 1
    np.testing.assert_allclose(found.rebuilt(pictures[:1], first=0)[0], pictures.reshape(-1, VALUES).mean(0), atol=0.01)


def test_samples_of_the_first_components_vary_along_these_alone(pictures: np.ndarray) -> None:
    found = Components.of(pictures)
    drawn = found.drawn(4000, np.random.default_rng(1), first=3) - found.mean
    np.testing.assert_allclose((drawn @ found.axes[:3].T).var(0), found.variances[:3], rtol=0.1)
    assert np.abs(drawn @ found.axes[3:8].T).max() < 0.05


def test_pixels_drawn_by_place_come_from_their_place(pictures: np.ndarray) -> None:
    ramp = np.broadcast_to(np.arange(32, dtype=np.uint8)[None, None, :, None], (5, 32, 32, 3))
    by_place = drawn_pixel_by_pixel(np.ascontiguousarray(ramp), 3, np.random.default_rng(0), by_place=True)
    np.testing.assert_array_equal(by_place, np.broadcast_to(ramp[0], (3, 32, 32, 3)))
    anywhere = drawn_pixel_by_pixel(pictures, 50, np.random.default_rng(0), by_place=False)
    colours = {tuple(colour) for colour in pictures.reshape(-1, 3)}
    assert {tuple(colour) for colour in anywhere.reshape(-1, 3)} <= colours


def test_the_average_of_equal_pictures_is_that_picture(pictures: np.ndarray) -> None:
    same = np.repeat(pictures[:1], 7, axis=0)
    np.testing.assert_array_equal(average(same, contrast=1.0), pictures[0])


def test_contrast_enlarges_the_differences_from_the_mean_colour() -> None:
    halves = np.full((2, 32, 32, 3), 100, np.uint8)
    halves[:, :16] = 110
    shown = average(halves, contrast=4.0)
    assert (int(shown[0, 0, 0]), int(shown[31, 0, 0])) == (125, 85)
