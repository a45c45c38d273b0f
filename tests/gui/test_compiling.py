"""The choice to compile the UNet's passes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from alienlab.app.workload import Workload
from alienlab.domain.events import Loading, Step
from alienlab.session.paths import AppPaths
from alienlab.session.settings import load_settings
from alienlab.ui.main_window import MainWindow
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled


def test_it_is_off_at_first_and_remembered_once_chosen(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, engine: FakeEngine, paths: AppPaths
) -> None:
    wait_until_settled(qtbot, window)
    compiles = window.actions_["brain.compile"]
    assert not compiles.isChecked()
    assert not engine.opened[-1].compile_passes
    compiles.trigger()
    qtbot.waitUntil(lambda: engine.opened[-1].compile_passes, timeout=PATIENCE_MS)
    assert engine.opened[-1].location == engine.opened[0].location
    assert load_settings(paths.settings_file).compile_passes
    qtbot.waitUntil(lambda: not window.lab.opener.is_opening, timeout=PATIENCE_MS)
    window.close()
    again = open_window()
    wait_until_settled(qtbot, again)
    assert again.actions_["brain.compile"].isChecked()
    assert engine.opened[-1].compile_passes
    again.actions_["brain.compile"].trigger()
    qtbot.waitUntil(lambda: not engine.opened[-1].compile_passes, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not again.lab.opener.is_opening, timeout=PATIENCE_MS)
    assert not load_settings(paths.settings_file).compile_passes


def test_the_status_says_that_passes_are_compiled_until_the_first_step() -> None:
    workload = Workload()
    workload.follow(Step(1, 0, 1, 4, None, 0.1, 1))
    assert workload.loading is not None  # no brain is open yet
    compiling = Loading("Compiling the UNet's passes")
    workload.follow(compiling)
    assert workload.loading == compiling
    workload.follow(Step(1, 0, 2, 4, None, 0.1, 1))
    assert workload.loading is None
