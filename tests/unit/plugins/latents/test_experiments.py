"""The laboratory of latent pixels on the embedded brain."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from alienlab.api import Picture, Wall
from tests.fakes.laboratories import carry_out

SMALL = 48


def show(experiment: str, **values):
    return carry_out("alienlab_latents", "latent-pixels", experiment, **values)


def pictures(shown) -> tuple[Picture, ...]:
    assert isinstance(shown.exhibit.main, Wall)
    return shown.exhibit.main.pictures


def readings(shown) -> dict[str, object]:
    return {reading.name: reading.value for reading in shown.exhibit.readings}


def test_the_default_picture_comes_back_almost_as_it_was() -> None:
    shown = show("round-trip")
    original, back, difference = (picture.pixels.astype(int) for picture in pictures(shown))
    assert original.shape == (96, 96, 3)
    assert np.abs(original - back).mean() < 4
    np.testing.assert_array_equal(difference, np.minimum(4 * np.abs(original - back), 255))
    assert readings(shown)["numbers in the latent"] == 4 * 24 * 24


def test_an_operation_that_changes_nothing_gives_the_picture_that_comes_back() -> None:
    plain = pictures(show("round-trip", side=SMALL))[1].pixels
    shown = show("alter", side=SMALL, operation="scale", amount=1.0)
    np.testing.assert_array_equal(shown.image, plain)
    assert readings(shown)["mean change of the picture"] == 0.0


def test_altering_a_part_leaves_what_is_far_from_it_as_it_was() -> None:
    plain = pictures(show("round-trip"))[1].pixels.astype(int)
    altered = show("alter", operation="zero", channel_2=True, box=[0.0, 0.0, 0.25, 0.25]).image.astype(int)
    change = np.abs(altered - plain).mean(axis=2)
    assert change[:24, :24].mean() > 20 * change[60:, 60:].mean()


def test_the_ends_of_a_mixture_are_the_two_pictures() -> None:
    shown = pictures(show("mix", side=SMALL, columns=3))
    one, other = shown[0].pixels.astype(int), shown[2].pixels.astype(int)
    np.testing.assert_allclose(shown[1].pixels, (one + other) / 2, atol=1)
    first, second = (pictures(show("round-trip", side=SMALL, image=None))[1].pixels, shown[5].pixels)
    np.testing.assert_array_equal(shown[3].pixels, first)
    assert np.abs(second.astype(int) - other).mean() < 6


def test_a_scaled_channel_passes_through_the_picture_as_it_is() -> None:
    shown = pictures(show("each-channel", side=SMALL, columns=4))  # factors −1, 0, 1, 2
    plain = pictures(show("round-trip", side=SMALL))[1].pixels
    for channel in range(4):
        np.testing.assert_array_equal(shown[4 * channel + 2].pixels, plain)


def test_the_schedule_begins_with_the_picture_and_ends_in_noise() -> None:
    shown = pictures(show("noise", side=SMALL, columns=3))
    original = pictures(show("round-trip", side=SMALL))[0].pixels.astype(float)

    def likeness(place: int) -> float:
        return float(np.corrcoef(shown[place].pixels.ravel(), original.ravel())[0, 1])

    assert likeness(0) > 0.98 and abs(likeness(2)) < 0.35
    assert likeness(0) > likeness(1) > likeness(2)


def test_the_same_recipe_gives_the_same_pixels_and_another_seed_others() -> None:
    one, again, other = (
        show("alter", side=SMALL, operation="randomize", channel_3=True, seed=seed).image for seed in (4, 4, 5)
    )
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_a_picture_from_a_file_is_cut_square_and_known_by_its_pixels(tmp_path: Path) -> None:
    file = tmp_path / "wide.png"
    Pillow.new("RGB", (200, 100), (200, 30, 30)).save(file)
    shown = show("round-trip", image=str(file), side=64)
    assert pictures(shown)[0].pixels.shape == (64, 64, 3)
    assert len(shown.recipe.values["image"]["digest"]) == 64


@pytest.mark.parametrize("experiment", ["channels", "altered-channels"])
def test_channels_stand_beside_what_they_decode_to(experiment: str) -> None:
    shown = pictures(show(experiment, side=SMALL))
    assert len(shown) % 5 == 0
    assert {picture.pixels.shape for picture in shown} == {(48, 48, 3), (12, 12, 3)}
