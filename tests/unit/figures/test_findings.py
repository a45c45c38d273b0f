"""What figures tell of their images: grain, boundary, rank correlation, what is kept, where modules are."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from alienlab.domain.errors import RecogniserError
from alienlab.domain.recognition import Recognition
from alienlab.figures.altered_minds import rank_correlation
from alienlab.figures.gallery import seconds_text
from alienlab.figures.keeping import kept_share, recognised_words
from alienlab.figures.network_picture import Tile, network_picture
from alienlab.figures.rulial import boundary
from alienlab.figures.studio import Studio, Subject
from alienlab.figures.texture import grain_size, regularity
from tests.fakes.anatomies import unet_anatomy


@pytest.mark.parametrize("wavelength", [4.0, 8.0, 16.0])
def test_the_grain_of_a_chequered_image_is_its_wavelength(wavelength: float) -> None:
    x, y = np.meshgrid(np.arange(96), np.arange(96))
    frequency = 2 * math.pi / wavelength / math.sqrt(2)
    waves = np.cos(frequency * (x + y)) + np.cos(frequency * (x - y))
    image = np.repeat((127 + 40 * waves).astype(np.uint8)[..., None], 3, axis=-1)
    assert grain_size(image) == pytest.approx(wavelength, rel=0.2)


def test_a_grid_is_regular_and_noise_is_not() -> None:
    x, y = np.meshgrid(np.arange(96), np.arange(96))
    grid = np.where((x // 2 + y // 2) % 2, 60, 200).astype(np.uint8)
    noise = np.random.default_rng(1).integers(0, 256, (96, 96), np.uint8)
    grey = np.full((96, 96), 128, np.uint8)
    found = [regularity(np.repeat(one[..., None], 3, axis=-1)) for one in (grid, noise, grey)]
    assert found[0] > 0.9
    assert found[1] < 0.1
    assert found[2] == 0.0


def test_the_boundary_runs_along_what_is_kept_beside_what_is_not() -> None:
    shares = [1.0, 1.0, 0.0, 0.9, 0.1, None, 0.7, 0.6, 0.5]
    assert boundary(shares, 3) == [False, True, False, True, False, False, False, False, False]
    assert boundary([1.0, 1.0], 2) == [False, False]


def test_rank_correlation() -> None:
    assert rank_correlation([(1, 5), (2, 7), (3, 90)]) == pytest.approx(1.0)
    assert rank_correlation([(1, 9), (2, 7), (3, -math.inf)]) == pytest.approx(-1.0)
    assert rank_correlation([(1, 1), (2, 2)]) == 0.0


def _said(*subjects: tuple[str, float], attribute: tuple[str, float] = ("no attribute", 0.9)) -> Recognition:
    return Recognition(subjects=subjects, attributes=(attribute,), nothing="nothing I know", recogniser="r")


def test_a_concept_is_kept_as_far_as_its_least_kept_word() -> None:
    intact = _said(("cat", 1.0), attribute=("party hat", 0.8))
    assert recognised_words(intact) == ("cat", "party hat")
    assert kept_share(intact, _said(("cat", 0.9), attribute=("party hat", 0.4))) == pytest.approx(0.5)
    assert kept_share(intact, _said(("dog", 0.9), ("cat", 0.1), attribute=("party hat", 0.9))) == pytest.approx(0.1)
    assert kept_share(intact, _said(("dog", 1.0))) == 0.0
    assert kept_share(intact, None) is None


def test_where_nothing_is_known_nothing_can_be_kept() -> None:
    lost = _said(("nothing I know", 0.9), ("cat", 0.1))
    assert recognised_words(lost) == recognised_words(None) == ()
    assert recognised_words(_said(("cat", 0.4))) == ()
    assert kept_share(lost, _said(("cat", 1.0))) is None


def test_the_network_picture_shows_every_module_once() -> None:
    anatomy = unet_anatomy()
    colours = np.asarray([(200, number % 256, number // 256) for number in range(len(anatomy))], np.uint8)
    tiles = [Tile(path, np.tile(colour, (8, 8, 1))) for path, colour in zip(anatomy.paths, colours, strict=True)]
    pixels = network_picture(anatomy, tiles).reshape(-1, 3)
    found = pixels[pixels[:, 0] == 200].astype(int)
    counts = np.bincount(found[:, 1] + 256 * found[:, 2], minlength=len(anatomy))[: len(anatomy)]
    assert counts.min() == counts.max() == 64 * 64


def test_a_figure_of_recognition_asks_for_a_recogniser() -> None:
    lab: Any = SimpleNamespace(info=SimpleNamespace(recogniser=None))
    session: Any = None
    experiments: Any = None
    with pytest.raises(RecogniserError, match="--recogniser"):
        Studio(lab, session, Subject(), experiments=experiments).recognise([])


def test_seconds_are_said_as_people_say_them() -> None:
    assert [seconds_text(value) for value in (0.44, 9.96, 12.4, 59.7, 125.2)] == [
        *("0.4 s", "10.0 s", "12 s", "1 min 0 s", "2 min 5 s")
    ]
