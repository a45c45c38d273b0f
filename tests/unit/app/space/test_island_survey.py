"""What an island survey asks for, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from alienlab.app.generation import GenerationThread
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.asker import Surroundings
from alienlab.app.space.island_survey import NO_BRAIN, NO_CENTER, IslandSurvey, IslandValues, Task
from alienlab.domain.concepts import Combination, Ray
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.domain.space.formula import read_concept
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine, brain_info

PATIENCE_MS = 60_000
RADIUS = 4.0


def holds(recipe: DiffusionRecipe) -> float:
    """Half as far in an altered mind."""
    reach = RADIUS / 2 if recipe.lesions else RADIUS
    return float(not isinstance(recipe.prompt, Ray) or recipe.prompt.distance <= reach)


class PlainNames:
    """No point has a name."""

    def read(self, text: str):
        return read_concept(text)


class Bench:
    """A survey on a fake engine in its thread."""

    def __init__(self) -> None:
        self.engine = FakeEngine(unet_anatomy(), holds=holds, info=brain_info(vocabulary=("cat", "dog")))
        self.thread = GenerationThread(self.engine)
        self.brain, self.settings, self.lesions = OpenBrain(), PromptSettings(), LesionList(QUndoStack())
        self.survey = IslandSurvey(
            Surroundings(
                thread=self.thread,
                brain=self.brain,
                settings=self.settings,
                lesions=self.lesions,
                names=PlainNames(),  # pyright: ignore[reportArgumentType]
            )
        )
        self.thread.happened.connect(self.survey.follow, Qt.ConnectionType.QueuedConnection)
        self.settings.set_prompt("a cat")

    def open(self) -> None:
        list(self.engine.open(BrainSource(location="fake")))
        self.brain.set_anatomy(self.engine.anatomy)
        self.brain.set_info(self.engine.info)
        self.thread.start()


@pytest.fixture
def bench(qtbot: QtBot, qapp) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.thread.stop()


def look(qtbot: QtBot, bench: Bench, task: Task = Task.AROUND, **values: object) -> None:
    bench.survey.look(task, replace(IslandValues(directions=4), **values))
    qtbot.waitUntil(lambda: bench.survey.busy_with is None, timeout=PATIENCE_MS)


def test_medians_are_the_radius_of_the_ball_and_half_of_it(qtbot: QtBot, bench: Bench) -> None:
    bench.open()
    bench.lesions.add([LesionSpec.parse("mid_block.*:zero")])
    asked: list[None] = []
    bench.survey.about_to_ask.connect(lambda: asked.append(None))
    look(qtbot, bench, noises=2)
    found = bench.survey.sightings(Task.AROUND)
    assert [one.island.noise for one in found] == [7, 7, 8, 8]
    assert [one.island.quartiles[1] for one in found] == pytest.approx([4.0, 2.0, 4.0, 2.0], rel=1 / 32)
    assert bench.survey.progress == (sum(one.renders for one in found), 4 * (1 + 4 * 13))
    assert asked


def test_the_radius_of_the_space_is_asked_for_once(qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    located = []
    locate = bench.engine.locate
    monkeypatch.setattr(bench.engine, "locate", lambda job: located.append(job) or locate(job))
    bench.open()
    look(qtbot, bench)
    look(qtbot, bench)
    assert len(located) == 1


def test_the_centre_may_be_a_formula_and_the_concept_a_word(qtbot: QtBot, bench: Bench) -> None:
    bench.open()
    look(qtbot, bench, center='= "a cat" + "a dog"', concept="dog")
    (one,) = bench.survey.sightings(Task.AROUND)
    assert isinstance(one.recipe.prompt, Combination)
    assert one.island.concept == "dog"


def test_each_module_is_compared_with_the_intact_mind(qtbot: QtBot, bench: Bench) -> None:
    bench.open()
    look(qtbot, bench, Task.EACH, pattern="conv_in")
    intact, lesioned = bench.survey.sightings(Task.EACH)
    assert lesioned.mind.name == "conv_in"
    assert lesioned.ratio == pytest.approx(intact.ratio / 2, rel=1 / 16)
    assert bench.survey.sightings(Task.AROUND) == ()


def test_what_is_missing_is_said(qtbot: QtBot, bench: Bench) -> None:
    assert bench.survey.trouble(Task.AROUND) == NO_BRAIN
    look(qtbot, bench)
    assert bench.survey.trouble(Task.AROUND) == NO_BRAIN
    bench.open()
    assert bench.survey.trouble(Task.AROUND) == ""
    bench.settings.set_prompt("")
    look(qtbot, bench)
    assert bench.survey.trouble(Task.AROUND) == NO_CENTER
    look(qtbot, bench, center="a cat", concept="cats")
    assert "Words like it: cat" in bench.survey.trouble(Task.AROUND)
    look(qtbot, bench, Task.EACH, center="a cat", pattern="nowhere.*")
    assert "No module matches" in bench.survey.trouble(Task.EACH)


def test_a_failed_job_is_a_sentence(qtbot: QtBot, bench: Bench) -> None:
    bench.open()
    bench.engine.kills = lambda recipe: True
    look(qtbot, bench)
    assert "stopped unexpectedly" in bench.survey.trouble(Task.AROUND)
