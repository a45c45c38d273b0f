"""A laboratory in use: its page, its values, and what it computes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from alienlab.ui.main_window import MainWindow
from tests.fakes.plugin_engine import FakePluginEngine
from tests.gui.labs.conftest import OpenLab, wait_for_result


def test_the_process_starts_when_laboratories_are_first_looked_at(
    qtbot: QtBot, lab_window: MainWindow, plugin_engine: FakePluginEngine
):
    assert not plugin_engine.is_started
    lab_window.actions_["labs.show"].trigger()
    qtbot.waitUntil(lambda: plugin_engine.is_started)
    assert not plugin_engine.jobs


def test_a_change_computes_at_once(qtbot: QtBot, lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(lab_window, "shapes", "picture")
    page.panel.set_value("level", 1.0)
    wait_for_result(qtbot, page)
    assert page.bench.exhibit is not None
    assert page.bench.exhibit.main.pixels.max() == 255
