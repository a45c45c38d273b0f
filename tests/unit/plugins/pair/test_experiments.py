"""The experiments on a network that has hardly learned anything: what they promise holds there too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from alienlab_pair.learning import Lesson, learn
from alienlab_pair.materials import Pair, to_signal
from alienlab_pair.pictures import cat, fox
from PIL import Image as Pillow

from alienlab.api import AlienLabError, Stopped
from alienlab.domain.laboratories.exhibits import Exhibit, Film, Wall
from alienlab.domain.laboratories.parameters import Material
from alienlab.domain.laboratories.ports import Carried
from alienlab.extensions.workbench import Surroundings
from tests.fakes.laboratories import SURROUNDINGS, carry_out, laboratory_of, network_of

TWO = ("alienlab_pair", "two-images")
QUICK = {"training": 20, "width": 16, "noises": 4, "steps": 3, "doses": 3}


def carried(experiment: str, *, seed: int = 0, surroundings: Surroundings = SURROUNDINGS, **values: Any) -> Carried:
    laboratory = laboratory_of(*TWO)
    found = laboratory.experiment(experiment)
    assert found is not None
    quick = {id_: value for id_, value in QUICK.items() if id_ in found.parameters}
    return carry_out(*TWO, experiment, seed=seed, surroundings=surroundings, **{**quick, **values})


def reading(exhibit: Exhibit, name: str) -> float:
    return float(next(one.value for one in exhibit.readings if one.name == name))


def lesson(**changes: Any) -> Lesson:
    pair = Pair(np.stack([to_signal(cat()), to_signal(fox())]), ("cat", "fox"))
    return Lesson(**{"pair": pair, "schedule": "cosine", "steps": 20, "width": 16, "seed": 0, **changes})


@pytest.mark.parametrize("experiment", [one.id for one in laboratory_of(*TWO).experiments])
def test_the_same_recipe_gives_the_same_pixels(experiment: str):
    first, second = carried(experiment, seed=3), carried(experiment, seed=3)
    assert np.array_equal(first.image, second.image)
    assert first.recipe.id() == second.recipe.id()


def test_training_anew_gives_the_same_network_with_any_number_of_threads():
    one, two = (lesson().untrained() for _ in range(2))
    losses = list(learn(one, lesson(steps=3)))
    before = torch.get_num_threads()
    torch.set_num_threads(3 - min(before, 2))
    try:
        assert list(learn(two, lesson(steps=3))) == losses
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), two.state_dict().values(), strict=True))


def test_training_learns():
    losses = list(learn(lesson().untrained(), lesson()))
    assert np.mean(losses[-4:]) < 0.9 * losses[0]


def test_the_last_picture_of_both_images_is_the_same_noise():
    main = carried("noising", steps=5).exhibit.main
    assert isinstance(main, Wall) and main.columns == 6 and main.row_titles == ("cat", "fox")
    assert np.array_equal(main.pictures[0].pixels, cat())
    assert np.array_equal(main.pictures[6].pixels, fox())
    last = main.pictures[5].pixels.astype(int) - main.pictures[11].pixels
    assert np.abs(last).max() <= 3
    _, noise, measured = carried("noising", steps=5).exhibit.plots[0].curves
    assert np.allclose(noise.y, measured.y, rtol=0.08)


def test_a_lesion_that_changes_nothing_changes_nothing():
    exhibit = carried("lesioned", lesions=("*:scale=1", "mid_block.*:noise=0@7")).exhibit
    assert reading(exhibit, "change of the images") == 0
    assert reading(exhibit, "fall elsewhere") == 0


def test_as_long_as_nothing_is_chosen_an_example_is_lesioned_and_named():
    example = carried("lesioned").exhibit
    assert reading(example, "change of the images") > 0
    assert "An example: up_blocks.1.*:noise=0.3@1" in example.note
    assert "An example" not in carried("lesioned", lesions=("conv_out:zero",)).exhibit.note


def test_lesions_do_not_last():
    intact = carried("many").image
    altered = carried("many", lesions=("up_blocks.*:noise=0.5@3",)).image
    assert not np.array_equal(intact, altered)
    assert np.array_equal(intact, carried("many").image)
    assert reading(carried("lesioned", lesions=("conv_out:zero",)).exhibit, "change of the images") > 0


@pytest.mark.parametrize("dose_of", ["noise", "fading", "growing", "lesions"])
def test_doses_begin_with_the_intact_network(dose_of: str):
    main = carried("doses", dose_of=dose_of, lesions=("conv_out:zero",), highest=1.0).exhibit.main
    whole = carried("many").exhibit.main
    assert isinstance(main, Wall) and isinstance(whole, Wall)
    for shown, alone in zip(main.pictures[: main.columns], whole.pictures, strict=True):
        assert np.array_equal(shown.pixels, alone.pixels)
    assert not np.array_equal(main.pictures[-1].pixels, whole.pictures[-1].pixels)


def test_the_last_dose_of_lesions_is_the_lesions():
    lesions = ("down_blocks.1.*:zero",)
    main = carried("doses", dose_of="lesions", lesions=lesions, highest=1.0).exhibit.main
    whole = carried("many", lesions=lesions).exhibit.main
    assert isinstance(main, Wall) and isinstance(whole, Wall)
    assert np.array_equal(main.pictures[-1].pixels, whole.pictures[-1].pixels)


def test_noise_number_n_is_that_of_the_wall():
    many = carried("many", noises=4).exhibit.main
    one = carried("backwards", noise=3).exhibit.main
    assert isinstance(many, Wall) and isinstance(one, Wall)
    assert dict(many.pictures[2].sets) == {"noise": 3}
    apart = one.pictures[one.columns - 1].pixels.astype(int) - many.pictures[2].pixels
    assert np.abs(apart).max() <= 1  # rounding alone: a batch of one is computed in another order


def test_long_ways_are_broken_into_rows_of_both_kinds():
    main = carried("noising", steps=9).exhibit.main
    assert isinstance(main, Wall)
    assert (main.columns, main.row_titles) == (5, ("cat", "fox", "cat", "fox"))
    assert np.array_equal(main.pictures[5].pixels, fox())
    assert len(main.pictures) == 20
    odd = carried("noising", steps=8).exhibit.main
    assert isinstance(odd, Wall) and len(odd.pictures) == 20
    assert np.ptp(odd.pictures[-1].pixels) == 0


def test_all_noises_are_counted():
    readings = carried("many", noises=6).exhibit.readings[:3]
    assert sum(int(one.value) for one in readings) == 6


def test_films_have_a_frame_for_each_step():
    for experiment in ("noising", "backwards"):
        main = carried(experiment, shown="film", steps=4).exhibit.main
        assert isinstance(main, Film) and len(main.frames) == len(main.captions) == 5


def test_training_is_shown_while_it_goes_on_and_can_be_stopped():
    shown: list[Exhibit] = []
    fractions: list[float | None] = []
    surroundings = Surroundings()

    def progress(fraction: float | None, message: str) -> None:
        fractions.append(fraction)

    with pytest.raises(Stopped):
        carry_out(
            *TWO,
            "training",
            training=40,
            width=16,
            surroundings=surroundings,
            show=shown.append,
            progress=progress,
            is_stopped=lambda: len(shown) >= 2,
        )
    assert len(shown[0].plots[0].curves[0].y) < 40
    assert isinstance(shown[0].main, Wall)
    assert fractions[0] == 0


def test_a_training_that_was_stopped_begins_anew():
    surroundings = Surroundings()
    with pytest.raises(Stopped):
        carry_out(*TWO, "training", surroundings=surroundings, is_stopped=lambda: True, **{"training": 20, "width": 16})
    assert np.array_equal(carried("training", surroundings=surroundings).image, carried("training").image)


def test_own_images_are_learned(tmp_path: Path):
    own = np.zeros((40, 60, 3), np.uint8)
    own[:, :30] = (255, 0, 0)
    Pillow.fromarray(own).save(tmp_path / "own.png")
    shown = carried("noising", first=Material(str(tmp_path / "own.png")), first_word="half red")
    main = shown.exhibit.main
    assert isinstance(main, Wall)
    assert main.row_titles == ("half red", "fox")
    assert main.pictures[0].pixels[5, 5].tolist() == [255, 0, 0]
    assert main.pictures[0].pixels[5, 28].tolist() == [0, 0, 0]
    assert shown.recipe.values["first"]["digest"]


def test_equal_images_are_refused(tmp_path: Path):
    Pillow.fromarray(fox()).save(tmp_path / "fox.png")
    with pytest.raises(AlienLabError, match="the same"):
        carried("many", first=Material(str(tmp_path / "fox.png")))


def test_its_network_is_drawn_as_a_brain():
    anatomy = network_of(*TWO, width=16).anatomy
    paths = {module.path for module in anatomy.modules}
    assert {"conv_in", "conv_out", "mid_block.resnets.0.conv1"} <= paths
    assert len(paths) > 100
