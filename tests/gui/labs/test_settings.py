"""The settings: what the menus switch, and the plugins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.session.settings import load_settings
from alienlab.ui.settings.plugins_page import RIGHTS, SWITCH_ON, PluginsPage
from alienlab.ui.settings.settings_dialog import SettingsDialog
from alienlab.ui.theme import DARK, LIGHT, Appearance
from tests.fakes.plugin_engine import PLUGIN
from tests.gui.labs.conftest import LastingLab
from tests.gui.test_accessibility import check


@pytest.fixture
def dialog(lasting_lab: LastingLab) -> Iterator[SettingsDialog]:
    lasting_lab.window.actions_["plugins.show"].trigger()
    opened = lasting_lab.window.lab_tab.settings.dialog
    assert opened is not None
    lasting_lab.answers.choices.clear()
    lasting_lab.answers.asked.clear()
    yield opened
    opened.close()


@pytest.fixture
def page(dialog: SettingsDialog) -> PluginsPage:
    assert dialog.plugins.isVisible()
    return dialog.plugins


def click_switch(page: PluginsPage, id_: str) -> None:
    page.cards[id_].switch.setFocus()
    QTest.keyClick(page.cards[id_].switch, Qt.Key.Key_Space)


def test_every_plugin_is_there_with_where_it_is_from(page: PluginsPage):
    texts = {id_: " ".join(label.text() for label in _labels(card)) for id_, card in page.cards.items()}
    assert list(texts) == ["own-plugin", "torn", "other-plugin", PLUGIN]
    assert "version 1.0 · by A. Tester · built in" in texts[PLUGIN]
    assert "Offers 1 laboratory: Shapes." in texts[PLUGIN]
    assert "installed · other 2.0" in texts["other-plugin"]
    assert "your plugins folder · /plugins/own" in texts["own-plugin"]
    assert "plugin.toml has no id." in texts["torn"]
    on = {id_: card.switch.isChecked() for id_, card in page.cards.items()}
    assert on == {PLUGIN: True, "other-plugin": True, "own-plugin": False, "torn": False}


def test_the_switches_change_clothes_with_the_window(lasting_lab: LastingLab, page: PluginsPage):
    card = page.cards[PLUGIN]
    for appearance, theme in ((Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK)):
        lasting_lab.window.appearance.choose(appearance)
        assert card.switch.property("onColor").name() == theme.accent


def _labels(card):
    from PySide6.QtWidgets import QLabel  # noqa: PLC0415

    return card.findChildren(QLabel)


def test_a_plugin_is_switched_off_and_on_also_for_later_starts(lasting_lab: LastingLab, page: PluginsPage):
    lab, gallery = lasting_lab.window.lab, lasting_lab.window.lab_tab.panel.gallery
    click_switch(page, "other-plugin")
    assert "other-plugin/calm" not in gallery.cards
    assert load_settings(lab.preferences._file).plugins_off == ("other-plugin",)
    click_switch(page, "other-plugin")
    assert "other-plugin/calm" in gallery.cards
    assert not lasting_lab.answers.asked


def test_who_switches_on_a_plugin_of_his_own_folder_is_told_what_it_may_do(lasting_lab: LastingLab, page: PluginsPage):
    shelf = lasting_lab.window.lab.plugins
    lasting_lab.answers.choices = [None]
    click_switch(page, "own-plugin")
    assert lasting_lab.answers.asked == [RIGHTS]
    assert not page.cards["own-plugin"].switch.isChecked()
    assert not shelf.shelf.is_on("own-plugin")
    lasting_lab.answers.choices = [SWITCH_ON]
    click_switch(page, "own-plugin")
    assert shelf.shelf.is_on("own-plugin")
    click_switch(page, "own-plugin")
    assert not shelf.shelf.is_on("own-plugin")


def test_what_went_wrong_is_told_in_full_can_be_copied_and_tried_again(lasting_lab: LastingLab, page: PluginsPage):
    why = "The plugin fake-plugin made a mistake: ValueError: no."
    lasting_lab.window.lab.plugins.fail(PLUGIN, why)
    card = page.cards[PLUGIN]
    assert card.error.text() == why
    assert not card.switch.isChecked()
    QTest.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    assert why in QGuiApplication.clipboard().text()
    QTest.mouseClick(card.retry, Qt.MouseButton.LeftButton)
    assert card.switch.isChecked()
    assert not card.error.isVisible()
    assert f"{PLUGIN}/shapes" in lasting_lab.window.lab_tab.panel.gallery.cards


def test_one_that_cannot_be_read_cannot_be_switched_on(page: PluginsPage):
    card = page.cards["torn"]
    assert not card.switch.isEnabled()
    assert card.copy.isVisible()
    assert not card.retry.isVisible()


def test_general_settings_are_those_of_the_menus(lasting_lab: LastingLab, dialog: SettingsDialog):
    actions = lasting_lab.window.actions_
    dialog.show_page("General")
    smooth = dialog.general.controls["view.smooth"]
    smooth.click()
    assert actions["view.smooth"].isChecked()
    actions["view.smooth"].trigger()
    assert not smooth.isChecked()
    assert dialog.general.controls["view.dark"].isChecked()
    assert not dialog.general.controls["view.light"].isChecked()


def test_the_settings_open_once(qtbot: QtBot, lasting_lab: LastingLab, dialog: SettingsDialog):
    lasting_lab.window.actions_["settings.show"].trigger()
    assert lasting_lab.window.lab_tab.settings.dialog is dialog
    assert dialog.general.isVisible()


@pytest.mark.parametrize("title", ["General", "Plugins"])
def test_every_setting_has_a_name_and_is_reached_by_tab(dialog: SettingsDialog, title: str):
    dialog.show_page(title)
    check(dialog)
