"""Walks in the whole window, on a fake engine: written, walked, stopped, opened, saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.app.space.strip import Cell
from alienlab.app.space.walk_wish import NO_WAY, Kind
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import Between, Law, Prompt, RandomPoint, Way
from alienlab.domain.space.walks import Stop, Walk
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.walk_page import WalkPage
from tests.fakes.fake_engine import SIDE, FakeEngine
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

SILENCED = "down_blocks.0.*:zero"


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """It renders several images at once."""
    engine.info = replace(engine.info, paces=(Pace(1, 1.0), Pace(8, 0.5)))
    return engine


@pytest.fixture
def window(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Of an intact mind."""
    window.lab.lesions.clear()
    wait_until_settled(qtbot, window)
    return window


def page_of(window: MainWindow) -> WalkPage:
    window.actions_["space.show"].trigger()
    page = window.space_panel.walk
    window.space_panel.show_page(page)
    return page


def walked(qtbot: QtBot, window: MainWindow) -> None:
    walking = window.lab.space.walking
    done = lambda: not walking.is_busy and 0 < walking.strip.progress[0] == walking.strip.progress[1]  # noqa: E731
    qtbot.waitUntil(done, timeout=PATIENCE_MS)


def walk(qtbot: QtBot, window: MainWindow, *, frames: int = 5) -> WalkPage:
    page = page_of(window)
    page.bar.frames.setValue(frames)
    QTest.mouseClick(page.bar.go, Qt.MouseButton.LeftButton)
    walked(qtbot, window)
    return page


def write(field, text: str) -> None:
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def said(qtbot: QtBot, page: WalkPage, words: str) -> None:
    qtbot.waitUntil(lambda: page.trouble.isVisible() and words in page.trouble.text(), timeout=PATIENCE_MS)


