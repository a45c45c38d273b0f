"""The laboratory of latent pixels in the real window, computed in the plugins' process."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Wall
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.main_window import MainWindow
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "latent-pixels"


def test_channels_are_knocked_out_and_what_changes_nothing_changes_nothing(
    qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab
):
    page = open_lab(real_lab_window, LAB, "alter", waits=False)
    page.panel.set_value("side", 32)
    page.panel.set_value("operation", "scale")
    pictures: dict[float, np.ndarray] = {}
    for amount in (1.0, 0.0):
        page.panel.set_value("amount", amount)
        wait_for_result(qtbot, page)
        assert not page.bench.error
        assert page.bench.carried is not None
        pictures[amount] = page.bench.carried.image
    assert not np.array_equal(pictures[1.0], pictures[0.0])
    page.panel.set_value("operation", "zero")
    wait_for_result(qtbot, page)
    assert page.bench.carried is not None
    assert np.array_equal(page.bench.carried.image, pictures[0.0])
    page.bench.reset()


def test_every_experiment_is_shown(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    open_lab(real_lab_window, LAB, "round-trip", waits=False).panel.set_value("side", 32)
    for experiment in ("round-trip", "channels", "mix", "noise"):
        page = open_lab(real_lab_window, LAB, experiment)
        assert not page.bench.error
        assert isinstance(page.exhibit.main, WallView)
        assert page.bench.exhibit is not None
        assert isinstance(page.bench.exhibit.main, Wall)
    page.bench.reset()
