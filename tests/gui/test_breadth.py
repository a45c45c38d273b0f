"""Breadth in the whole window, on a fake engine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.app.space.breadth_survey import NO_RECOGNISER
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import Law, RandomPoint
from alienlab.domain.events import Image
from alienlab.domain.recognition import Recognition
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.breadth_page import BreadthPage
from tests.fakes.fake_engine import FakeEngine, imagined
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

SILENCED = "down_blocks.0.*:zero"


def sees(image: Image) -> Recognition:
    """A cat where red prevails, else a dog."""
    words = ("cat", "dog") if image[..., 0].mean() > image[..., 1].mean() else ("dog", "cat")
    return Recognition(subjects=((words[0], 0.9), (words[1], 0.1)), nothing="nothing I know")


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """It has a recogniser, and renders several images at once."""
    engine.info = replace(engine.info, paces=(Pace(1, 1.0), Pace(4, 0.5)))
    engine.own_recogniser, engine.sees = "fake eyes", sees
    return engine


@pytest.fixture
def window(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Of an intact mind."""
    window.lab.lesions.clear()
    wait_until_settled(qtbot, window)
    return window


def page_of(window: MainWindow) -> BreadthPage:
    window.actions_["space.show"].trigger()
    window.space_panel.show_page(window.space_panel.breadth)
    return window.space_panel.breadth


def measure(qtbot: QtBot, window: MainWindow, points: int) -> BreadthPage:
    page = page_of(window)
    page.points.setValue(points)
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.lab.space.breadth.is_busy, timeout=PATIENCE_MS)
    return page


def test_the_breadth_of_the_intact_mind(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = measure(qtbot, window, 10)
    (finding,) = window.lab.space.breadth.findings
    assert [recipe.prompt for recipe in finding.pictures] == [RandomPoint(seed, Law.GAUSSIAN) for seed in range(10)]
    images = [imagined(recipe, engine.anatomy) for recipe in finding.pictures]
    colours = np.stack([image.mean(axis=(0, 1)) + 1.0 for image in images])
    cosines = (colours @ colours.T) / np.outer(*2 * [np.linalg.norm(colours, axis=1)])
    values = np.linalg.eigvalsh(cosines / 10)
    values = values[values > 1e-12]
    vendi = np.exp(-(values * np.log(values)).sum())
    assert page.columns[0].figures[0].text() == f"{vendi:.1f}"
    assert page.columns[0].figures[1].text() == f"{(1 - cosines)[np.triu_indices(10, 1)].mean():.2f}"
    cats = sum(sees(image).subjects[0][0] == "cat" for image in images)
    assert f"cat {cats}" in page.columns[0].concepts.text()
    assert f"dog {10 - cats}" in page.columns[0].concepts.text()
    assert not page.columns[1].isVisible()
    assert page.progress.text() == ""


def test_the_altered_mind_is_measured_beside_it(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(SILENCED)
    wait_until_settled(qtbot, window)
    page = measure(qtbot, window, 6)
    intact, altered = window.lab.space.breadth.findings
    assert (intact.mind, altered.mind) == ("intact", SILENCED)
    assert [one.intact for one in altered.pictures] == list(intact.pictures)
    assert all(column.isVisible() for column in page.columns)
    assert page.columns[1].mind.whole_text == SILENCED
    assert None not in (intact.breadth, altered.breadth)


def test_a_mind_that_imagines_nothing_has_no_breadth(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    engine.collapses = lambda recipe: bool(recipe.lesions)
    window = open_window(SILENCED)
    wait_until_settled(qtbot, window)
    page = measure(qtbot, window, 6)
    intact, altered = window.lab.space.breadth.findings
    assert intact.breadth is not None
    assert altered.breadth is None
    assert "0 of 6 points gave an image" in page.columns[1].concepts.text()
    assert page.progress.text() == ""


def test_an_image_is_opened_by_a_click(qtbot: QtBot, window: MainWindow) -> None:
    page = measure(qtbot, window, 4)
    images = page.columns[0].images
    recipe = list(window.lab.space.breadth.findings[0].pictures)[2]
    QTest.mouseClick(images, Qt.MouseButton.LeftButton, pos=images.rect_of(2).center())
    qtbot.waitUntil(lambda: window.tabs.currentWidget() is window.canvas, timeout=PATIENCE_MS)
    wait_until_settled(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.log.records[0].recipe == recipe, timeout=PATIENCE_MS)


@pytest.mark.parametrize("points", [0, 1])
def test_too_few_points_are_a_sentence(qtbot: QtBot, window: MainWindow, points: int) -> None:
    page = measure(qtbot, window, points)
    assert "at least two points" in page.trouble.text()
    assert page.trouble.isVisible()
    page = measure(qtbot, window, 3)
    assert not page.trouble.isVisible()


def test_without_a_recogniser_a_sentence_says_so(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    engine.own_recogniser = None
    window = open_window()
    wait_until_settled(qtbot, window)
    page = page_of(window)
    assert page.trouble.text() == NO_RECOGNISER
    assert page.choose.isVisible()
    jobs = len(engine.rendered)
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page.trouble.isVisible()
    assert len(engine.rendered) == jobs


def test_it_can_be_stopped(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    page = page_of(window)
    engine.gate.clear()
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert page.progress.text() == "0 of 48 images"
    QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    assert page.progress.text() == "stopped"
    assert page.go.isVisible()
    engine.gate.set()
    measure(qtbot, window, 4)
    assert window.lab.space.breadth.progress == (4, 4)


def test_images_that_nobody_checked_go_when_checks_are_wanted(qtbot: QtBot, window: MainWindow) -> None:
    page = measure(qtbot, window, 4)
    assert page.columns[0].isVisible()
    window.lab.space.set_checks_safety(True)
    assert not window.lab.space.breadth.findings
    assert not page.columns[0].isVisible()
    window.lab.space.set_checks_safety(False)
    measure(qtbot, window, 4)
    window.lab.space.set_checks_safety(False)
    assert window.lab.space.breadth.findings, "without checks nothing changes"


def test_keys_go_from_image_to_image_and_pin_and_open_one(qtbot: QtBot, window: MainWindow) -> None:
    page = measure(qtbot, window, 4)
    images = page.columns[0].images
    recipes = list(window.lab.space.breadth.findings[0].pictures)
    images.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(images, key)
    QTest.keyClick(images, Qt.Key.Key_P)
    board = window.lab.pinboard.board
    qtbot.waitUntil(lambda: [pin.recipe for pin in board.pins] == [recipes[2]], timeout=PATIENCE_MS)
    with qtbot.waitSignal(page.recipe_opened, timeout=PATIENCE_MS) as told:
        QTest.keyClick(images, Qt.Key.Key_Return)
    assert told.args == [recipes[2]]
