"""The figures of laboratories: what is measured, and how it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from alienlab.bench.figures import figure_of, report
from alienlab.bench.labs import CHANGES, DEMANDS, slider_changes
from alienlab.domain.laboratories.declarations import Laboratory
from alienlab.domain.laboratories.parameters import checked
from alienlab.domain.laboratories.shelf import Shelf
from alienlab.extensions.discovery import find_plugins


@pytest.fixture(scope="module")
def laboratories() -> tuple[Laboratory, ...]:
    return Shelf(found=find_plugins(Path("no-such-folder"))).offers(Laboratory)


def test_sliders_are_moved_to_values_that_they_can_have(laboratories: tuple[Laboratory, ...]) -> None:
    for laboratory in laboratories:
        for experiment in laboratory.experiments:
            changes = slider_changes(laboratory, experiment)
            assert len(changes) == CHANGES
            for change in changes:
                values = {id_: value for id_, value in change.items() if id_ != "seed"}
                checked(laboratory.parameters_of(experiment), values)


def test_what_must_be_fast_at_a_size_is_there(laboratories: tuple[Laboratory, ...]) -> None:
    known = {laboratory.id: laboratory for laboratory in laboratories}
    for demand in DEMANDS:
        laboratory = known[demand.laboratory]
        experiment = laboratory.experiment(demand.experiment)
        assert experiment is not None, demand
        checked(laboratory.parameters_of(experiment), demand.values)


def test_figures_of_experiments_have_their_bars() -> None:
    assert figure_of("iterated-maps density slider_ms").bar == 100.0
    assert "iterated-maps density" in report({"iterated-maps density slider_ms": 12.0, "bifurcation_s": 0.5})
