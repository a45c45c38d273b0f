"""The laboratory of image statistics."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from alienlab.api import Cloud, Picture, Wall
from tests.fakes.laboratories import carry_out, laboratory_of

EXPERIMENTS = [experiment.id for experiment in laboratory_of("alienlab_statistics", "image-statistics").experiments]


def show(experiment: str, **values):
    return carry_out("alienlab_statistics", "image-statistics", experiment, **{"number": 60, **values})


def stack(shown) -> np.ndarray:
    assert isinstance(shown.exhibit.main, Wall)
    return np.stack([picture.pixels for picture in shown.exhibit.main.pictures])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two colours, three pictures of each."""
    for number in range(6):
        colour = (250, 20, 20) if number % 2 else (10, 10, 240)
        Pillow.new("RGB", (40, 40), colour).save(tmp_path / f"{number}.png")
    return tmp_path


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_every_experiment_gives_the_same_pixels_for_the_same_recipe(experiment: str) -> None:
    shown, again = show(experiment, seed=3), show(experiment, seed=3)
    np.testing.assert_array_equal(shown.image, again.image)
    assert shown.recipe.id() == again.recipe.id()


def test_thumbnails_are_pictures_of_the_folder(folder: Path) -> None:
    shown = stack(show("thumbnails", images=str(folder), shown=4))
    colours = {tuple(int(part) for part in picture[0, 0]) for picture in shown}
    assert len(shown) == 4 and colours <= {(250, 20, 20), (10, 10, 240)}


def test_the_average_of_two_colours_is_between_them(folder: Path) -> None:
    main = show("average", images=str(folder), contrast=1.0).exhibit.main
    assert isinstance(main, Picture)
    np.testing.assert_array_equal(main.pixels, np.broadcast_to([130, 15, 130], (32, 32, 3)))


def test_pixels_drawn_by_themselves_have_the_colours_that_there_are(folder: Path) -> None:
    shown = stack(show("pixels", images=str(folder), shown=20))
    red = (shown[..., 0] == 250).mean()
    assert set(np.unique(shown[..., 1])) == {10, 20} and red == pytest.approx(0.5, abs=0.02)


def test_pictures_of_a_gaussian_of_two_flat_colours_are_flat(folder: Path) -> None:
    shown = stack(show("gaussian", images=str(folder), shown=5)).astype(int)
    assert np.ptp(shown, axis=(1, 2)).max() == 0


def test_the_cloud_holds_pixels_in_their_own_colours(folder: Path) -> None:
    cloud = show("colours", images=str(folder), points=500).exhibit.main
    assert isinstance(cloud, Cloud)
    np.testing.assert_array_equal(cloud.points.astype(np.uint8), cloud.colours)
    assert len(cloud.points) == 500


def test_a_picture_becomes_more_like_itself_with_every_component() -> None:
    wall = show("rebuilt").exhibit.main
    assert isinstance(wall, Wall)
    rows = np.stack([picture.pixels for picture in wall.pictures]).reshape(-1, wall.columns, 32, 32, 3).astype(int)
    errors = np.abs(rows[:, :-1] - rows[:, -1:]).mean(axis=(0, 2, 3, 4))
    assert (np.diff(errors) < 0).all()
    assert errors[-1] < 1


def test_a_folder_is_known_by_what_it_holds(folder: Path) -> None:
    before = show("average", images=str(folder)).recipe
    Pillow.new("RGB", (40, 40)).save(folder / "9.png")
    assert show("average", images=str(folder)).recipe.id() != before.id()
