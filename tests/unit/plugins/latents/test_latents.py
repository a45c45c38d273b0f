"""Operations on latents do what they are called, in the box and on the channels that were chosen."""

import math

import numpy as np
import pytest
from alienlab_latents.latents import Operation, altered, decibels, noised, slices_of

EVERYTHING = (0.0, 0.0, 0.0, 0.0)
RIGHT_HALF = (0.5, 0.0, 1.0, 1.0)


@pytest.fixture
def latents() -> np.ndarray:
    return np.random.default_rng(2).standard_normal((4, 12, 16)).astype(np.float32)


def do(latents: np.ndarray, operation: Operation, amount: float = 0.5, **options) -> np.ndarray:
    settings = {"channels": [0, 2], "box": EVERYTHING, "other": -latents, "random": np.random.default_rng(0)}
    return altered(latents, operation, amount, **{**settings, **options})


@pytest.mark.parametrize("operation", Operation)
def test_only_the_chosen_channels_and_the_box_change(operation: Operation, latents: np.ndarray) -> None:
    found = do(latents, operation, box=RIGHT_HALF)
    np.testing.assert_array_equal(found[[1, 3]], latents[[1, 3]])
    np.testing.assert_array_equal(found[:, :, :8], latents[:, :, :8])
    assert not np.array_equal(found[[0, 2]], latents[[0, 2]])


@pytest.mark.parametrize(
    ("operation", "amount"),
    [(Operation.SCALE, 1.0), (Operation.NOISE, 0.0), (Operation.OTHER, 0.0), (Operation.BLUR, 0.0)],
)
def test_amounts_that_change_nothing_change_nothing(operation: Operation, amount: float, latents: np.ndarray) -> None:
    np.testing.assert_array_equal(do(latents, operation, amount), latents)


def test_all_noise_is_the_same_as_randomizing(latents: np.ndarray) -> None:
    np.testing.assert_allclose(do(latents, Operation.NOISE, 1.0), do(latents, Operation.RANDOMIZE), rtol=1e-6)


def test_scaling_by_nothing_is_the_same_as_zero(latents: np.ndarray) -> None:
    np.testing.assert_array_equal(do(latents, Operation.SCALE, 0.0), do(latents, Operation.ZERO))


def test_noise_has_the_mean_and_spread_of_what_it_replaces() -> None:
    large = np.random.default_rng(4).normal(3.0, 0.5, (1, 200, 200)).astype(np.float32)
    found = do(large, Operation.RANDOMIZE, channels=[0])
    assert abs(found.mean() - 3.0) < 0.02 and abs(found.std() - 0.5) < 0.01


def test_mirroring_twice_and_averaging_keep_what_they_should(latents: np.ndarray) -> None:
    np.testing.assert_array_equal(do(do(latents, Operation.MIRROR), Operation.MIRROR), latents)
    assert do(latents, Operation.AVERAGE)[0].mean() == pytest.approx(latents[0].mean(), abs=1e-6)


def test_the_whole_of_the_second_picture_is_the_second_picture(latents: np.ndarray) -> None:
    np.testing.assert_array_equal(do(latents, Operation.OTHER, 1.0)[0], -latents[0])


@pytest.mark.parametrize(
    ("box", "rows", "columns"),
    [
        (EVERYTHING, (0, 12), (0, 16)),
        (RIGHT_HALF, (0, 12), (8, 16)),
        ((0.99, 0.99, 1.0, 1.0), (11, 12), (15, 16)),
        ((0.1, 0.1, 0.11, 0.11), (1, 2), (1, 2)),
    ],
)
def test_a_box_covers_whole_latent_pixels(
    box: tuple[float, ...], rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    assert slices_of(box, 12, 16) == (slice(*rows), slice(*columns))


def test_noising_keeps_the_variance_of_what_has_variance_one() -> None:
    random = np.random.default_rng(7)
    values, noise = random.standard_normal((2, 100_000))
    for share in (0.0, 0.3, 1.0):
        found = noised(values, share, noise)
        assert found.var() == pytest.approx(1.0, abs=0.02)
        assert np.corrcoef(found, values)[0, 1] == pytest.approx(math.sqrt(share), abs=0.01)


def test_decibels_of_a_known_error() -> None:
    black = np.zeros((4, 4, 3), np.uint8)
    assert decibels(black, black) == math.inf
    assert decibels(black, black + 255) == 0.0
    assert decibels(black, black + 51) == pytest.approx(20 * math.log10(5))
