"""The laboratory of iterated maps in the real window, computed in the plugins' process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Picture, Wall
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.labs.picture_view import PictureView
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.main_window import MainWindow
from tests.fakes.laboratories import carry_out, pixels_by_command
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "iterated-maps"


def reading(page: LabPage, name: str) -> object:
    assert page.bench.exhibit is not None
    return next(one.value for one in page.bench.exhibit.readings if one.name == name)


def test_one_attractor_becomes_two(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "density")
    page.panel.set_value("a", 2.9)
    wait_for_result(qtbot, page)
    assert reading(page, "values") == "0.6552"
    page.panel.set_value("a", 3.1)
    wait_for_result(qtbot, page)
    assert reading(page, "values") == "0.5580, 0.7646"


def test_the_marker_is_dragged_through_the_diagram(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "bifurcation")
    view = page.exhibit.main
    assert isinstance(view, PictureView)
    before = page.bench.exhibit
    assert before is not None
    view.dragged.emit("a", 3.5)
    wait_for_result(qtbot, page)
    assert page.bench.values["a"] == 3.5
    assert reading(page, "values it settles to") == 4
    assert isinstance(before.main, Picture)
    assert page.bench.exhibit is not None
    assert isinstance(page.bench.exhibit.main, Picture)
    assert np.array_equal(page.bench.exhibit.main.pixels, before.main.pixels)


def test_a_click_on_the_wall_takes_its_a(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "wall")
    view = page.exhibit.main
    assert isinstance(view, WallView)
    assert view.wall is not None
    view.chosen.emit(dict(view.wall.pictures[3].sets))
    wait_for_result(qtbot, page)
    assert page.bench.values["a"] == view.wall.pictures[3].sets["a"]


def test_every_experiment_is_shown(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    for experiment in ("cobweb", "lyapunov", "splits", "wall"):
        page = open_lab(real_lab_window, LAB, experiment)
        assert not page.bench.error
        assert page.bench.exhibit is not None
    assert isinstance(page.bench.exhibit.main, Wall)


def test_the_command_line_makes_the_same_pixels(tmp_path: Path):
    """In a fresh process, from the same recipe."""
    made = carry_out("alienlab_maps", LAB, "density", a=3.1, noise=0.01, seed=5)
    assert np.array_equal(
        pixels_by_command(tmp_path, LAB, "density", "--a", "3.1", "--noise", "0.01", "--seed", "5"), made.image
    )
