"""A render is seen step by step in a window of its own, on a fake engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from alienlab.domain.recognition import Recognition
from alienlab.ui.film_layout import LEGEND
from alienlab.ui.film_window import FilmWindow
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

STEPS = 5


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """It has a recogniser that likes bright images."""
    engine.own_recogniser = "own"
    engine.sees = lambda image: Recognition(subjects=(("cat", float(image.mean()) / 255.0), ("dog", 0.1)))
    return engine


def show_film(qtbot: QtBot, window: MainWindow) -> FilmWindow:
    """Of the current image, whole."""
    window.actions_["film.show"].trigger()
    film = window.point_commands.film_window
    assert film is not None and film.isVisible()
    qtbot.waitUntil(lambda: is_whole(window), timeout=PATIENCE_MS)
    return film


def is_whole(window: MainWindow) -> bool:
    filming = window.lab.space.filming
    return filming.film is not None and not filming.is_busy


def test_every_step_is_a_column_and_is_said_what_it_is_of(qtbot: QtBot, window: MainWindow) -> None:
    current = window.lab.comparison[window.lab.comparison.current_key]
    records = len(window.lab.log.records)
    dialog = show_film(qtbot, window)
    film = dialog.view.film
    assert film is not None
    assert film.recipe == current.recipe
    assert [frame.step for frame in film.frames] == list(range(STEPS + 1))
    assert current.image is not None
    assert np.array_equal(film.frames[-1].image, current.image)
    assert all(frame.recognition is not None for frame in film.frames)
    assert dialog.view.film_layout is not None
    assert (dialog.view.film_layout.columns, len(dialog.view.film_layout.channels)) == (STEPS + 1, 4)
    assert "changed by" not in dialog.view.details(0)
    assert "Step 1 of 5" in dialog.view.details(1)
    assert "changed by 0." in dialog.view.details(1)
    assert "cat" in dialog.view.details(1)
    assert len(window.lab.log.records) == records  # it is no render of its own


def test_steps_appear_as_they_come(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.gate.clear()
    window.actions_["film.show"].trigger()
    dialog = window.point_commands.film_window
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.view.film is not None, timeout=PATIENCE_MS)
    assert dialog.view.film is not None
    assert len(dialog.view.film.frames) == 1
    assert dialog.progress.text() == "step 0 of 5"
    assert dialog.bar.isVisible()
    assert not dialog.save.isEnabled()
    assert not dialog.grab().isNull()
    engine.gate.set()
    qtbot.waitUntil(lambda: is_whole(window), timeout=PATIENCE_MS)
    assert not dialog.bar.isVisible()
    assert dialog.save.isEnabled()


def test_closing_stops_what_is_followed(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.gate.clear()
    window.actions_["film.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.filming.film is not None, timeout=PATIENCE_MS)
    dialog = window.point_commands.film_window
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not window.lab.space.filming.is_busy
    qtbot.waitUntil(lambda: window.lab.generation.waiting == 0, timeout=PATIENCE_MS)
    engine.gate.set()
    film = show_film(qtbot, window).view.film
    assert film is not None
    assert len(film.frames) == STEPS + 1


def test_a_render_goes_first_and_the_film_begins_once_more(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.gate.clear()
    window.actions_["film.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.filming.film is not None, timeout=PATIENCE_MS)
    window.lab.settings.set_prompt("a dog")
    window.lab.render()
    engine.gate.set()
    wait_until_settled(qtbot, window)
    qtbot.waitUntil(lambda: is_whole(window), timeout=PATIENCE_MS)
    film = window.lab.space.filming.film
    assert film is not None
    assert [frame.step for frame in film.frames] == list(range(STEPS + 1))


def test_the_menu_of_a_render_shows_its_steps(qtbot: QtBot, window: MainWindow) -> None:
    record = window.lab.log.records[-1]
    menu = window.strip.menu_for(record)
    next(action for action in menu.actions() if action.text().startswith("Show the steps")).trigger()
    qtbot.waitUntil(lambda: is_whole(window), timeout=PATIENCE_MS)
    assert window.lab.space.filming.recipe == record.recipe


def test_the_sheet_is_saved(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    dialog = show_film(qtbot, window)
    answers.file_answer = tmp_path / "steps.png"
    with qtbot.waitSignal(window.lab.archive.done, timeout=PATIENCE_MS):
        QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with Pillow.open(answers.file_answer) as sheet:
        assert min(sheet.size) > 100


def test_a_render_by_another_brain_says_so(qtbot: QtBot, window: MainWindow) -> None:
    recipe = replace(window.lab.log.records[0].recipe, brain="cd" * 32)
    window.actions_["film.show"].trigger()
    dialog = window.point_commands.film_window
    assert dialog is not None
    dialog.show_film(recipe)
    assert "another brain" in dialog.notice.text()
    assert dialog.notice.isVisible()


def test_a_collapse_is_told_and_the_steps_before_it_stay(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    engine.collapses = lambda recipe: True
    dialog = show_film(qtbot, window)
    assert "collapse" in dialog.progress.text()
    assert dialog.view.isVisible()


def test_steps_of_what_is_flagged_are_not_shown(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    window.actions_["view.blur_flagged"].setChecked(True)
    for flags in (True, False):
        engine.flags = flags
        window.actions_["film.show"].trigger()
        dialog = window.point_commands.film_window
        assert dialog is not None
        qtbot.waitUntil(lambda: not window.lab.space.filming.is_busy, timeout=PATIENCE_MS)
        assert (dialog.view.film is None) is flags
        assert ("safety checker" in dialog.notice.text()) is flags


def test_without_a_recogniser_there_is_no_row_for_words(
    qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine
) -> None:
    engine.own_recogniser = None
    window = open_window()
    wait_until_settled(qtbot, window)
    dialog = show_film(qtbot, window)
    assert dialog.view.film_layout is not None
    assert dialog.view.film_layout.said.height() == 0
    assert engine.recognised == []


def test_the_strip_scrolls_under_its_captions_and_tells_of_a_step(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda position, text, widget: said.append(text))
    dialog = show_film(qtbot, window)
    dialog.resize(560, 400)
    view = dialog.view
    bar = view.horizontalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert bar.value() > 0
    bar.setValue(0)
    for spot in (QPoint(20, 60), QPoint(LEGEND + 20, 60)):
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
        move(view.viewport(), spot)
    assert said == ["", view.details(0)]
    assert not dialog.grab().isNull()


def move(widget, spot: QPoint) -> None:
    button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(spot), widget.mapToGlobal(QPointF(spot)), button, button, keys)
    QApplication.sendEvent(widget, event)
