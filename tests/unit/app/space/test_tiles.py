"""Which tiles are rendered, in which order, and which are given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import OpenJob, Priority
from alienlab.app.lesion_list import LesionList
from alienlab.app.messages import Message
from alienlab.app.open_brain import OpenBrain
from alienlab.app.preferences import Preferences
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.choice import PlaneChoice, Way
from alienlab.app.space.plane import Address, Stage
from alienlab.app.space.survey import NO_BRAIN, NO_ORIGIN, PlaneSurvey
from alienlab.app.space.tiles import PlaneTiles
from alienlab.app.space.unit import Unit
from alienlab.app.space.viewpoint import TILE, Viewpoint
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import OnPlane
from alienlab.domain.ports import BrainSource, RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine, brain_info
from tests.fakes.recipes import make_recipe

PATIENCE_MS = 60_000
NINE = (3 * TILE, 3 * TILE)
FAR = Viewpoint(0, 100.0, 100.0)


class Space:
    """The models of the plane on a fake engine, with nothing else around them."""

    def __init__(self, engine: FakeEngine, folder: Path) -> None:
        self.engine = engine
        self.thread = GenerationThread(engine)
        self.brain, self.settings, self.choice = OpenBrain(), PromptSettings(), PlaneChoice()
        self.lesions = LesionList(QUndoStack())
        self.survey = PlaneSurvey(
            thread=self.thread,
            brain=self.brain,
            choice=self.choice,
            settings=self.settings,
            lesions=self.lesions,
            unit=Unit(Preferences(folder / "settings.json")),
        )
        self.tiles = PlaneTiles(thread=self.thread, survey=self.survey, brain=self.brain)
        self.messages: list[Message] = []
        self.survey.message.connect(self.messages.append)
        for follow in (self.survey.follow, self.tiles.follow):
            self.thread.happened.connect(follow, Qt.ConnectionType.QueuedConnection)
        self.thread.start()

    def open(self) -> None:
        self.thread.submit(OpenJob(number=self.thread.next_number(), source=BrainSource(location="fake")))
        self.brain.set_anatomy(self.engine.anatomy)
        self.brain.set_info(self.engine.info)
        self.settings.set_prompt("a cat")

    @property
    def jobs(self) -> list[RenderJob]:
        return self.engine.rendered

    @property
    def is_done(self) -> bool:
        progress = self.tiles.progress
        return 0 < progress.tiles == progress.fine


@pytest.fixture
def space(qapp, tmp_path: Path) -> Iterator[Space]:
    paces = (Pace(1, 1.0), Pace(4, 0.5))
    made = Space(FakeEngine(unet_anatomy(), info=brain_info(paces=paces)), tmp_path)
    made.open()
    yield made
    made.engine.gate.set()
    made.thread.stop()


def watch(space: Space, viewpoint: Viewpoint = Viewpoint()) -> None:  # noqa: B008
    space.tiles.look(viewpoint, *NINE)
    space.tiles.set_watched(True)


def addresses(recipes: tuple[DiffusionRecipe, ...] | list[DiffusionRecipe], space: Space) -> list[Address]:
    every = [Address(0, column, row) for column in range(-9, 10) for row in range(-9, 10)]
    by_point = {space.tiles.plane.point(address): address for address in every}
    return [by_point[recipe.prompt] for recipe in recipes]


def test_the_nearest_come_first_and_coarse_before_fine(qtbot: QtBot, space: Space) -> None:
    watch(space)
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    recipes = [recipe for job in space.jobs for recipe in job.recipes]
    assert [recipe.steps for recipe in recipes] == 9 * [4] + 9 * [5]
    order = addresses(recipes[:9], space)
    assert order[0] == (0, 0, 0)
    assert {tile[1:] for tile in order[1:5]} == {(0, 1), (1, 0), (0, -1), (-1, 0)}
    assert order == addresses(recipes[9:], space)
    assert max(len(job.recipes) for job in space.jobs) == 4
    assert recipes[9].prompt == space.settings.recipe(space.engine.info, ()).prompt


def test_nothing_is_rendered_before_someone_watches(qtbot: QtBot, space: Space) -> None:
    space.tiles.look(Viewpoint(), *NINE)
    assert space.tiles.plane is None
    assert not space.jobs
    space.tiles.set_watched(True)
    qtbot.waitUntil(lambda: bool(space.jobs), timeout=PATIENCE_MS)


def test_what_left_the_view_is_cancelled(qtbot: QtBot, space: Space) -> None:
    space.engine.gate.clear()
    watch(space)
    qtbot.waitUntil(lambda: len(space.jobs) == 1 and space.thread.waiting == 1, timeout=PATIENCE_MS)
    space.tiles.look(FAR, *NINE)
    qtbot.waitUntil(lambda: len(space.jobs) == 2, timeout=PATIENCE_MS)
    space.engine.gate.set()
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    assert space.tiles.picture(Address(0, 0, 0)) is None
    rows = sum(len(job.recipes) for job in space.jobs)
    assert rows == 4 + 9 + 9  # of the place that was left, one job had begun


def test_never_is_more_than_one_job_ahead(qtbot: QtBot, space: Space) -> None:
    space.engine.gate.clear()
    watch(space)
    qtbot.waitUntil(lambda: len(space.jobs) == 1 and space.thread.waiting == 1, timeout=PATIENCE_MS)
    for far in range(1, 6):
        space.tiles.look(Viewpoint(0, 0.1 * far, 0.0), *NINE)
        assert space.thread.waiting <= 1


def test_nothing_is_rendered_twice(qtbot: QtBot, space: Space) -> None:
    watch(space)
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    jobs = len(space.jobs)
    space.tiles.look(Viewpoint(0, 1.0, 0.0), *NINE)
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    new = {address[1:] for job in space.jobs[jobs:] for address in addresses(job.recipes, space)}
    assert new == {(2, -1), (2, 0), (2, 1)}
    jobs = len(space.jobs)
    space.tiles.look(Viewpoint(-1), *NINE)  # the innermost tile, and its neighbours two tiles away
    assert space.tiles.picture(Address(-1, 0, 0)) is not None
    space.tiles.look(Viewpoint(), *NINE)
    assert space.is_done
    qtbot.waitUntil(lambda: not space.thread.waiting, timeout=PATIENCE_MS)


def test_a_tile_that_fails_says_why_and_the_rest_goes_on(qtbot: QtBot, space: Space) -> None:
    space.engine.collapses = lambda recipe: isinstance(recipe.prompt, OnPlane) and recipe.prompt.x > 0
    watch(space)
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    assert "collapse" in space.tiles.failure(Address(0, 1, 0))
    assert space.tiles.picture(Address(0, 1, 0)) is None
    assert space.tiles.picture(Address(0, -1, 0)) is not None
    assert not space.tiles.failure(Address(0, -1, 0))


def test_a_worker_that_dies_of_a_tile_stops_the_tiles_with_its_sentence(qtbot: QtBot, space: Space) -> None:
    said: list[Message] = []
    space.tiles.message.connect(said.append)
    space.engine.kills = lambda recipe: isinstance(recipe.prompt, OnPlane)
    watch(space)
    qtbot.waitUntil(lambda: space.tiles.is_resting, timeout=PATIENCE_MS)
    assert "twice" in said[0].text
    assert "twice" in space.tiles.failure(Address(0, 0, 1))


def test_a_render_of_the_user_goes_first(qtbot: QtBot, space: Space) -> None:
    space.engine.gate.clear()
    watch(space)
    qtbot.waitUntil(lambda: len(space.jobs) == 1 and space.thread.waiting == 1, timeout=PATIENCE_MS)
    asked = RenderJob(number=space.thread.next_number(), recipes=(make_recipe(seed=99, size=(32, 32)),))
    space.tiles.interrupt()
    space.thread.submit(asked)
    space.engine.gate.set()
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    assert space.jobs[1].recipes == asked.recipes


def test_a_sweep_waits_for_the_tiles(qtbot: QtBot, space: Space) -> None:
    space.engine.gate.clear()
    watch(space)
    qtbot.waitUntil(lambda: len(space.jobs) == 1 and space.thread.waiting == 1, timeout=PATIENCE_MS)
    task = RenderJob(number=space.thread.next_number(), recipes=(make_recipe(seed=99, size=(32, 32)),))
    space.thread.submit(task, priority=Priority.SWEEP)
    space.engine.gate.set()
    qtbot.waitUntil(lambda: task.recipes in [job.recipes for job in space.jobs], timeout=PATIENCE_MS)
    assert task.recipes not in [job.recipes for job in space.jobs[:2]]


def test_whoever_cancels_everything_lets_the_tiles_rest(qtbot: QtBot, space: Space) -> None:
    space.engine.gate.clear()
    watch(space)
    qtbot.waitUntil(lambda: len(space.jobs) == 1 and space.thread.waiting == 1, timeout=PATIENCE_MS)
    space.thread.cancel_all()
    qtbot.waitUntil(lambda: space.tiles.is_resting, timeout=PATIENCE_MS)
    space.engine.gate.set()
    space.tiles.look(FAR, *NINE)
    assert not space.tiles.is_resting
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)


def test_settings_and_dice_change_the_plane(qtbot: QtBot, space: Space) -> None:
    watch(space)
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    before = space.tiles.plane
    space.settings.set_values(replace(space.settings.values, seed=99))
    qtbot.waitUntil(lambda: space.tiles.plane.base.seed == 99, timeout=PATIENCE_MS)
    assert space.tiles.plane.unit == before.unit != 1.0
    origin, beside = Address(0, 0, 0), Address(0, 1, 0)
    assert space.tiles.plane.key(origin, Stage.FINE) != before.key(origin, Stage.FINE)
    space.settings.set_values(replace(space.settings.values, seed=before.base.seed))
    qtbot.waitUntil(lambda: space.tiles.plane == before, timeout=PATIENCE_MS)
    assert space.is_done
    space.choice.roll()
    qtbot.waitUntil(lambda: space.tiles.plane is not None, timeout=PATIENCE_MS)
    assert space.tiles.plane.directions != before.directions
    assert space.tiles.picture(origin) is not None  # it is the same on every plane
    assert space.tiles.plane.key(beside, Stage.FINE) != before.key(beside, Stage.FINE)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"origin": '= "a cat" +'}, "understood"),
        ({"way": Way.THROUGH, "first": "a dog", "second": "a dog"}, "same"),
        ({"way": Way.THROUGH, "first": "a cat", "second": "a dog"}, "no length"),
    ],
)
def test_what_is_no_plane_is_a_sentence(qtbot: QtBot, space: Space, changes: dict[str, str], word: str) -> None:
    watch(space)
    space.choice.set_values(replace(space.choice.values, **changes))
    qtbot.waitUntil(lambda: bool(space.messages), timeout=PATIENCE_MS)
    assert word in space.messages[0].text
    assert space.tiles.trouble == space.messages[0].text
    assert space.tiles.plane is None


def test_without_brain_or_prompt_a_sentence_says_so(qtbot: QtBot, space: Space) -> None:
    space.settings.set_prompt("")
    watch(space)
    assert space.tiles.trouble == NO_ORIGIN
    space.brain.set_info(None)
    assert space.tiles.trouble == NO_BRAIN
    assert not space.messages
    assert space.tiles.progress.tiles == 0


def test_fine_tiles_take_all_steps(qtbot: QtBot, space: Space) -> None:
    watch(space)
    qtbot.waitUntil(lambda: space.is_done, timeout=PATIENCE_MS)
    plane = space.tiles.plane
    assert plane.recipe(Address(0, 1, 0), Stage.FINE) in space.jobs[-1].recipes + space.jobs[-2].recipes
