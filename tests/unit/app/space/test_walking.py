"""Walks on a fake engine, without a window: what is walked, measured, kept and given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import OpenJob
from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.preferences import Preferences
from alienlab.app.prompt_settings import PromptSettings
from alienlab.app.space.asker import Surroundings
from alienlab.app.space.strip import Cell
from alienlab.app.space.unit import Unit
from alienlab.app.space.walk_wish import NO_WAY, Kind, WalkWish
from alienlab.app.space.walking import NO_BRAIN, Walking
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import Between, OnPlane, Prompt, RandomDirections, RandomPoint
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.walks import Stop, Walk
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine, brain_info, imagined

PATIENCE_MS = 60_000
SILENCED = LesionSpec.parse("down_blocks.0.*:zero")


class Walker:
    """A Walking on a fake engine, with nothing else around it."""

    def __init__(self, engine: FakeEngine, folder: Path, *, room: int = 2**30) -> None:
        self.engine, self.thread = engine, GenerationThread(engine)
        self.brain, self.settings, self.lesions = OpenBrain(), PromptSettings(), LesionList(QUndoStack())
        self.unit = Unit(Preferences(folder / "settings.json"))
        self.walking = Walking(
            Surroundings(
                thread=self.thread,
                brain=self.brain,
                settings=self.settings,
                lesions=self.lesions,
                names=SimpleNamespace(read=read_concept),
            ),
            unit=self.unit,
            room=room,
        )
        self.strip = self.walking.strip
        self.thread.happened.connect(self.walking.follow, Qt.ConnectionType.QueuedConnection)
        self.thread.start()

    def open(self) -> None:
        self.thread.submit(OpenJob(number=self.thread.next_number(), source=BrainSource(location="fake")))
        self.brain.set_anatomy(self.engine.anatomy)
        self.brain.set_info(self.engine.info)

    def walk(self, qtbot: QtBot, **wish: object) -> None:
        self.walking.set_out(WalkWish(**wish))
        self.rest(qtbot)

    def rest(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.walking.is_busy, timeout=PATIENCE_MS)

    @property
    def rendered(self) -> list[object]:
        """Points in the order in which they were asked for."""
        return [recipe.prompt for job in self.engine.rendered for recipe in job.recipes]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(unet_anatomy(), info=brain_info(paces=(Pace(1, 1.0), Pace(4, 0.5))))


@pytest.fixture
def walker(qapp, engine: FakeEngine, tmp_path: Path) -> Iterator[Walker]:
    made = Walker(engine, tmp_path)
    made.open()
    yield made
    engine.gate.set()
    made.thread.stop()


def test_images_are_those_of_the_recipes(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, frames=6, beyond=0.0)
    assert walker.strip.progress == (6, 6)
    for place in range(6):
        cell = Cell(0, place)
        assert np.array_equal(walker.strip.image(cell), imagined(walker.strip.recipe(cell), walker.engine.anatomy))
    assert [len(job.recipes) for job in walker.engine.rendered] == [4, 2]


def test_distances_on_a_line_grow_evenly(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, start="a cat", end="a dog", frames=5, beyond=0.5)
    distances = [walker.strip.distance(place) / walker.strip.unit for place in range(5)]
    assert distances == pytest.approx([0.0, 0.5, 1.0, 1.5, 2.0], rel=1e-5)


def test_another_unit_measures_the_same_walk_anew(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, start="a dog", end="a cat", frames=2, beyond=0.0)
    walker.unit.choose("a cat", "a hat")
    walker.rest(qtbot)
    points = {text: walker.engine.of_text(text).astype(float) for text in ("a cat", "a dog", "a hat")}
    unit = np.linalg.norm(points["a cat"] - points["a hat"])
    assert walker.strip.unit == pytest.approx(unit, rel=1e-5)
    assert walker.strip.unit_words == "|cat − hat|"
    assert walker.strip.distance(1) == pytest.approx(np.linalg.norm(points["a cat"] - points["a dog"]), rel=1e-5)
    assert len(walker.engine.rendered) == 1, "nothing is rendered again"


def test_distances_are_known_of_images_that_were_there_already(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, start="a cat", end="a dog", frames=3, beyond=0.0)
    renders = len(walker.rendered)
    walker.walk(qtbot, start="a dog", end="a cat", frames=2, beyond=0.0)
    assert len(walker.rendered) == renders
    assert [walker.strip.distance(place) / walker.strip.unit for place in range(2)] == pytest.approx([0.0, 1.0])


def test_a_path_has_equal_steps(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, kind=Kind.PATH, points="a cat|a dog|a dog|a panda|a panda", frames=7)
    points = walker.strip.walk.points
    located = [point_of(walker, point) for point in points]
    cat, dog, panda = (walker.engine.of_text(text).astype(float) for text in ("a cat", "a dog", "a panda"))
    length = np.linalg.norm(dog - cat) + np.linalg.norm(panda - dog)
    corner = np.linalg.norm(dog - cat)
    for place, point in enumerate(located):
        along = length * place / 6
        walked = np.linalg.norm(point - cat) if along <= corner else corner + np.linalg.norm(point - dog)
        assert walked == pytest.approx(along, rel=1e-4)


def point_of(walker: Walker, point: object) -> np.ndarray:
    if isinstance(point, Prompt):
        return walker.engine.of_text(point.text).astype(float)
    assert isinstance(point, Between)
    start, end = point_of(walker, point.start), point_of(walker, point.end)
    return start + point.position * (end - start)


def test_without_a_brain_a_sentence_says_so(qapp, engine: FakeEngine, tmp_path: Path) -> None:
    made = Walker(engine, tmp_path)
    made.walking.set_out(WalkWish())
    assert made.walking.trouble == NO_BRAIN
    assert not made.walking.is_busy
    made.thread.stop()


def test_a_refused_walk_leaves_the_last_one(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, frames=3)
    kept = walker.strip.walk
    walker.walk(qtbot, start="a cat", end="a cat")
    assert walker.walking.trouble == NO_WAY
    assert walker.strip.walk is kept
    walker.walk(qtbot, frames=4)
    assert walker.walking.trouble == ""


def test_lesions_of_another_brain_are_a_sentence(qtbot: QtBot, walker: Walker) -> None:
    walker.lesions.add([LesionSpec.parse("no.such.module:zero")])
    walker.walk(qtbot, frames=3)
    assert "no.such.module" in walker.walking.trouble
    assert walker.strip.walk is None


def test_points_within_too_many_points_are_a_sentence(qtbot: QtBot, walker: Walker) -> None:
    point = Prompt("a cat")
    for _ in range(6):
        point = OnPlane(point, RandomDirections(1), 1.0, 0.0)
    walker.walking.show(Walk("deep", (Stop("1", point),)))
    assert "within each other" in walker.walking.trouble
    assert walker.strip.walk is None


def test_more_frames_render_only_what_is_new(qtbot: QtBot, walker: Walker) -> None:
    walker.walk(qtbot, frames=3, beyond=0.0)
    jobs = len(walker.rendered)
    walker.walk(qtbot, frames=5, beyond=0.0)
    cat, dog = Prompt("a cat"), Prompt("a dog")
    assert walker.rendered[jobs:] == [Between(dog, cat, 0.25), Between(dog, cat, 0.75)]


def test_the_intact_mind_is_imagined_point_by_point_beside_the_altered_one(qtbot: QtBot, walker: Walker) -> None:
    walker.lesions.add([SILENCED])
    walker.walk(qtbot, frames=3)
    recipes = [recipe for job in walker.engine.rendered for recipe in job.recipes]
    assert [bool(recipe.lesions) for recipe in recipes] == [False, True] * 3
    walker.lesions.clear()
    assert [len(mind.lesions) for mind in walker.strip.minds] == [0, 1]  # the walk stays what it was


def test_a_gallery_that_grows_too_large_forgets_its_first_points(
    qtbot: QtBot, qapp, engine: FakeEngine, tmp_path: Path
) -> None:
    walker = Walker(engine, tmp_path, room=5 * 32 * 32 * 3)
    walker.open()
    walker.walk(qtbot, kind=Kind.GALLERY, frames=3, first_seed=10)
    for _ in range(3):
        walker.walking.go_on()
        walker.rest(qtbot)
    assert walker.strip.walk.points == [RandomPoint(seed) for seed in range(16, 22)]
    assert walker.strip.size == 6 * 32 * 32 * 3
    walker.thread.stop()


def test_more_can_be_asked_for_while_it_walks(qtbot: QtBot, walker: Walker) -> None:
    walker.engine.gate.clear()
    walker.walking.set_out(WalkWish(kind=Kind.GALLERY, frames=3))
    qtbot.waitUntil(lambda: walker.strip.walk is not None, timeout=PATIENCE_MS)
    walker.walking.go_on()
    walker.engine.gate.set()
    walker.rest(qtbot)
    assert walker.strip.progress == (6, 6)
    assert len(walker.rendered) == len(set(walker.rendered)) == 6


def test_what_is_interrupted_is_asked_for_again(qtbot: QtBot, walker: Walker) -> None:
    walker.engine.gate.clear()
    walker.walking.set_out(WalkWish(frames=3))
    qtbot.waitUntil(lambda: len(walker.engine.rendered) == 1, timeout=PATIENCE_MS)
    walker.walking.interrupt()
    walker.engine.gate.set()
    walker.rest(qtbot)
    assert walker.strip.progress == (3, 3)


def test_a_brain_that_is_opened_ends_the_walk(qtbot: QtBot, walker: Walker) -> None:
    walker.engine.gate.clear()
    walker.walking.set_out(WalkWish(frames=3))
    qtbot.waitUntil(lambda: len(walker.engine.rendered) == 1, timeout=PATIENCE_MS)
    walker.brain.set_info(None)
    assert not walker.walking.is_busy
    walker.brain.set_info(brain_info(hash="cd" * 32))
    assert walker.strip.walk is None
    assert walker.strip.snapshot() is None


def test_a_job_that_kills_its_worker_is_a_sentence(qtbot: QtBot, walker: Walker) -> None:
    walker.engine.kills = lambda recipe: recipe.prompt == Prompt("a cat")
    walker.walk(qtbot, frames=3, beyond=0.0)
    assert "set aside" in walker.walking.trouble
    assert not walker.walking.is_busy
