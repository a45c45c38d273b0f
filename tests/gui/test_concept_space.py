"""Concept space in the whole window, on a fake engine: watched, dragged, zoomed, opened."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from alienlab.app.space.choice import Way
from alienlab.app.space.plane import Address
from alienlab.app.space.viewpoint import TILE
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import OnPlane, Prompt, RandomDirections
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

ORIGIN = Address(0, 0, 0)


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """It renders several tiles at once."""
    engine.info = replace(engine.info, paces=(Pace(1, 1.0), Pace(8, 0.5)))
    return engine


def show_space(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_["space.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.tiles.progress.tiles > 0, timeout=PATIENCE_MS)


def wait_until_fine(qtbot: QtBot, window: MainWindow) -> None:
    def is_fine() -> bool:
        progress = window.lab.space.tiles.progress
        return 0 < progress.tiles == progress.fine

    qtbot.waitUntil(is_fine, timeout=PATIENCE_MS)


def tile_jobs(engine: FakeEngine) -> list[int]:
    """Places in the engine's list of jobs with points of a plane."""
    return [
        place
        for place, job in enumerate(engine.rendered)
        if any(isinstance(recipe.prompt, OnPlane) for recipe in job.recipes)
    ]


def click(window: MainWindow, address: Address) -> None:
    view = window.space_panel.plane.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.middle_of(address).toPoint())


