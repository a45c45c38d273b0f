"""The laboratory of automata in two dimensions in the real window, computed in the plugins' process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Film, Picture, Wall
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.main_window import MainWindow
from tests.fakes.laboratories import carry_out, pixels_by_command
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "automata-2d"


def test_the_square_grows_and_becomes_a_film(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "evolve")
    page.panel.set_value("side", 100)
    page.panel.set_value("steps", 12)
    wait_for_result(qtbot, page)
    assert page.bench.exhibit is not None
    picture = page.bench.exhibit.main
    assert isinstance(picture, Picture)
    assert picture.pixels.shape == (100, 100, 3)
    page.panel.set_value("film", True)
    wait_for_result(qtbot, page)
    film = page.bench.exhibit.main
    assert isinstance(film, Film)
    assert len(film.frames) == 13
    assert np.array_equal(film.frames[-1], picture.pixels)
    page.bench.reset()


def test_life_can_be_written(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "evolve")
    page.panel.set_value("rule", "B3/S23")
    wait_for_result(qtbot, page)
    assert not page.bench.error
    assert page.bench.exhibit is not None
    assert len(page.bench.exhibit.readings) == 2
    page.bench.reset()


def test_a_click_takes_a_rule_with_more_changes(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "progressive")
    view = page.exhibit.main
    assert isinstance(view, WallView)
    assert view.wall is not None
    wanted = view.wall.pictures[3].sets["rule"]
    assert wanted != page.bench.values["rule"]
    view.chosen.emit({"rule": wanted})
    wait_for_result(qtbot, page)
    assert page.bench.values["rule"] == wanted
    page.bench.reset()


def test_every_experiment_is_shown(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    for experiment in ("starts", "one-entry", "search"):
        page = open_lab(real_lab_window, LAB, experiment)
        assert not page.bench.error
        assert page.bench.exhibit is not None
        assert isinstance(page.bench.exhibit.main, Wall)


def test_the_command_line_makes_the_same_pixels(tmp_path: Path):
    """In a fresh process, from the same recipe."""
    made = carry_out("alienlab_automata", LAB, "evolve", side=90, density=0.5, seed=5)
    assert np.array_equal(
        pixels_by_command(tmp_path, LAB, "evolve", "--side", "90", "--density", "0.5", "--seed", "5"), made.image
    )
