"""Bars beneath the images that say what they are of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from alienlab.app.board.pictures import PinPicture
from alienlab.app.comparison import Arrangement
from alienlab.domain.board import Pin
from alienlab.domain.recognition import Recognition
from alienlab.session.log.labels import UNLABELLED, Label
from alienlab.session.paths import AppPaths
from alienlab.session.settings import load_settings
from alienlab.ui.canvas.board.pin_painter import PinLook, PinPainter
from alienlab.ui.canvas.layout import CAPTION_LINE, CAPTION_MARGIN, Place, Rect
from alienlab.ui.canvas.recognition_bars import FEWEST_SUBJECTS, RecognitionBars, bar_of, height_of, lines_of, rows_of
from alienlab.ui.canvas.tile_painter import TileLook
from alienlab.ui.canvas.viewpoint import Viewpoint
from alienlab.ui.main_window import MainWindow
from alienlab.ui.theme import DARK
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.recipes import make_provenance, make_recipe
from tests.gui.conftest import OpenWindow, wait_until_settled
from tests.gui.two_images_window import as_at_first, seen

SEEN = Recognition(
    subjects=(("cat", 0.75), ("dog", 0.2), ("panda", 0.04), ("fox", 0.005), ("owl", 0.005)),
    attributes=(("party hat", 0.5), ("no attribute", 0.5)),
    backgrounds=(("beach", 1.0),),
    nothing="nothing I know",
)


@pytest.fixture
def seeing(lasting_window: MainWindow) -> MainWindow:
    """A window whose images are known to be of a cat."""
    as_at_first(lasting_window)
    comparison = lasting_window.lab.comparison
    for tile in comparison.pair:
        comparison.replace_tile(replace(tile, recognition=SEEN))
    return lasting_window


def bars(window: MainWindow, number: int, subjects: int) -> list[float]:
    """How much of each bar beneath a tile has another colour than its ground."""
    view = window.canvas.view
    caption = view.places[number].caption
    top = caption.bottom - height_of(subjects)
    filled: list[float] = []
    for row in range(lines_of(subjects)):
        bar = bar_of(Rect(caption.x, top + row * CAPTION_LINE, caption.width, CAPTION_LINE))
        middle = Rect(bar.left(), bar.center().y(), bar.width(), 1)
        pixels = seen(view.viewport(), middle)[0]
        ground = QColor(DARK.line)
        filled.append(float((pixels != (ground.red(), ground.green(), ground.blue())).any(axis=1).mean()))
    return filled


def test_bars_are_as_long_as_the_recogniser_is_sure(qtbot: QtBot, seeing: MainWindow) -> None:
    view = seeing.canvas.view
    one_line = view.places[0].caption.height
    qtbot.keyClick(seeing, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    subjects = view.subjects
    assert view.places[0].caption.height == one_line + height_of(subjects) - CAPTION_LINE
    expected = [*[probability for _, probability in SEEN.subjects[:subjects]], 0.5, 1.0]
    for number in (0, 1):
        np.testing.assert_allclose(bars(seeing, number, subjects), expected, atol=0.03)
    seeing.lab.comparison.arrange(Arrangement.GRID)
    assert view.subjects >= FEWEST_SUBJECTS
    np.testing.assert_allclose(bars(seeing, 1, view.subjects)[:2], [0.75, 0.2], atol=0.03)
    qtbot.keyClick(seeing, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert view.subjects == 0


def test_the_choice_is_remembered(qtbot: QtBot, open_window: OpenWindow, paths: AppPaths, engine: FakeEngine) -> None:
    engine.own_recogniser, engine.sees = "fake/recogniser", lambda image: SEEN
    first = open_window()
    wait_until_settled(qtbot, first)
    first.actions_["canvas.recognition"].trigger()
    assert load_settings(paths.settings_file).shows_recognition
    first.close()
    again = open_window()
    assert again.actions_["canvas.recognition"].isChecked()
    assert again.canvas.view.subjects >= FEWEST_SUBJECTS


def test_a_low_canvas_shows_fewer_subjects(qtbot: QtBot, seeing: MainWindow) -> None:
    seeing.actions_["canvas.recognition"].trigger()
    seeing.resize(960, 600)
    qtbot.waitUntil(lambda: seeing.canvas.view.subjects == FEWEST_SUBJECTS)


def test_rows_of_what_is_not_known_stay_empty() -> None:
    bare = Recognition(subjects=(("cat", 1.0),))
    rows = rows_of(bare, 3)
    assert [None if row is None else row.word for row in rows] == ["cat", None, None, None, None]
    assert [row.word for row in rows_of(SEEN, 3) if row is not None] == ["cat", "dog", "panda", "party hat", "beach"]


def test_without_a_recogniser_no_room_is_taken(lasting_window: MainWindow) -> None:
    as_at_first(lasting_window)
    comparison = lasting_window.lab.comparison
    for tile in comparison.pair:
        comparison.replace_tile(replace(tile, recognition=None))
    before = lasting_window.canvas.view.places
    lasting_window.actions_["canvas.recognition"].trigger()
    assert lasting_window.canvas.view.places == before


def test_bars_of_pins_are_aligned_whatever_stands_above_them(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[Rect] = []
    monkeypatch.setattr(
        RecognitionBars, "paint", lambda bars, painter, seen, area, theme, subjects: painted.append(area)
    )
    look = TileLook(theme=DARK, smooth=False, viewpoint=Viewpoint(), recognises=True, subjects=FEWEST_SUBJECTS)
    height = CAPTION_MARGIN + (2 + look.recognition_lines) * CAPTION_LINE
    place = Place(Rect(0, 0, 192, 192), Rect(0, 192, 192, height))
    picture = PinPicture(np.zeros((96, 96, 3), np.uint8), replace(make_provenance(), recognition=SEEN))
    surface = QImage(240, 400, QImage.Format.Format_RGB32)
    painter = QPainter(surface)
    for label in (UNLABELLED, Label(star=True, name="mine")):
        seen = PinLook(pin=Pin(recipe=make_recipe("a cat")), picture=picture, caption=("intact",), label=label)
        PinPainter().paint(painter, seen, place, look, label_line=True, is_free=False)
    painter.end()
    assert [area.y for area in painted] == [place.caption.bottom - look.recognition_lines * CAPTION_LINE] * 2
