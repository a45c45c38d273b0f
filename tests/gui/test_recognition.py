"""What the images are of: beneath the tiles, in their tooltips, in the log; and the choice of who says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import Arrangement
from alienlab.domain.events import Image
from alienlab.domain.recognition import Recognition
from alienlab.session.paths import AppPaths
from alienlab.session.settings import load_settings
from alienlab.ui.canvas.layout import CAPTION_LINE
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.recipes import make_lab_recipe
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

CAT = Recognition(
    subjects=(("cat", 0.98), ("dog", 0.02)),
    attributes=(("party hat", 0.95), ("no attribute", 0.05)),
    backgrounds=(("beach", 0.9), ("city", 0.1)),
    nothing="nothing I know",
)


def sees_a_cat(image: Image) -> Recognition:
    return CAT


def said(window: MainWindow) -> list[str | None]:
    """Beneath each tile that is shown."""
    shown = window.lab.comparison.shown()
    return [None if tile.recognition is None else tile.recognition.summary for tile in shown]


def who_says(window: MainWindow) -> set[str | None]:
    return {tile.recognition.recogniser if tile.recognition else None for tile in window.lab.comparison.shown()}


def caption_height(window: MainWindow) -> float:
    return window.canvas.view.places[0].caption.height


class Tooltips:
    """Stands in for Qt's, which the offscreen platform cannot raise."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.text = ""
        monkeypatch.setattr("alienlab.ui.canvas.view.QToolTip", self)

    def showText(self, at: QPoint, text: str, widget: QWidget) -> None:
        self.text = text

    def over(self, window: MainWindow, number: int) -> str:
        """Text of the tooltip over a tile."""
        view = window.canvas.view
        place = view.places[number].picture
        at = QPoint(round(place.x + place.width / 2), round(place.y + place.height / 2))
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
        return self.text


@pytest.fixture
def tooltips(monkeypatch: pytest.MonkeyPatch) -> Tooltips:
    return Tooltips(monkeypatch)


