"""The log of a session of 20,000 renders."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.session.log.store import Session
from alienlab.ui.log.log_bar import Shape
from alienlab.ui.main_window import MainWindow
from tests.fakes.sessions import make_session
from tests.gui.conftest import PATIENCE_MS, OpenWindow

pytestmark = pytest.mark.slow
COUNT = 20_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "many"
    make_session(folder, COUNT)
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records were read at once, each time."""
    counted: list[int] = []
    select = Session._select

    def spy(self: Session, query: str, *values: str | int):
        found = select(self, query, *values)
        counted.append(len(found))
        return found

    monkeypatch.setattr(Session, "_select", spy)
    return counted


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, made: Path, reads: list[int]) -> MainWindow:
    opened = open_window(session=str(made))
    qtbot.waitUntil(lambda: opened.lab.brain.info is not None, timeout=PATIENCE_MS)
    opened.actions_["log.show"].trigger()
    return opened


def test_only_pages_are_read_on_opening_and_scrolling_to_the_end_shows_the_oldest(
    qtbot: QtBot, window: MainWindow, reads: list[int]
) -> None:
    panel = window.log_panel
    assert panel.bar.count.whole_text == "20,000 renders"
    window.grab()
    assert max(reads) <= 130
    assert sum(reads) < 400
    for shape in Shape:
        panel.set_shape(shape)
        QTest.keyClick(panel.view, Qt.Key.Key_End)
        window.grab()
        assert panel.rows.number(panel.view.currentIndex().row()) == 1
        assert panel.view.viewport().rect().intersects(panel.view.visualRect(panel.view.currentIndex()))
        qtbot.waitUntil(lambda: window.lab.log.picture(panel.selected()[0]) is not None, timeout=PATIENCE_MS)
    assert sum(reads) < 800


def test_a_filter_gives_what_an_independent_one_gives(qtbot: QtBot, window: MainWindow, made: Path) -> None:
    panel, session = window.log_panel, window.lab.session.session
    panel.rows.set_text("frog crown op:zero")
    qtbot.waitUntil(lambda: not panel.rows.is_waiting, timeout=PATIENCE_MS)
    read = session.read("SELECT number, recipe FROM renders ORDER BY number DESC")
    expected = [number for number, recipe in read if "frog" in recipe and "crown" in recipe and ":zero" in recipe]
    assert list(panel.rows.numbers) == expected
    assert 0 < len(expected) < COUNT // 8
    assert panel.bar.count.whole_text == f"{len(expected):,} of 20,000 renders"
    assert session.folder == made