def test_tiles_come_coarse_and_then_fine(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    records = len(window.lab.log.records)
    engine.gate.clear()
    show_space(qtbot, window)
    assert window.tabs.currentWidget() is window.space_panel
    assert "sketched" in window.space_panel.plane.progress.text()
    engine.gate.set()
    wait_until_fine(qtbot, window)
    steps = [engine.rendered[place].recipes[0].steps for place in tile_jobs(engine)]
    assert steps == sorted(steps)
    assert {4, 5} == set(steps)
    assert window.space_panel.plane.progress.text() == ""
    assert len(window.lab.log.records) == records
    assert window.lab.space.tiles.picture(ORIGIN) is not None


def test_nothing_is_rendered_in_another_tab(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    assert not tile_jobs(engine)
    engine.gate.clear()
    show_space(qtbot, window)
    qtbot.waitUntil(lambda: bool(tile_jobs(engine)), timeout=PATIENCE_MS)
    jobs = len(engine.rendered)
    window.tabs.setCurrentWidget(window.canvas)
    qtbot.waitUntil(lambda: window.lab.generation.waiting == 0, timeout=PATIENCE_MS)
    engine.gate.set()
    assert len(engine.rendered) == jobs


def test_dragging_cancels_what_left_the_view(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.gate.clear()
    show_space(qtbot, window)
    qtbot.waitUntil(lambda: bool(tile_jobs(engine)), timeout=PATIENCE_MS)
    jobs = len(engine.rendered)
    view = window.space_panel.plane.view
    middle = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    for far in (50, 1000, 3000):
        QTest.mouseMove(view, middle + QPoint(far, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + QPoint(3000, 0))
    assert view.viewpoint.x == pytest.approx(-3000 / TILE)
    qtbot.waitUntil(lambda: len(engine.rendered) > jobs, timeout=PATIENCE_MS)
    point = engine.rendered[jobs].recipes[0].prompt
    assert isinstance(point, OnPlane)
    assert point.x < 0
    engine.gate.set()
    wait_until_fine(qtbot, window)
    assert window.lab.space.tiles.picture(ORIGIN) is None
    assert window.tabs.currentWidget() is window.space_panel  # dragging is no click


def test_wheel_keys_and_double_click_move_about(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    view = window.space_panel.plane.view
    spot = QPointF(120.0, 80.0)
    before = view.place_words(spot)
    turn(view, spot, 120)
    assert view.viewpoint.level == 1
    assert view.place_words(spot).startswith(before.split(",")[0])
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.viewpoint.level == -1
    QTest.keyClick(view, Qt.Key.Key_0)
    assert (view.viewpoint.level, view.viewpoint.x, view.viewpoint.y) == (0, 0.0, 0.0)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert (view.viewpoint.x, view.viewpoint.y) == (1.0, 1.0)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert (view.viewpoint.x, view.viewpoint.y) == (0.0, 0.0)
    assert window.tabs.currentWidget() is window.space_panel


def turn(view, spot: QPointF, angle: int) -> None:
    everywhere = view.mapToGlobal(spot.toPoint()).toPointF()
    wheel = QWheelEvent(
        spot,
        everywhere,
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, wheel)


def test_the_pointer_is_told_where_it_is(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    view, panel = window.space_panel.plane.view, window.space_panel.plane
    QTest.mouseMove(view, view.middle_of(Address(0, 2, -1)).toPoint())
    qtbot.waitUntil(lambda: "|cat − dog|" in panel.place.whole_text, timeout=PATIENCE_MS)
    assert panel.place.whole_text.startswith(("0.50, −0.25", "0.51, −0.25", "0.50, −0.26"))
    assert "norm" in panel.place.whole_text


def test_a_click_makes_a_tile_a_real_render(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    show_space(qtbot, window)
    wait_until_fine(qtbot, window)
    records = len(window.lab.log.records)
    address = Address(0, 1, 1)
    recipe = window.lab.space.tiles.plane.recipe(address)
    click(window, address)
    qtbot.waitUntil(lambda: window.tabs.currentWidget() is window.canvas, timeout=PATIENCE_MS)
    wait_until_settled(qtbot, window)
    qtbot.waitUntil(lambda: len(window.lab.log.records) == records + 1, timeout=PATIENCE_MS)
    assert window.lab.log.records[0].recipe == recipe
    intact, opened = window.lab.comparison.pair
    assert intact.recipe == replace(recipe, prompt=Prompt("a cat in a party hat"), lesions=())
    assert opened.recipe == recipe
    assert opened.image is not None


def test_another_plane_leads_elsewhere(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    before = window.lab.space.tiles.plane.directions
    window.space_panel.plane.bar.dice.click()
    qtbot.waitUntil(lambda: window.lab.space.tiles.plane is not None, timeout=PATIENCE_MS)
    assert isinstance(before, RandomDirections)
    assert window.lab.space.tiles.plane.directions != before
    assert window.space_panel.plane.bar.seed.text() == f"plane {window.lab.space.choice.values.seed}"


def test_the_bar_chooses_the_plane(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    bar = window.space_panel.plane.bar
    assert not bar.first.isVisible()
    bar.way.setCurrentIndex(bar.way.findData(Way.TOWARD))
    bar.way.activated.emit(bar.way.currentIndex())
    assert bar.first.isVisible()
    bar.origin.setFocus()
    QTest.keyClicks(bar.origin, '= "a cat" + "a dog"')
    QTest.keyClick(bar.origin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.lab.space.tiles.plane is not None, timeout=PATIENCE_MS)
    plane = window.lab.space.tiles.plane
    assert str(plane.directions) == "plane toward a cat and a dog"
    assert str(plane.origin) == "a cat + a dog"


def test_a_bad_formula_is_a_message(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    bar = window.space_panel.plane.bar
    bar.origin.setFocus()
    QTest.keyClicks(bar.origin, "= nonsense(")
    QTest.keyClick(bar.origin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.messages.isVisible(), timeout=PATIENCE_MS)
    assert "cannot be understood" in window.space_panel.plane.trouble.text()
    assert window.space_panel.plane.trouble.isVisible()
    bar.origin.clear()
    QTest.keyClick(bar.origin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.space_panel.plane.view.isVisible(), timeout=PATIENCE_MS)


def test_without_a_prompt_a_calm_sentence_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    window.prompt_bar.prompt.clear()
    qtbot.waitUntil(lambda: window.space_panel.plane.trouble.isVisible(), timeout=PATIENCE_MS)
    assert "Write a prompt" in window.space_panel.plane.trouble.text()


def test_a_failed_tile_tells_its_reason(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.collapses = lambda recipe: isinstance(recipe.prompt, OnPlane) and recipe.prompt.x > 0
    show_space(qtbot, window)
    wait_until_fine(qtbot, window)
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda position, text, widget: said.append(text))
    view = window.space_panel.plane.view
    for address in (Address(0, 1, 0), Address(0, -1, 0)):
        spot = view.middle_of(address).toPoint()
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
    assert "collapse" in said[0]
    assert said[1] == ""


def test_a_sweep_goes_on_after_the_tiles(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.gate.clear()
    window.actions_["sweep.atlas"].trigger()
    qtbot.waitUntil(lambda: window.lab.generation.waiting == 0, timeout=PATIENCE_MS)
    show_space(qtbot, window)
    engine.gate.set()
    wait_until_fine(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.05, timeout=PATIENCE_MS)
    assert window.lab.sweeps.is_running
    window.lab.sweeps.cancel()


def test_closing_while_tiles_are_rendered_ends(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    window = open_window()
    wait_until_settled(qtbot, window)
    engine.gate.clear()
    show_space(qtbot, window)
    qtbot.waitUntil(lambda: bool(tile_jobs(engine)), timeout=PATIENCE_MS)
    window.close()
    assert window.lab.generation.isFinished()


def test_painting_is_light(qtbot: QtBot, window: MainWindow) -> None:
    show_space(qtbot, window)
    view = window.space_panel.plane.view
    view.setFixedSize(1000, 800)
    wait_until_fine(qtbot, window)
    canvas = QPixmap(view.size())
    view.render(canvas)
    assert sorted(painted(view, canvas) for _ in range(40))[37] < 100  # several times what it takes on a busy machine


def painted(view, canvas: QPixmap) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    view.render(canvas)
    return (time.perf_counter() - start) * 1000
