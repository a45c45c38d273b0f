"""Filmstrips of made-up latents."""

from __future__ import annotations

import numpy as np
import pytest

from alienlab.domain.errors import RecipeError
from alienlab.domain.filmstrip import Filmstrip, Frame, enlarged
from tests.fakes.recipes import make_recipe

SHAPE = (4, 6, 6)


def film(*values: np.ndarray) -> Filmstrip:
    blank = np.zeros((6, 6, 3), np.uint8)
    frames = (Frame(step, latents.astype(np.float16), blank, blank) for step, latents in enumerate(values))
    return Filmstrip(make_recipe(), tuple(frames))


def test_a_change_is_the_root_mean_square_of_the_difference() -> None:
    start = np.random.default_rng(1).normal(size=SHAPE)
    found = film(start, start + 0.5, start + 0.5, start - 0.5).changes
    assert found == pytest.approx((0.5, 0.0, 1.0), abs=1e-3)


def test_one_grey_scale_serves_all_frames_of_a_channel() -> None:
    bright, dark = np.full(SHAPE, 1.0), np.full(SHAPE, -1.0)
    first, second, third = film(bright, dark, np.zeros(SHAPE)).channel(2)
    assert first.shape == (6, 6, 3)
    assert int(first[0, 0, 0]) - 128 == pytest.approx(128 - int(second[0, 0, 0]), abs=1)
    assert third[0, 0, 0] == 128
    assert first[0, 0, 0] > 150


def test_what_is_not_finite_does_not_spoil_the_other_frames() -> None:
    broken = np.full(SHAPE, np.inf)
    made = film(np.ones(SHAPE), broken)
    assert np.isfinite(made.changes).all()
    assert made.channel(0)[1][0, 0, 0] == 128
    assert film(np.zeros(SHAPE)).channel(0)[0][0, 0, 0] == 128


def test_pixels_are_enlarged_to_squares() -> None:
    image = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    large = enlarged(image, 3)
    assert large.shape == (6, 6, 3)
    assert np.array_equal(large[::3, ::3], image)
    assert np.array_equal(large[2::3, 2::3], image)


def test_a_film_has_at_least_one_frame() -> None:
    with pytest.raises(RecipeError):
        film()
