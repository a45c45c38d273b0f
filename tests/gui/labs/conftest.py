"""Laboratories in the real window: on a fake engine, or in the plugins' real process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from alienlab.app.beginning import Beginning
from alienlab.app.live import Live
from alienlab.bootstrap import build_window
from alienlab.domain.laboratories.declarations import FoundPlugin
from alienlab.domain.laboratories.ports import PluginEngine
from alienlab.domain.ports import BrainSource
from alienlab.extensions.client import PluginProcess
from alienlab.extensions.discovery import find_plugins
from alienlab.session.paths import AppPaths
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.main_window import MainWindow
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.plugin_engine import FakePluginEngine, found_plugins
from tests.gui.conftest import PATIENCE_MS, Answers, wait_until_settled

OpenLab = Callable[..., LabPage]


@pytest.fixture
def plugin_engine() -> FakePluginEngine:
    return FakePluginEngine()


@pytest.fixture
def lab_window(
    qtbot: QtBot, qapp, engine: FakeEngine, paths: AppPaths, answers: Answers, plugin_engine: FakePluginEngine
) -> Iterator[MainWindow]:
    """The window with the fake plugins; nothing but laboratories is looked at, so no render is waited for."""
    yield from _opened(qapp, engine, paths, answers, found_plugins(), plugin_engine)
    plugin_engine.open_gate()


@dataclass(frozen=True)
class LastingLab:
    """A window on the fake plugins for all tests of a module, each of which finds the values that it set."""

    window: MainWindow
    engine: FakePluginEngine
    answers: Answers

    def open(self, qtbot: QtBot, experiment: str, *, waits: bool = True) -> LabPage:
        """The laboratory Shapes with its first values."""
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow, timeout=PATIENCE_MS)  # shortcuts and Tab need that
        self.window.actions_["labs.show"].trigger()
        bench = self.window.lab.benches.open("shapes")
        bench.choose_experiment(experiment)
        bench.reset()
        page = self.window.lab_tab.panel.page
        assert page is not None
        if waits:
            wait_for_result(qtbot, page)
        return page


@pytest.fixture(scope="module")
def lasting_lab(qapp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LastingLab]:
    home = AppPaths.below(tmp_path_factory.mktemp("lasting") / "home")
    engine, answers = FakePluginEngine(), Answers()
    opened = _opened(qapp, FakeEngine(unet_anatomy()), home, answers, found_plugins(), engine)
    yield LastingLab(next(opened), engine, answers)
    engine.open_gate()
    next(opened, None)


@pytest.fixture(scope="module")
def real_lab_window(
    request: pytest.FixtureRequest, qapp, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    """The window with all plugins that are there, in their real process; one for all tests of a module."""
    home = AppPaths.below(tmp_path_factory.mktemp("laboratories") / "home")
    process = PluginProcess(home.cache, threads=1)
    plugins = find_plugins(home.plugins)
    yield from _opened(qapp, FakeEngine(unet_anatomy()), home, Answers(), plugins, process)


def _opened(
    qapp,
    engine: FakeEngine,
    paths: AppPaths,
    answers: Answers,
    plugins: tuple[FoundPlugin, ...],
    plugin_engine: PluginEngine,
) -> Iterator[MainWindow]:
    window = build_window(
        qapp,
        engine=engine,
        paths=paths,
        live=Live(preview_delay_ms=0, settle_delay_ms=0),
        dialogs=answers,
        found_plugins=plugins,
        plugin_engine=plugin_engine,
    )
    window.show()
    window.lab.begin(BrainSource(location="fake"), session=None, beginning=Beginning())
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def open_lab(qtbot: QtBot) -> OpenLab:
    """``open_lab(window, "iterated-maps", "density")``: its page; with ``waits``, once it shows a result."""

    def open_one(window: MainWindow, name: str, experiment: str | None = None, *, waits: bool = True) -> LabPage:
        window.actions_["labs.show"].trigger()
        bench = window.lab.benches.open(name)
        if experiment is not None:
            bench.choose_experiment(experiment)
        page = window.lab_tab.panel.page
        assert page is not None
        if waits:
            if not bench.experiment.is_live:
                bench.run()
            wait_for_result(qtbot, page)
        return page

    return open_one


def wait_for_result(qtbot: QtBot, page: LabPage) -> None:
    """Until the laboratory shows what it is set to, or says why it cannot."""
    bench = page.bench

    def is_done() -> bool:
        return not bench.is_busy and (not bench.is_behind or bool(bench.error))

    qtbot.waitUntil(is_done, timeout=PATIENCE_MS)


__all__ = ["OpenLab", "open_lab", "wait_for_result", "wait_until_settled"]
