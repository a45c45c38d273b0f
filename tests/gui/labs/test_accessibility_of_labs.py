"""Every control of laboratories has a name and is reached by Tab."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.plugin_engine import EXPERIMENTS
from tests.gui.labs.conftest import LastingLab
from tests.gui.test_accessibility import check


def test_the_gallery(lasting_lab: LastingLab):
    lasting_lab.window.actions_["labs.show"].trigger()
    lasting_lab.window.lab.benches.close_current()
    check(lasting_lab.window)


@pytest.mark.parametrize("experiment", [one.id for one in EXPERIMENTS if one.id not in ("broken", "asked", "refusing")])
def test_a_page(qtbot: QtBot, lasting_lab: LastingLab, experiment: str):
    page = lasting_lab.open(qtbot, experiment)
    if experiment == "lesions":
        page.show_network("wounds", True)
        qtbot.waitUntil(lambda: page.bench.brain.anatomy is not None)
    check(lasting_lab.window)
    if experiment == "lesions":
        page.show_network("wounds", False)
