"""The real window with a plugin that offers one of everything, in the plugins' real process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from alienlab.app.beginning import Beginning
from alienlab.app.live import Live
from alienlab.bootstrap import build_window
from alienlab.domain.ports import BrainSource
from alienlab.extensions.client import PluginProcess
from alienlab.session.paths import AppPaths
from alienlab.ui.main_window import MainWindow
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.offering import offering
from tests.gui.conftest import Answers, wait_until_settled


@pytest.fixture(scope="module")
def offering_answers() -> Answers:
    return Answers()


@pytest.fixture(scope="module")
def shared_window(
    request: pytest.FixtureRequest, qapp, tmp_path_factory: pytest.TempPathFactory, offering_answers: Answers
) -> Iterator[MainWindow]:
    home = AppPaths.below(tmp_path_factory.mktemp("offers") / "home")
    window = build_window(
        qapp,
        engine=FakeEngine(unet_anatomy()),
        paths=home,
        live=Live(preview_delay_ms=0, settle_delay_ms=0),
        dialogs=offering_answers,
        found_plugins=offering("every_offer", "bad_offers"),
        plugin_engine=PluginProcess(home.cache, threads=1),
    )
    window.show()
    window.lab.begin(BrainSource(location="fake"), session=None, beginning=Beginning())
    wait_until_settled(QtBot(request), window)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def offering_window(shared_window: MainWindow) -> Iterator[MainWindow]:
    """With both plugins on, and no lesions."""
    for plugin in ("every-offer", "bad-offers"):
        if not shared_window.lab.plugins.shelf.is_on(plugin):
            shared_window.lab.plugins.switch(plugin, on=True)
    shared_window.messages.clear()
    yield shared_window
    shared_window.lab.lesions.replace_all(())
