"""Figures of simple systems are made by laboratories, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from alienlab.domain.brain import Provenance
from alienlab.domain.events import Failure
from alienlab.domain.laboratories.exhibits import Exhibit, Picture
from alienlab.domain.laboratories.ports import Carried, LabEvent, LabFailed, LabJob
from alienlab.domain.laboratories.shelf import PluginError, Shelf
from alienlab.domain.recipe import LabRecipe
from alienlab.engine.cancel import CancelFlag
from alienlab.extensions.desk import Desk
from alienlab.extensions.discovery import find_plugins
from alienlab.figures import Experiments, Studio, Subject, figure_of
from alienlab.session.log.store import Session
from tests.fakes.anatomies import unet_anatomy

GREY = np.full((20, 30, 3), 128, np.uint8)
PROVENANCE = Provenance(
    device="cpu", device_name="none", threads=1, batch_class=1, seconds=0.0, app_version="1", versions={}
)


class GreyLaboratories:
    """Stands for the process of plugins; every experiment shows the same grey picture."""

    def __init__(self) -> None:
        self.jobs: list[LabJob] = []

    def run(self, job: Any) -> Iterator[LabEvent]:
        self.jobs.append(job)
        yield Carried(job.number, job.recipe, Exhibit(Picture(GREY)), GREY, PROVENANCE)


class RealLaboratories:
    """Carries out experiments in this process."""

    def run(self, job: Any) -> Iterator[LabEvent]:
        events: list[LabEvent] = []
        Desk(events.append, CancelFlag()).answer(job)
        yield from events


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "figures") as session:
        yield session


def studio_of(engine: Any, session: Session) -> Studio:
    lab: Any = SimpleNamespace(anatomy=unet_anatomy())
    shelf = Shelf(found=find_plugins(session.folder / "none"))
    return Studio(lab, session, Subject(is_quick=True), experiments=Experiments(shelf, engine, session))


@pytest.mark.parametrize("name", [f"H{number}" for number in range(1, 19) if number not in (12, 13)])
def test_every_figure_asks_for_experiments_that_there_are(name: str, session: Session) -> None:
    engine = GreyLaboratories()
    sheet = figure_of(name).sheet(studio_of(engine, session))
    assert len(sheet.cells) == len(engine.jobs) == len(session.records())
    assert sheet.columns * sheet.cells[0].width >= 900


def test_a_picture_that_the_session_has_is_not_made_again(session: Session) -> None:
    engine = GreyLaboratories()
    studio = studio_of(engine, session)
    figure_of("H14").sheet(studio)
    asked = len(engine.jobs)
    figure_of("H14").sheet(studio)
    assert len(engine.jobs) == asked == 3


def test_one_attractor_becomes_two(session: Session) -> None:
    sheet = figure_of("H14").sheet(studio_of(RealLaboratories(), session))
    counts = []
    for cell in sheet.cells[:2]:
        last = cell.load()[-1].astype(int).sum(axis=1)
        bright = np.flatnonzero(last > last.max() / 2)
        counts.append(1 + np.count_nonzero(np.diff(bright) > 20))
    assert counts == [1, 2]


def test_the_network_has_a_place_for_every_module(session: Session) -> None:
    sheet = figure_of("H12").sheet(studio_of(GreyLaboratories(), session))
    assert f"{len(unet_anatomy())} modules" in sheet.common
    assert len(sheet.cells) == 1


def test_what_a_laboratory_cannot_do_is_said_in_its_words(session: Session) -> None:
    class Broken(GreyLaboratories):
        def run(self, job: Any) -> Iterator[LabEvent]:
            yield LabFailed(job.number, Failure.USER, "Take fewer starts.")

    with pytest.raises(PluginError, match="Take fewer starts"):
        figure_of("H3").sheet(studio_of(Broken(), session))


def test_the_recipe_of_a_picture_is_that_of_the_window(session: Session) -> None:
    figure_of("H3").sheet(studio_of(GreyLaboratories(), session))
    recipe = session.records()[0].recipe
    assert isinstance(recipe, LabRecipe)
    assert (recipe.laboratory, recipe.experiment) == ("alienlab-statistics/image-statistics", "average")
    assert recipe.values["contrast"] == 4.0
