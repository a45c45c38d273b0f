"""An animation is put together in a dialog that plays it, and is written as it was played."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.ui.exports.film_dialog import FilmDialog
from alienlab.ui.main_window import MainWindow
from tests.gui.conftest import PATIENCE_MS, Answers
from tests.gui.test_accessibility import check
from tests.gui.test_sheet_dialog import wait_until_written


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> FilmDialog:
    window.actions_["export.animation"].trigger()
    dialog = window.export_commands.film_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview.image is not None, timeout=PATIENCE_MS)
    dialog._clock.stop()
    return dialog


def pixels(image: QImage | None) -> np.ndarray:
    assert image is not None
    drawn = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(drawn.constBits(), np.uint8).reshape(drawn.height(), drawn.bytesPerLine())
    return rows[:, : 3 * drawn.width()].reshape(drawn.height(), drawn.width(), 3).copy()


def test_it_plays_image_after_image(dialog: FilmDialog):
    first = pixels(dialog.preview.image)
    dialog._clock.timeout.emit()
    second = pixels(dialog.preview.image)
    assert not np.array_equal(first, second)
    dialog._clock.timeout.emit()
    assert np.array_equal(first, pixels(dialog.preview.image))


def test_without_captions_it_shows_the_images_alone(dialog: FilmDialog, window: MainWindow, qtbot: QtBot):
    with_band = pixels(dialog.preview.image)
    with qtbot.waitSignal(dialog._draft.previewed, timeout=PATIENCE_MS):
        dialog.form.captions.setChecked(False)
    dialog._clock.stop()
    alone = pixels(dialog.preview.image)
    images = [tile.image for tile in window.lab.comparison.pair]
    assert any(np.array_equal(alone, image) for image in images)
    assert with_band.shape[0] > alone.shape[0]


def test_the_pace_is_that_of_the_clock(dialog: FilmDialog):
    dialog.form.pace.setValue(20.0)
    assert dialog._clock.interval() == 50


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_it_is_written(
    dialog: FilmDialog, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path, suffix: str
):
    answers.file_answer = tmp_path / f"film{suffix}"
    dialog.form.pace.setValue(10.0)
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    wait_until_written(qtbot, window)
    with Image.open(answers.file_answer) as film:
        assert film.n_frames == 2
        film.load()
        assert film.info["duration"] == 100


def test_every_control_has_a_name_and_is_reached_by_tab(dialog: FilmDialog):
    check(dialog)
