"""Every laboratory that comes with AlienLab, on the command line: the same recipe gives the same pixels elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.extensions.discovery import find_plugins
from alienlab.session.png import read_png
from tests.fakes.laboratories import carry_out
from tests.integration.conftest import Run

IMPORTS_TORCH = {"digits", "latent-pixels", "two-images"}
"""Which takes seconds, and training more."""
LABORATORIES = Shelf(found=find_plugins(Path("no-such-folder"))).offers(Laboratory)


@pytest.mark.parametrize(
    "laboratory",
    [pytest.param(one, id=one.id, marks=pytest.mark.slow if one.id in IMPORTS_TORCH else ()) for one in LABORATORIES],
)
def test_the_same_recipe_gives_the_same_pixels(run: Run, tmp_path: Path, laboratory: Laboratory) -> None:
    experiment = next(one for one in laboratory.experiments if one.is_live)
    words = ("lab", laboratory.id, experiment.id, "--seed", 11, "-o", "made.png")
    assert run(*words) == (0, "made.png", "")
    stamped = read_png(tmp_path / "made.png")
    assert (stamped.recipe.laboratory, stamped.recipe.experiment) == (laboratory.key, experiment.id)
    package = experiment.code.target.partition(".")[0]
    again = carry_out(package, laboratory.id, experiment.id, seed=11, **stamped.recipe.values)
    assert again.recipe == stamped.recipe
    np.testing.assert_array_equal(again.image, stamped.image)
    assert stamped.image.std() > 1


@pytest.mark.parametrize("laboratory", LABORATORIES, ids=lambda one: one.id)
def test_each_explains_itself(run: Run, laboratory: Laboratory) -> None:
    code, said, _ = run("lab", laboratory.id, "--help")
    assert code == 0
    text = " ".join(said.split())
    assert laboratory.guide in text
    for experiment in laboratory.experiments:
        assert f"{experiment.id}: {experiment.summary}" in text
    assert len(laboratory.guide) > 300
    for parameter in laboratory.parameters:
        assert parameter.hint, f"{parameter.id} of {laboratory.id} has no hint"
