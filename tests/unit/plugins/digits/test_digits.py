"""Digits as attractors, against what is known of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from alienlab_digits.falling import NOWHERE, classes_of, ends, way
from alienlab_digits.network import Lesson, learn
from alienlab_digits.trained import Trained, trained
from alienlab_digits.written import averages, learned_and_held_out
from torch import nn

from alienlab.api import Values, Workbench
from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.exhibits import Exhibit, Film, Picture, Wall
from alienlab.domain.laboratories.ports import Carried
from tests.fakes.laboratories import carry_out, laboratory_of, network_of

DIGITS = ("alienlab_digits", "digits")


def carried(experiment: str, **values: Any) -> Carried:
    return carry_out(*DIGITS, experiment, **values)


def reading(exhibit: Exhibit, name: str) -> float:
    return float(next(one.value for one in exhibit.readings if one.name == name))


@pytest.fixture(scope="module")
def network() -> nn.Module:
    """One that learned as that of the defaults does."""
    lesson = Lesson(500, 40, 0)
    made = lesson.untrained()
    assert len(list(learn(made, lesson))) == 500
    return made


def test_no_digit_is_both_learned_and_held_out():
    learned, held_out = learned_and_held_out()
    assert len(learned.labels) + len(held_out.labels) == 1797
    both = {row.tobytes() for row in learned.inputs} & {row.tobytes() for row in held_out.inputs}
    assert not both


def test_held_out_digits_fall_to_their_class(network: nn.Module):
    _, held_out = learned_and_held_out()
    noise = np.random.default_rng(1).standard_normal(held_out.inputs.shape).astype(np.float32)
    found = ends(network, held_out.inputs + 0.2 * noise, iterations=16, pull=0.3)
    assert found.share_at(held_out.labels) > 0.93
    assert reading(carried("training").exhibit, "held-out digits that arrive") > 93


def test_averages_are_attractors(network: nn.Module):
    """They stay where they are, and nothing leaves them by itself."""
    assert classes_of(averages()).tolist() == list(range(10))
    states = way(network, averages(), iterations=60, pull=0.3)
    assert np.abs(states[-1] - averages()).max() < 0.3
    assert np.allclose(states[-1], states[-2], atol=1e-3)


def test_more_noise_leads_astray():
    shares = carried("many", starts=200).exhibit.plots[0].curves[0].y
    assert shares[0] > 0.9
    assert shares[-1] < shares[3] < shares[0] + 0.01


def test_chunks_do_not_matter(network: nn.Module):
    """A point of a plane falls where it falls alone."""
    starts = np.random.default_rng(0).standard_normal((700, 64)).astype(np.float32)
    together = ends(network, starts, iterations=12, pull=0.3)
    states = way(network, starts[650:660], iterations=12, pull=0.3)
    assert together.classes[650:660].tolist() == classes_of(states[-1]).tolist()
    classes = np.stack([classes_of(state) for state in states])
    for place in range(10):
        soon = together.soon[650 + place]
        assert len(set(classes[soon:, place].tolist())) == 1
        assert soon == 0 or classes[soon - 1, place] != classes[soon, place]


def test_the_point_falls_as_its_plane_does():
    exhibit = carried("basins", point=(0.1, 0.9), detail=64).exhibit
    assert isinstance(exhibit.main, Picture)
    assert exhibit.main.x is not None and exhibit.main.x.low == -exhibit.main.x.high
    shares = [one for one in exhibit.readings if one.name.startswith("falls to")]
    assert sum(float(one.value) for one in shares) == pytest.approx(100, abs=0.6)
    assert exhibit.readings[0].value == "0"


def test_a_lesion_that_changes_nothing_changes_nothing():
    intact = carried("basins").image
    for lesions in (("*:scale=1",), ("*:noise=0",), ("middle.0:noise=0@5",)):
        assert np.array_equal(intact, carried("basins", lesions=lesions).image)


def test_lesions_move_basins():
    exhibit = carried("lesioned", lesions=("middle.0:noise=0.5@3",)).exhibit
    assert reading(exhibit, "of the plane moved") > 1
    assert isinstance(exhibit.main, Wall)
    intact, altered = (picture.pixels for picture in exhibit.main.pictures)
    assert not np.array_equal(intact, altered)


def test_as_long_as_nothing_is_chosen_an_example_is_lesioned_and_named():
    example = carried("lesioned").exhibit
    assert reading(example, "of the plane moved") > 10
    assert "An example: middle.0:noise=0.5@3" in example.note
    assert reading(carried("lesioned", lesions=("*:scale=1",)).exhibit, "of the plane moved") == 0


def test_lesions_do_not_last(network: nn.Module, monkeypatch: pytest.MonkeyPatch):
    used: list[Trained] = []

    def noted(values: Values, workbench: Workbench) -> Trained:
        used.append(trained(values, workbench))
        return used[-1]

    monkeypatch.setattr("alienlab_digits.wounds.trained", noted)
    carried("lesioned", lesions=("*:noise=0.5@3",))
    carried("doses", doses=3)
    kept = used[0].network.state_dict()
    assert used[0] is used[1]
    assert all(torch.equal(tensor, kept[name]) for name, tensor in network.state_dict().items())


def test_a_lesion_of_no_module_is_refused():
    with pytest.raises(AlienLabError, match="nothing_here"):
        carried("basins", lesions=("nothing_here:zero",))


@pytest.mark.parametrize("dose_of", ["noise", "fading", "growing", "lesions"])
def test_doses_begin_intact(dose_of: str):
    exhibit = carried("doses", dose_of=dose_of, doses=3, highest=1.0, lesions=("decoder.*:zero",), starts=50).exhibit
    arrive, moved, _ = exhibit.plots[0].curves
    assert moved.y[0] == 0
    assert arrive.y[0] > 0.8
    assert moved.y[-1] > 0


def test_dead_networks_leave_one_end():
    exhibit = carried("left", dose_of="fading", highest=1.0, doses=4).exhibit
    ends_left = exhibit.plots[0].curves[0].y
    assert ends_left[0] >= 9
    assert ends_left[-1] == 1


def test_a_blank_network_reaches_no_digit():
    dead = Lesson(20, 8, 0).untrained()
    for parameter in dead.parameters():
        parameter.data.zero_()
    found = ends(dead, averages(), iterations=40, pull=1.0)
    assert set(found.classes.tolist()) == {NOWHERE}


def test_training_is_the_same_each_time():
    first, second = (Lesson(20, 16, 3) for _ in range(2))
    networks = [lesson.untrained() for lesson in (first, second)]
    losses = [list(learn(network, lesson)) for network, lesson in zip(networks, (first, second), strict=True)]
    assert losses[0] == losses[1]
    assert losses[0][-1] < losses[0][0]


@pytest.mark.parametrize("experiment", [one.id for one in laboratory_of(*DIGITS).experiments])
def test_the_same_recipe_gives_the_same_pixels(experiment: str):
    values = {"doses": 3} if experiment in ("doses", "left") else {}
    assert np.array_equal(carried(experiment, seed=4, **values).image, carried(experiment, seed=4, **values).image)


def test_films_have_a_frame_for_each_iteration():
    main = carried("fall", shown="film", iterations=7).exhibit.main
    assert isinstance(main, Film)
    assert len(main.frames) == len(main.captions) == 9  # as written, noisy, and seven iterations


def test_its_network_can_be_shown_on_the_map():
    anatomy = network_of(*DIGITS).anatomy
    paths = [module.path for module in anatomy.modules]
    assert paths == ["encoder.0", "middle.0", "middle.2", "decoder.0", "decoder.2"]
