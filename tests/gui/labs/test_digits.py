"""Digits as attractors in the real window and the plugins' real process."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Picture, Wall
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.main_window import MainWindow
from tests.gui.labs.conftest import OpenLab, wait_for_result


def reading(page: LabPage, name: str) -> object:
    exhibit = page.bench.exhibit
    assert exhibit is not None
    return next(one.value for one in exhibit.readings if one.name == name)


def test_a_digit_falls_when_its_page_is_opened(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, "digits", "fall")
    page.panel.set_value("noise", 0.1)
    wait_for_result(qtbot, page)
    assert not page.bench.error
    assert reading(page, "falls to") == "3"
    page.panel.set_value("digit", 0)
    wait_for_result(qtbot, page)
    assert reading(page, "falls to") == "0"


def test_the_point_is_dragged_through_the_basins(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, "digits", "basins")
    page.panel.set_value("point", (0.1, 0.9))
    wait_for_result(qtbot, page)
    assert reading(page, "the point falls to") == "0"
    before = page.bench.exhibit
    page.panel.set_value("point", (0.95, 0.6))
    wait_for_result(qtbot, page)
    assert reading(page, "the point falls to") == "3"
    assert before is not None and isinstance(before.main, Picture)
    assert page.bench.carried is not None
    assert not np.array_equal(page.bench.carried.image, before.main.pixels)  # the way is another one


def test_lesions_move_the_basins_and_are_taken_back(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, "digits", "lesioned")
    example = reading(page, "of the plane moved")
    assert float(str(example)) > 10
    page.panel.set_value("lesions", ("middle.*:zero",))
    wait_for_result(qtbot, page)
    assert float(str(reading(page, "of the plane moved"))) > 50
    page.panel.set_value("lesions", ())
    wait_for_result(qtbot, page)
    assert reading(page, "of the plane moved") == example


def test_another_seed_draws_other_noise(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, "digits", "fall")
    first = page.bench.carried
    page.bench.set_seed(page.bench.seed + 1)
    wait_for_result(qtbot, page)
    second = page.bench.carried
    assert first is not None and second is not None
    assert isinstance(second.exhibit.main, Wall)
    assert not np.array_equal(first.image, second.image)