@pytest.fixture
def seeing(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> MainWindow:
    """A window on a brain that brings a recogniser, with its first comparison."""
    engine.own_recogniser, engine.sees = "fake/recogniser", sees_a_cat
    window = open_window()
    wait_until_settled(qtbot, window)
    return window


def test_every_finished_tile_says_what_it_is_of(seeing: MainWindow, tooltips: Tooltips) -> None:
    assert said(seeing) == ["cat 98 % · party hat 95 % · beach 90 %"] * 2
    assert "cat 98 %" in seeing.canvas.view.accessibleDescription()
    tip = tooltips.over(seeing, 1)
    assert "Subject: cat 98 %, dog 2 %" in tip
    assert "Attribute: party hat 95 %, no attribute 5 %" in tip
    assert "Background: beach 90 %, city 10 %" in tip


def test_without_a_recogniser_nothing_is_said_and_no_room_is_taken(window: MainWindow, tooltips: Tooltips) -> None:
    assert said(window) == [None, None]
    assert not window.canvas.view.shows_recognition
    assert "Subject" not in tooltips.over(window, 0)
    assert "CLIP" in window.actions_["recogniser.choose"].toolTip()


def test_the_line_has_its_room_before_the_images_are_there(
    qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine
) -> None:
    engine.own_recogniser, engine.sees = "fake/recogniser", sees_a_cat
    engine.gate.clear()
    window = open_window()
    qtbot.waitUntil(lambda: len(window.canvas.view.places) == 2, timeout=PATIENCE_MS)
    before = window.canvas.view.places
    engine.gate.set()
    wait_until_settled(qtbot, window)
    assert window.canvas.view.places == before
    window.lab.comparison.arrange(Arrangement.GRID)
    with_line = caption_height(window)
    window.canvas.view.set_recognises(False)  # the words are still there
    assert caption_height(window) == with_line


def test_the_words_are_in_the_log_and_come_back(
    qtbot: QtBot, seeing: MainWindow, open_window: OpenWindow, engine: FakeEngine
) -> None:
    assert all(record.provenance.recognition.summary.startswith("cat") for record in seeing.lab.log.records)
    seeing.strip.filter.setText("cat 98 %")
    qtbot.waitUntil(lambda: not seeing.strip.filtered.is_waiting)
    assert len(seeing.strip.records()) == 2
    seeing.close()
    again = open_window()
    assert said(again) == ["cat 98 % · party hat 95 % · beach 90 %"] * 2
    qtbot.waitUntil(lambda: again.lab.brain.info is not None, timeout=PATIENCE_MS)
    assert engine.recognised == []


def test_a_recogniser_is_chosen_once_and_says_what_the_shown_images_are_of(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, answers: Answers, tmp_path: Path, paths: AppPaths
) -> None:
    engine.sees = sees_a_cat
    before = caption_height(window)
    answers.folder_answer = tmp_path / "clip"
    renders = len(engine.rendered)
    window.actions_["recogniser.choose"].trigger()
    qtbot.waitUntil(lambda: said(window) == ["cat 98 % · party hat 95 % · beach 90 %"] * 2, timeout=PATIENCE_MS)
    assert answers.asked == ["Choose recogniser"]
    assert who_says(window) == {str(tmp_path / "clip")}
    assert engine.opened[-1].location == "fake"
    assert len(engine.rendered) == renders
    assert caption_height(window) == before + CAPTION_LINE
    assert load_settings(paths.settings_file).recogniser == str(tmp_path / "clip")
    assert any("clip says what images are of" in text for text in window.messages.texts)


def test_the_choice_holds_for_other_brains_and_after_a_restart(
    qtbot: QtBot, seeing: MainWindow, open_window: OpenWindow, engine: FakeEngine, answers: Answers
) -> None:
    answers.text_answer = "openai/clip-vit-base-patch32"
    seeing.actions_["recogniser.choose_hub"].trigger()
    qtbot.waitUntil(lambda: who_says(seeing) == {"openai/clip-vit-base-patch32"}, timeout=PATIENCE_MS)
    seeing.commands.open_brain_at("another")
    qtbot.waitUntil(lambda: seeing.lab.brain.info.source == "another", timeout=PATIENCE_MS)
    assert engine.opened[-1].recogniser == "openai/clip-vit-base-patch32"
    seeing.close()
    again = open_window()
    qtbot.waitUntil(lambda: again.lab.brain.info is not None, timeout=PATIENCE_MS)
    assert engine.opened[-1].recogniser == "openai/clip-vit-base-patch32"


def test_one_from_the_command_line_holds_until_the_window_closes(
    qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine, paths: AppPaths
) -> None:
    engine.sees = sees_a_cat
    window = open_window(recogniser="some/clip")
    wait_until_settled(qtbot, window)
    assert who_says(window) == {"some/clip"}
    window.commands.open_brain_at("another")
    qtbot.waitUntil(lambda: window.lab.brain.info.source == "another", timeout=PATIENCE_MS)
    assert engine.opened[-1].recogniser == "some/clip"
    assert load_settings(paths.settings_file).recogniser == ""


def test_the_brains_own_recogniser_can_be_taken_again(
    qtbot: QtBot, seeing: MainWindow, engine: FakeEngine, answers: Answers
) -> None:
    own = seeing.actions_["recogniser.own"]
    assert not own.isEnabled()
    answers.text_answer = "openai/clip-vit-base-patch32"
    seeing.actions_["recogniser.choose_hub"].trigger()
    qtbot.waitUntil(lambda: who_says(seeing) == {"openai/clip-vit-base-patch32"}, timeout=PATIENCE_MS)
    assert own.isEnabled()
    own.trigger()
    qtbot.waitUntil(lambda: who_says(seeing) == {"fake/recogniser"}, timeout=PATIENCE_MS)
    assert engine.opened[-1].recogniser is None
    assert not own.isEnabled()


def test_a_choice_does_not_stop_what_is_being_rendered(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, answers: Answers, tmp_path: Path
) -> None:
    engine.sees = sees_a_cat
    engine.gate.clear()
    window.prompt_bar.prompt.setText("a dog")
    window.lab.render()
    qtbot.waitUntil(lambda: window.lab.comparison.pair[0].step > 0 or len(engine.rendered) > 1, timeout=PATIENCE_MS)
    answers.folder_answer = tmp_path / "clip"
    window.actions_["recogniser.choose"].trigger()
    engine.gate.set()
    wait_until_settled(qtbot, window, renders=4)
    qtbot.waitUntil(lambda: who_says(window) == {str(tmp_path / "clip")}, timeout=PATIENCE_MS)


def test_a_recogniser_that_cannot_be_read_is_said_once_and_renders_go_on(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, answers: Answers, tmp_path: Path
) -> None:
    answers.folder_answer = tmp_path / "broken"
    window.actions_["recogniser.choose"].trigger()
    qtbot.waitUntil(lambda: "The recogniser cannot be read." in window.messages.texts, timeout=PATIENCE_MS)
    window.messages.clear()
    window.prompt_bar.prompt.setText("a dog")
    window.lab.render()
    wait_until_settled(qtbot, window, renders=4)
    assert said(window) == [None, None]
    assert window.messages.texts == ()
    assert len(engine.recognised) == 1
    engine.sees = sees_a_cat
    window.actions_["recogniser.choose"].trigger()
    qtbot.waitUntil(lambda: None not in said(window), timeout=PATIENCE_MS)


def test_a_dialog_that_is_left_changes_nothing(window: MainWindow, engine: FakeEngine, answers: Answers) -> None:
    opened = len(engine.opened)
    window.actions_["recogniser.choose"].trigger()
    window.actions_["recogniser.choose_hub"].trigger()
    assert len(answers.asked) == 2
    assert len(engine.opened) == opened


def test_nobody_is_asked_what_a_picture_of_a_laboratory_is_of(
    qtbot: QtBot, seeing: MainWindow, engine: FakeEngine
) -> None:
    comparison = seeing.lab.comparison
    stranger = replace(comparison.pair[0], key="another", recognition=None)
    picture = replace(stranger, key="picture", recipe=make_lab_recipe())
    asked = len(engine.recognised)
    comparison.arrange(Arrangement.GRID)
    comparison.add([stranger, picture])
    qtbot.waitUntil(lambda: comparison["another"].recognition is not None, timeout=PATIENCE_MS)
    assert comparison["picture"].recognition is None
    assert [len(job.images) for job in engine.recognised[asked:]] == [1]
