"""The unit of distance, chosen in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from alienlab.session.settings import UNIT, load_settings
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.unit_dialog import UnitDialog


def opened(window: MainWindow) -> UnitDialog:
    window.actions_["space.unit"].trigger()
    dialog = window.point_commands.unit_dialog
    assert dialog is not None and dialog.isVisible()
    return dialog


def test_a_unit_is_chosen_and_remembered(qtbot: QtBot, window: MainWindow, paths) -> None:
    unit = window.lab.space.unit
    assert unit.span.words == "|cat − dog|"
    dialog = opened(window)
    dialog.second.setText("a robot")
    with qtbot.waitSignal(unit.changed):
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert unit.span.words == "|cat − robot|"
    assert load_settings(paths.settings_file).unit == ("a cat", "a robot")


def test_two_points_that_make_no_unit_are_a_sentence(window: MainWindow) -> None:
    dialog = opened(window)
    dialog.second.setText("a cat")
    dialog.accept()
    assert "the same" in dialog.note.text() and dialog.isVisible()
    dialog.second.setText("= between(")
    dialog.accept()
    assert "cannot be understood" in dialog.note.text()
    dialog.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert (dialog.first.text(), dialog.second.text()) == UNIT
    dialog.accept()
    assert window.lab.space.unit.texts == UNIT
