"""The laboratory of mechanical attractors in the real window, computed in the plugins' process."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Film, Picture, Wall
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.labs.picture_view import PictureView
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.main_window import MainWindow
from tests.fakes.laboratories import carry_out
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "mechanical-attractors"


def reading(page: LabPage, name: str) -> object:
    assert page.bench.exhibit is not None
    return next(one.value for one in page.bench.exhibit.readings if one.name == name)


def test_the_ball_is_dragged_from_one_basin_to_the_other(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "trajectories")
    view = page.exhibit.main
    assert isinstance(view, PictureView)
    for point, well in (((0.25, 0.5), "well 1"), ((0.75, 0.5), "well 2")):
        view.dragged.emit("start", point)
        wait_for_result(qtbot, page)
        assert reading(page, "comes to") == well


def test_basins_are_the_same_here_and_in_the_plugins_process(
    qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab
):
    page = open_lab(real_lab_window, LAB, "basins")
    page.panel.set_value("start", (0.3, 0.6))
    page.panel.set_value("friction", 0.25)
    wait_for_result(qtbot, page)
    assert page.bench.exhibit is not None
    main = page.bench.exhibit.main
    assert isinstance(main, Picture)
    assert np.array_equal(
        main.pixels, carry_out("alienlab_wells", LAB, "basins", start=(0.3, 0.6), friction=0.25).image
    )


def test_a_click_on_the_wall_takes_its_dose(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "doses")
    page.panel.set_value("pictures", 4)
    page.panel.set_value("friction", 1.0)
    wait_for_result(qtbot, page)
    view = page.exhibit.main
    assert isinstance(view, WallView)
    assert page.bench.exhibit is not None
    wall = page.bench.exhibit.main
    assert isinstance(wall, Wall)
    view.chosen.emit(dict(wall.pictures[2].sets))
    wait_for_result(qtbot, page)
    assert page.bench.values["dose"] == wall.pictures[2].sets["dose"]


def test_the_film_plays(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "film")
    assert page.bench.exhibit is not None
    assert isinstance(page.bench.exhibit.main, Film)
