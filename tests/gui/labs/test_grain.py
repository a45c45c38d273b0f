"""The laboratory of grain in the real window, computed in the plugins' process."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Film, Picture, Plot
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.labs.plot_view import LabPlot
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.main_window import MainWindow
from tests.fakes.laboratories import carry_out
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "grain"


def size_of(page: LabPage) -> float:
    assert page.bench.exhibit is not None
    return float(next(one.value for one in page.bench.exhibit.readings if one.name == "size of the grains"))


def test_more_blur_makes_larger_grains(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "result")
    sizes: list[float] = []
    for blur in (1.0, 2.0, 3.0):
        page.panel.set_value("blur", blur)
        wait_for_result(qtbot, page)
        sizes.append(size_of(page))
    assert sizes == sorted(sizes)
    assert page.bench.exhibit is not None
    main = page.bench.exhibit.main
    assert isinstance(main, Picture)
    assert np.array_equal(main.pixels, carry_out("alienlab_grain", LAB, "result", blur=3.0).image)


def test_blur_is_dragged_along_the_curve_of_sizes(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "sizes")
    view = page.exhibit.main
    assert isinstance(view, LabPlot)
    assert isinstance(view.plot, Plot)
    view.lines[0].setValue(2.5)
    wait_for_result(qtbot, page)
    assert page.bench.values["blur"] == 2.5


def test_the_wall_sets_blur_and_sharpening(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "wall")
    view = page.exhibit.main
    assert isinstance(view, WallView)
    assert view.wall is not None
    view.chosen.emit(dict(view.wall.pictures[6].sets))
    wait_for_result(qtbot, page)
    assert {id_: page.bench.values[id_] for id_ in ("blur", "sharpening")} == view.wall.pictures[6].sets


def test_the_film_shows_every_round(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "film")
    page.panel.set_value("rounds", 6)
    wait_for_result(qtbot, page)
    assert page.bench.exhibit is not None
    main = page.bench.exhibit.main
    assert isinstance(main, Film)
    assert len(main.frames) == 7
