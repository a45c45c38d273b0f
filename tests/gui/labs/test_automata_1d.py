"""The laboratory of automata in one dimension in the real window, computed in the plugins' process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Picture, Plot
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.main_window import MainWindow
from tests.fakes.laboratories import carry_out, pixels_by_command
from tests.gui.labs.conftest import OpenLab, wait_for_result

LAB = "automata-1d"


def reading(page: LabPage, name: str) -> object:
    assert page.bench.exhibit is not None
    return next(one.value for one in page.bench.exhibit.readings if one.name == name)


def test_a_rule_is_written_and_its_picture_follows(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "evolve")
    assert reading(page, "period") == 2
    page.panel.set_value("rule", "2:30")
    page.panel.set_value("start", "single")
    page.panel.set_value("cells", 101)
    wait_for_result(qtbot, page)
    assert reading(page, "period") == "none seen"
    assert page.bench.exhibit is not None
    shown = page.bench.exhibit.main
    assert isinstance(shown, Picture)
    assert shown.pixels.shape == (181, 101, 3)
    page.bench.reset()


def test_half_a_rule_is_told_and_nothing_is_lost(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "evolve")
    before = page.bench.exhibit
    page.panel.set_value("rule", "0123")
    wait_for_result(qtbot, page)
    assert "64 digits" in page.bench.error
    assert page.bench.exhibit is before
    page.bench.reset()
    wait_for_result(qtbot, page)
    assert not page.bench.error


def test_a_click_on_a_neighbour_takes_its_rule(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "one-entry")
    view = page.exhibit.main
    assert isinstance(view, WallView)
    assert view.wall is not None
    assert len(view.wall.pictures) == 192
    wanted = dict(view.wall.pictures[7].sets)
    view.chosen.emit(wanted)
    wait_for_result(qtbot, page)
    assert page.bench.values["rule"] == wanted["rule"]
    page.bench.reset()


def test_a_rule_that_was_found_is_looked_at(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, LAB, "search")
    view = page.exhibit.main
    assert isinstance(view, WallView)
    assert view.wall is not None
    assert len(view.wall.pictures) == 24
    found = view.wall.pictures[2].sets["rule"]
    view.chosen.emit({"rule": found})
    page.bench.choose_experiment("evolve")
    wait_for_result(qtbot, page)
    assert page.bench.values["rule"] == found
    page.bench.reset()


def test_every_experiment_is_shown(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    for experiment in ("starts", "progressive", "distance"):
        page = open_lab(real_lab_window, LAB, experiment)
        assert not page.bench.error
        assert page.bench.exhibit is not None
    assert isinstance(page.bench.exhibit.main, Plot)


def test_the_command_line_makes_the_same_pixels(tmp_path: Path):
    """In a fresh process, from the same recipe."""
    made = carry_out("alienlab_automata", LAB, "progressive", orders=2, tile_cells=40, seed=5)
    assert np.array_equal(
        pixels_by_command(tmp_path, LAB, "progressive", "--orders", "2", "--tile-cells", "40", "--seed", "5"),
        made.image,
    )
