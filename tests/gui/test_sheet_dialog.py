"""A sheet is put together in a dialog that shows it, and is written as it was shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.app.exports.sources import SourceKind
from alienlab.session.sheets.sheet import Labelling
from alienlab.ui.exports.sheet_dialog import SheetDialog
from alienlab.ui.main_window import MainWindow
from tests.gui.conftest import PATIENCE_MS, Answers
from tests.gui.test_accessibility import check


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SheetDialog:
    return opened(window, qtbot)


def opened(window: MainWindow, qtbot: QtBot) -> SheetDialog:
    window.actions_["export.sheet"].trigger()
    dialog = window.export_commands.sheet_dialog
    assert dialog is not None
    wait_until_drawn(qtbot, dialog)
    return dialog


def wait_until_drawn(qtbot: QtBot, dialog: SheetDialog) -> None:
    qtbot.waitUntil(lambda: dialog.preview.image is not None and not dialog.state.text(), timeout=PATIENCE_MS)


def wait_until_written(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: any("saved as" in text for text in window.messages.texts), timeout=PATIENCE_MS)


def shape(dialog: SheetDialog) -> tuple[int, int]:
    image = dialog.preview.image
    assert image is not None
    return image.width(), image.height()


def test_the_session_is_shown_at_once(dialog: SheetDialog):
    assert dialog.form.source.source.kind is SourceKind.SESSION
    width, height = shape(dialog)
    assert width > height  # two images side by side


def test_another_choice_is_drawn_again(dialog: SheetDialog, qtbot: QtBot):
    before = shape(dialog)
    dialog.form.columns.setValue(1)
    qtbot.waitUntil(lambda: shape(dialog) != before, timeout=PATIENCE_MS)
    width, height = shape(dialog)
    assert height > width  # one above the other


def test_typing_a_title_draws_after_a_pause(dialog: SheetDialog, qtbot: QtBot):
    with qtbot.waitSignal(dialog._draft.previewed, timeout=PATIENCE_MS):
        QTest.keyClicks(dialog.form.title, "Two cats")
    assert dialog._draft.options.title == "Two cats"


@pytest.mark.parametrize("suffix", [".png", ".pdf", ".html"])
def test_it_is_written_as_it_was_put_together(
    dialog: SheetDialog, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path, suffix: str
):
    dialog.form.title.setText("Cats & hats")
    dialog.form._commit()
    dialog.form.labels.setCurrentIndex(dialog.form.labels.findData(Labelling.NUMBERS))
    answers.file_answer = tmp_path / f"sheet{suffix}"
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    wait_until_written(qtbot, window)
    match suffix:
        case ".png":
            with Image.open(answers.file_answer) as picture:
                assert picture.width > 500
        case ".pdf":
            text = PdfReader(answers.file_answer).pages[0].extract_text()
            assert "Cats & hats" in text
        case _:
            assert "Cats &amp; hats" in answers.file_answer.read_text(encoding="utf-8")


def test_it_can_be_stopped(
    dialog: SheetDialog, window: MainWindow, qtbot: QtBot, answers: Answers, tmp_path: Path, monkeypatch
):
    """The second image is not read any more, and nothing is written."""
    read: list[int] = []
    session = window.lab.session.session
    assert session is not None
    load = session.load_image

    def load_and_stop(record):
        read.append(record.number)
        window.lab.transfers.cancel()
        return load(record)

    monkeypatch.setattr(session, "load_image", load_and_stop)
    answers.file_answer = tmp_path / "sheet.png"
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("Stopped" in text for text in window.messages.texts), timeout=PATIENCE_MS)
    assert len(read) == 1
    assert not answers.file_answer.exists()


def test_without_an_answer_the_dialog_stays(dialog: SheetDialog, answers: Answers):
    answers.file_answer = None
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()


def test_what_the_canvas_shows_has_no_measures(dialog: SheetDialog, qtbot: QtBot):
    box = dialog.form.source
    kinds = [box.itemData(place).kind for place in range(box.count())]
    box.setCurrentIndex(kinds.index(SourceKind.CANVAS))
    assert not dialog.form.scale.isEnabled()
    wait_until_drawn(qtbot, dialog)


def test_what_cannot_be_made_is_said_in_place_of_the_preview(dialog: SheetDialog, window: MainWindow, qtbot: QtBot):
    session = window.lab.session.session
    assert session is not None
    window.lab.session.close()
    with qtbot.waitSignal(dialog._draft.failed, timeout=PATIENCE_MS):
        dialog.form.columns.setValue(3)
    assert not dialog.export_button.isEnabled()


def test_a_click_shows_the_preview_at_its_own_size(dialog: SheetDialog):
    view = dialog.preview
    view.viewport().resize(200, 200)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    assert not view.is_whole
    assert view.horizontalScrollBar().maximum() > 0
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.is_whole


def test_a_high_sheet_begins_as_wide_as_the_view(dialog: SheetDialog):
    """And a click shows the whole of it, where it is small."""
    view = dialog.preview
    view.show_image(QImage(600, 9000, QImage.Format.Format_RGB32))
    assert not view.is_whole
    assert view.verticalScrollBar().maximum() > 5 * view.viewport().height()
    assert view.horizontalScrollBar().maximum() == 0
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.is_whole
    assert view.verticalScrollBar().maximum() == 0
    view.show_image(QImage(600, 8000, QImage.Format.Format_RGB32))
    assert view.is_whole  # as it was chosen
    view.show_image(QImage(600, 400, QImage.Format.Format_RGB32))
    assert view.is_whole


def test_the_preview_is_the_sheet(dialog: SheetDialog, window: MainWindow):
    """The pixels of the first image stand in the preview."""
    image = dialog.preview.image
    tile = window.lab.comparison.pair[0].image
    assert image is not None and tile is not None
    drawn = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(drawn.constBits(), np.uint8).reshape(drawn.height(), drawn.bytesPerLine())
    shown = rows[:, : 3 * drawn.width()].reshape(-1, 3)
    assert {tuple(pixel) for pixel in tile.reshape(-1, 3)} <= {tuple(pixel) for pixel in shown}


def test_every_control_has_a_name_and_is_reached_by_tab(dialog: SheetDialog):
    check(dialog)
