"""Two images, one noise in the real window and the plugins' real process, with a network that has learned little."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Film, Wall
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.main_window import MainWindow
from tests.gui.labs.conftest import OpenLab, wait_for_result

QUICK = {"training": 20, "width": 16, "noises": 4, "steps": 3}


def prepared(window: MainWindow, open_lab: OpenLab, experiment: str) -> LabPage:
    """The page with values that are computed soon, not yet run."""
    page = open_lab(window, "two-images", experiment, waits=False)
    for id_, value in QUICK.items():
        if id_ in {parameter.id for parameter in page.bench.parameters}:
            page.panel.set_value(id_, value)
    return page


def test_noise_is_added_as_soon_as_the_page_is_opened(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = open_lab(real_lab_window, "two-images", "noising")
    assert not page.bench.error
    exhibit = page.bench.exhibit
    assert exhibit is not None and isinstance(exhibit.main, Wall)
    page.panel.set_value("shown", "film")
    wait_for_result(qtbot, page)
    assert page.bench.exhibit is not None and isinstance(page.bench.exhibit.main, Film)


def test_training_waits_for_run_and_shows_its_loss(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = prepared(real_lab_window, open_lab, "training")
    assert not page.bench.is_busy
    shown: list[int] = []

    def note() -> None:
        exhibit = page.bench.exhibit
        if exhibit is not None:
            shown.append(len(exhibit.plots[0].curves[0].y))

    page.bench.exhibit_changed.connect(note)
    page.bench.run()
    wait_for_result(qtbot, page)
    page.bench.exhibit_changed.disconnect(note)
    assert not page.bench.error
    assert shown[0] < 20 and shown[-1] == 20


def test_training_is_stopped(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = prepared(real_lab_window, open_lab, "training")
    page.panel.set_value("training", 5000)
    page.bench.run()
    qtbot.waitUntil(lambda: bool(page.bench.fraction), timeout=60_000)
    page.bench.stop()
    qtbot.waitUntil(lambda: not page.bench.is_busy, timeout=60_000)
    assert page.bench.is_behind


def test_a_click_on_a_noise_follows_its_way(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = prepared(real_lab_window, open_lab, "many")
    page.bench.run()
    wait_for_result(qtbot, page)
    exhibit = page.bench.exhibit
    assert exhibit is not None and isinstance(exhibit.main, Wall)
    assert [dict(picture.sets) for picture in exhibit.main.pictures] == [{"noise": number} for number in range(1, 5)]


def test_the_same_noises_intact_and_lesioned(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = prepared(real_lab_window, open_lab, "lesioned")
    page.panel.set_value("lesions", ("conv_out:zero",))
    page.bench.run()
    wait_for_result(qtbot, page)
    first = page.bench.carried
    assert first is not None and not page.bench.error
    assert isinstance(first.exhibit.main, Wall)
    intact, altered = first.exhibit.main.pictures[0], first.exhibit.main.pictures[first.exhibit.main.columns]
    assert not np.array_equal(intact.pixels, altered.pixels)


def test_its_network_is_drawn_as_a_brain(qtbot: QtBot, real_lab_window: MainWindow, open_lab: OpenLab):
    page = prepared(real_lab_window, open_lab, "lesioned")
    page.show_network("lesions", True)
    qtbot.waitUntil(lambda: page.bench.brain.anatomy is not None, timeout=60_000)
    anatomy = page.bench.brain.anatomy
    assert anatomy is not None and "mid_block.attentions.0.proj_in" in {module.path for module in anatomy.modules}
    page.show_network("lesions", False)
