"""The application wears the theme that is chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alienlab.ui.appearance import AppearanceSwitch
from alienlab.ui.icons import Icon, themed
from alienlab.ui.theme import DARK, LIGHT, Appearance


@pytest.fixture
def switch(qapp: QApplication) -> Iterator[AppearanceSwitch]:
    switch = AppearanceSwitch(qapp, Appearance.DARK)
    yield switch
    switch.choose(Appearance.DARK)
    switch.deleteLater()


def test_it_changes_clothes_at_once(switch: AppearanceSwitch, qapp: QApplication, qtbot: QtBot) -> None:
    assert switch.theme is DARK
    with qtbot.waitSignal(switch.changed) as signal:
        switch.choose(Appearance.LIGHT)
    assert signal.args == [LIGHT] and switch.appearance is Appearance.LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.ground
    assert LIGHT.accent in qapp.styleSheet() and DARK.accent not in qapp.styleSheet()


def test_the_same_theme_again_is_no_change(switch: AppearanceSwitch, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(switch.changed):
        switch.choose(Appearance.DARK)


def test_a_system_that_says_nothing_gets_the_dark_theme(switch: AppearanceSwitch) -> None:
    switch.choose(Appearance.SYSTEM)
    assert switch.theme in (DARK, LIGHT) and switch.appearance is Appearance.SYSTEM


@pytest.mark.parametrize("meaning", list(Icon))
def test_every_icon_is_in_the_icon_font(qapp: QApplication, meaning: Icon) -> None:
    image = themed(meaning, DARK).pixmap(24, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))
