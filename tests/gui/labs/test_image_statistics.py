"""The statistics of natural images in the real window, computed in the plugins' process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Cloud, Wall
from alienlab.domain.laboratories.parameters import Material
from alienlab.ui.labs.cloud_view import CloudView
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.main_window import MainWindow
from tests.fakes.laboratories import carry_out
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "image-statistics"


@pytest.fixture
def page(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab) -> Iterator[LabPage]:
    opened = open_lab(real_lab_window, LAB, "colours", waits=False)
    opened.panel.set_value("number", 60)
    opened.bench.run()
    wait_for_result(qtbot, opened)
    yield opened
    opened.bench.reset()


def test_the_cloud_of_colours_is_turned(page: LabPage):
    view = page.exhibit.main
    assert isinstance(view, CloudView)
    assert isinstance(view.cloud, Cloud)
    assert [axis.title for axis in view.cloud.axes] == ["red", "green", "blue"]
    before = view.direction
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.direction != before


def test_what_is_drawn_from_the_gaussian_is_the_same_here_and_in_the_plugins_process(qtbot: QtBot, page: LabPage):
    page.bench.choose_experiment("gaussian")
    page.panel.set_value("shown", 6)
    page.bench.run()
    wait_for_result(qtbot, page)
    assert page.bench.exhibit is not None
    assert isinstance(page.bench.exhibit.main, Wall)
    assert page.bench.carried is not None
    recipe = page.bench.carried.recipe
    again = carry_out("alienlab_statistics", LAB, "gaussian", seed=recipe.seed, **recipe.values)
    assert np.array_equal(page.bench.carried.image, again.image)


def test_a_folder_of_pictures_is_taken(qtbot: QtBot, page: LabPage, tmp_path: Path):
    for number in range(10):
        Pillow.new("RGB", (40, 40), (255, 0, 0) if number % 2 else (0, 0, 255)).save(tmp_path / f"{number}.png")
    page.panel.set_value("images", Material(str(tmp_path)))
    page.bench.run()
    wait_for_result(qtbot, page)
    view = page.exhibit.main
    assert isinstance(view, CloudView)
    assert view.cloud is not None
    assert {tuple(colour) for colour in view.cloud.colours.tolist()} == {(255, 0, 0), (0, 0, 255)}