def test_a_line_leads_from_one_point_to_another_and_beyond(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.bar.frames.setValue(5)
    page.bar.beyond.setValue(0.5)
    write(page.bar.start, "a dog")
    write(page.bar.end, "a panda")
    walked(qtbot, window)
    dog, panda = Prompt("a dog"), Prompt("a panda")
    strip = window.lab.space.walking.strip
    points = [Between(dog, panda, -0.5), dog, Between(dog, panda, 0.5), panda, Between(dog, panda, 1.5)]
    recipes = [strip.recipe(Cell(0, place)) for place in range(5)]
    assert [recipe.prompt for recipe in recipes] == points
    assert {(recipe.seed, recipe.steps, recipe.lesions) for recipe in recipes} == {(7, 5, ())}
    assert [stop.label for stop in strip.walk.stops] == ["-0.5", "0", "0.5", "1", "1.5"]
    assert all(strip.image(Cell(0, place)) is not None for place in range(5))


def test_distances_are_counted_in_that_of_cat_and_dog(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = page_of(window)
    page.bar.beyond.setValue(0.0)
    write(page.bar.start, "a panda")
    walk(qtbot, window, frames=3)
    panda, cat, dog = (engine.of_text(text).astype(float) for text in ("a panda", "a cat", "a dog"))
    far, unit = np.linalg.norm(panda - cat), np.linalg.norm(cat - dog)
    strip = window.lab.space.walking.strip
    assert strip.unit == pytest.approx(unit, rel=1e-5)
    assert [strip.distance(place) for place in range(3)] == pytest.approx([0.0, far / 2, far], rel=1e-5)
    assert f"{far / unit:.2f} |cat − dog|" in page.view.tip(Cell(0, 2))
    assert f"norm {far:.4g}" in page.view.tip(Cell(0, 2))
    assert f"|cat − dog| = {unit:.3g}" in page.title.whole_text


def test_the_way_may_be_an_arc(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.bar.way.setCurrentIndex(page.bar.way.findData(Way.BY_TOKEN))
    walk(qtbot, window, frames=4)
    assert window.lab.space.walking.strip.walk.points[0] == Between(
        Prompt("a dog"), Prompt("a cat"), -0.5, Way.BY_TOKEN
    )
    assert "token by token" in page.bar.way.currentText()


def test_a_path_goes_through_its_prompts(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.bar.kind.setCurrentIndex(page.bar.kind.findData(Kind.PATH))
    assert not page.bar.start.isVisible()
    page.bar.points.setPlainText('a cat | = mean("a dog", "a panda")\n\na panda')
    walk(qtbot, window, frames=9)
    points = window.lab.space.walking.strip.walk.points
    assert (points[0], points[-1]) == (Prompt("a cat"), Prompt("a panda"))
    assert window.lab.space.walking.strip.progress == (9, 9)


def test_random_points_come_without_end(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.bar.kind.setCurrentIndex(page.bar.kind.findData(Kind.GALLERY))
    page.bar.law.setCurrentIndex(page.bar.law.findData(Law.SHELL))
    page.bar.seed.setValue(40)
    walk(qtbot, window, frames=3)
    strip = window.lab.space.walking.strip
    for more in (6, 9):
        QTest.mouseClick(page.more, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda more=more: strip.progress == (more, more), timeout=PATIENCE_MS)
    assert strip.walk.points == [RandomPoint(seed, Law.SHELL) for seed in range(40, 49)]


def test_the_altered_mind_stands_beside_the_intact_one(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(SILENCED)
    wait_until_settled(qtbot, window)
    page = walk(qtbot, window, frames=3)
    strip = window.lab.space.walking.strip
    assert page.beside.isVisible()
    assert [[str(one) for one in mind.lesions] for mind in strip.minds] == [[], [SILENCED]]
    for place in range(3):
        intact, altered = (strip.recipe(Cell(mind, place)) for mind in range(2))
        assert intact == altered.intact != altered
        assert not np.array_equal(strip.image(Cell(0, place)), strip.image(Cell(1, place)))
    page.beside.click()
    assert [len(mind.lesions) for mind in strip.minds] == [1]
    page.beside.click()
    walked(qtbot, window)
    assert len(strip.minds) == 2


def test_without_lesions_there_is_one_mind(qtbot: QtBot, window: MainWindow) -> None:
    page = walk(qtbot, window)
    assert not page.beside.isVisible()
    assert len(window.lab.space.walking.strip.minds) == 1


def test_a_click_makes_an_image_a_real_render(qtbot: QtBot, window: MainWindow) -> None:
    page = walk(qtbot, window)
    recipe = window.lab.space.walking.strip.recipe(Cell(0, 2))
    spot = page.view.rect_of(Cell(0, 2)).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: window.tabs.currentWidget() is window.canvas, timeout=PATIENCE_MS)
    wait_until_settled(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.log.records[0].recipe == recipe, timeout=PATIENCE_MS)


def test_the_keyboard_leads_through_the_images(qtbot: QtBot, window: MainWindow) -> None:
    page = walk(qtbot, window)
    opened: list[object] = []
    page.recipe_opened.connect(opened.append)
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(page.view, key)
    assert opened == [window.lab.space.walking.strip.recipe(Cell(0, 1))]
    side = page.view.layout_.side
    QTest.keyClick(page.view, Qt.Key.Key_Plus)
    assert page.view.layout_.side > side
    QTest.keyClick(page.view, Qt.Key.Key_0)
    assert page.view.layout_.side == side


@pytest.mark.parametrize(
    ("start", "end", "frames", "words"),
    [
        ("a cat", "a cat", 5, NO_WAY),
        ('= "a cat"', "a cat", 5, NO_WAY),
        ("a dog", "= nonsense(", 5, "cannot be understood"),
        ("a dog", "a cat", 0, "0 frames"),
        ("a dog", '= 1e300 * "a cat"', 5, "overflow"),
    ],
    ids=["equal", "equal by formula", "nonsense", "no frames", "too far out"],
)
def test_bad_input_is_a_sentence_in_the_page(
    qtbot: QtBot, window: MainWindow, start: str, end: str, frames: int, words: str
) -> None:
    page = walk(qtbot, window)
    page.bar.frames.setValue(frames)
    page.bar.start.setText(start)
    write(page.bar.end, end)
    said(qtbot, page, words)
    assert window.lab.space.walking.strip.progress == (5, 5)  # the last walk stays
    page.bar.frames.setValue(3)
    page.bar.start.setText("a dog")
    write(page.bar.end, "a panda")
    qtbot.waitUntil(lambda: window.lab.space.walking.strip.progress == (3, 3), timeout=PATIENCE_MS)
    assert not page.trouble.isVisible()


@pytest.mark.parametrize("points", ["", "a cat", "a cat | a cat", " | "])
def test_a_path_of_one_point_leads_nowhere(qtbot: QtBot, window: MainWindow, points: str) -> None:
    page = page_of(window)
    page.bar.kind.setCurrentIndex(page.bar.kind.findData(Kind.PATH))
    page.bar.points.setPlainText(points)
    QTest.mouseClick(page.bar.go, Qt.MouseButton.LeftButton)
    said(qtbot, page, "point")
    assert window.lab.space.walking.strip.walk is None


def test_a_point_that_fails_says_why(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.collapses = lambda recipe: recipe.prompt == Prompt("a cat")
    page = page_of(window)
    page.bar.beyond.setValue(0.0)
    walk(qtbot, window, frames=3)
    strip = window.lab.space.walking.strip
    assert [bool(strip.failure(Cell(0, place))) for place in range(3)] == [False, False, True]
    assert "collapse" in page.view.tip(Cell(0, 2))
    assert not page.view.grab().isNull()


def test_a_walk_can_be_stopped_and_goes_on(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = page_of(window)
    page.bar.frames.setValue(20)
    engine.gate.clear()
    QTest.mouseClick(page.bar.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "of 20" in page.progress.text(), timeout=PATIENCE_MS)
    assert not page.bar.go.isVisible()
    QTest.mouseClick(page.bar.stop, Qt.MouseButton.LeftButton)
    assert page.progress.text().startswith("stopped")
    engine.gate.set()
    QTest.mouseClick(page.more, Qt.MouseButton.LeftButton)
    walked(qtbot, window)
    assert window.lab.space.walking.strip.progress == (20, 20)
    assert page.progress.text() == ""


def test_what_the_user_renders_goes_first(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = page_of(window)
    page.bar.frames.setValue(20)
    engine.gate.clear()
    QTest.mouseClick(page.bar.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any(isinstance(job.recipes[0].prompt, Between) for job in engine.rendered), timeout=PATIENCE_MS
    )
    jobs = len(engine.rendered)
    window.prompt_bar.prompt.setText("a panda in a crown")
    window.actions_["render.start"].trigger()
    qtbot.waitUntil(lambda: len(engine.rendered) > jobs, timeout=PATIENCE_MS)
    assert engine.rendered[jobs].recipes[0].prompt == Prompt("a panda in a crown")
    engine.gate.set()
    walked(qtbot, window)


def test_a_walk_made_elsewhere_is_shown_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["space.show"].trigger()
    points = (Prompt("a cat"), RandomPoint(3), Prompt("a cat"))
    made = Walk("A path of my own", tuple(Stop(str(number), point) for number, point in enumerate(points)))
    window.lab.space.walking.show(made)
    assert window.space_panel.page is window.space_panel.walk
    walked(qtbot, window)
    assert window.space_panel.walk.title.whole_text.startswith("A path of my own")
    strip = window.lab.space.walking.strip
    assert strip.progress == (2, 2)  # the same point is imagined once
    assert np.array_equal(strip.image(Cell(0, 0)), strip.image(Cell(0, 2)))


def test_the_strip_and_the_animation_are_saved(
    qtbot: QtBot, open_window: OpenWindow, answers: Answers, tmp_path: Path
) -> None:
    window = open_window(SILENCED)
    wait_until_settled(qtbot, window)
    page = walk(qtbot, window, frames=4)
    answers.file_answer = tmp_path / "strip.png"
    QTest.mouseClick(page.save_strip, Qt.MouseButton.LeftButton)
    answers.file_answer = tmp_path / "walk.gif"
    QTest.mouseClick(page.save_animation, Qt.MouseButton.LeftButton)
    window.lab.archive.finish()
    with Image.open(tmp_path / "strip.png") as sheet:
        assert sheet.width > 4 * SIDE
    with Image.open(tmp_path / "walk.gif") as moving:
        assert (moving.n_frames, moving.size) == (4, (2 * SIDE, SIDE))


def test_another_brain_has_another_space(qtbot: QtBot, window: MainWindow) -> None:
    page = walk(qtbot, window)
    window.commands.open_brain_at("another")
    qtbot.waitUntil(lambda: window.lab.space.walking.strip.walk is None, timeout=PATIENCE_MS)
    assert not page.title.isVisible()
    walk(qtbot, window)


def test_closing_while_a_walk_is_rendered_ends(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    window = open_window()
    wait_until_settled(qtbot, window)
    page = page_of(window)
    engine.gate.clear()
    QTest.mouseClick(page.bar.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.lab.space.walking.strip.walk is not None, timeout=PATIENCE_MS)
    window.close()
    assert window.lab.generation.isFinished()


def test_there_is_nothing_to_click_between_the_images(qtbot: QtBot, window: MainWindow) -> None:
    page = walk(qtbot, window)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert window.tabs.currentWidget() is window.space_panel
