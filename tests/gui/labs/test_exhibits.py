"""Every kind of exhibit in the window: seen, pointed at, dragged, clicked and turned."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.domain.laboratories.exhibits import Cloud, Curve, Film, Picture, Plot, Scale
from alienlab.ui.labs.cloud_view import CloudView
from alienlab.ui.labs.film_player import FilmPlayer
from alienlab.ui.labs.lab_page import LabPage
from alienlab.ui.labs.picture_view import PictureView
from alienlab.ui.labs.plot_view import LabPlot
from alienlab.ui.labs.wall_view import WallView
from alienlab.ui.theme import DARK
from tests.gui.labs.conftest import LastingLab, wait_for_result

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lab(lasting_lab: LastingLab) -> LastingLab:
    return lasting_lab


def pictured(page: LabPage) -> PictureView:
    view = page.exhibit.main
    assert isinstance(view, PictureView)
    return view


def drag(view: PictureView, start: tuple[float, float], end: tuple[float, float]) -> None:
    """In shares of the picture."""
    begin, stop = view.point_of(*start).toPoint(), view.point_of(*end).toPoint()
    QTest.mousePress(view, LEFT, pos=begin)
    QTest.mouseMove(view, (begin + stop) / 2)
    QTest.mouseMove(view, stop)
    QTest.mouseRelease(view, LEFT, pos=stop)


def test_a_picture_is_shown_pixel_by_pixel_with_its_axes(qtbot: QtBot, lab: LastingLab):
    view = pictured(lab.open(qtbot, "picture"))
    frame = view.frame
    assert frame.width() % 8 == 0
    shown = view.grab().toImage()
    brightest = QColor(shown.pixel(view.point_of(0.05, 0.9).toPoint()))
    assert abs(brightest.red() - 128) <= 1


def test_a_line_is_dragged_and_the_picture_follows(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    drag(pictured(page), (0.5, 0.8), (1.0, 0.8))
    assert page.bench.values.number("level") == pytest.approx(1.0, abs=0.02)
    wait_for_result(qtbot, page)
    assert page.bench.exhibit.main.pixels.max() >= 250
    assert page.panel.editors["level"].field.value() == page.bench.values.number("level")


def test_a_point_is_dragged_and_moved_by_keys(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    view = pictured(page)
    drag(view, (0.5, 0.5), (0.25, 0.75))
    x, y = page.bench.values.numbers("spot")
    assert (x, y) == (pytest.approx(0.25, abs=0.01), pytest.approx(0.75, abs=0.01))
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert page.bench.values.numbers("spot") == (pytest.approx(x + 0.1), pytest.approx(y - 0.01))


def test_a_box_is_drawn_moved_stretched_and_taken_away(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    view = pictured(page)
    while view.handles[view._chosen].parameter.id != "part":
        QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert page.bench.values.numbers("part") == (0.0, 0.0, 0.99, 0.99)
    page.panel.set_value("part", (0.1, 0.1, 0.3, 0.3))
    drag(view, (0.3, 0.3), (0.8, 0.9))
    assert page.bench.values.numbers("part") == tuple(pytest.approx(v, abs=0.01) for v in (0.1, 0.1, 0.8, 0.9))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert page.bench.values.numbers("part") == (0.0, 0.0, 0.0, 0.0)


def test_keys_choose_a_handle_and_move_it(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    view = pictured(page)
    view._chosen = 0
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert page.bench.values.number("level") == 0.51
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert page.bench.values.number("speed") > 1.0


def test_what_is_under_the_pointer_is_told(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    view = pictured(page)
    QTest.mouseMove(view, view.point_of(0.3, 0.97).toPoint())
    words = page.exhibit.pointer.whole_text
    assert "level 0.3" in words
    assert "pixel 2, 7" in words
    assert "RGB 128 128 128" in words


def test_a_wall_sets_what_its_picture_stands_for(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "wall")
    wall = page.exhibit.main
    assert isinstance(wall, WallView)
    QTest.mouseClick(wall.viewport(), LEFT, pos=wall.cell_rect(3).center())
    assert page.bench.values.number("level") == 0.75
    wall.setFocus()
    QTest.keyClick(wall, Qt.Key.Key_Up)
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert page.bench.values.number("level") == 0.25
    assert wall.accessibleDescription() == "dark · middle · level 0.25"


def test_a_film_plays_is_held_and_is_gone_through(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "film")
    player = page.exhibit.main
    assert isinstance(player, FilmPlayer)
    assert isinstance(page.bench.exhibit.main, Film)
    qtbot.waitUntil(lambda: player.place >= 2)
    QTest.mouseClick(player.play, LEFT)
    assert not player.is_playing
    player.slider.setValue(9)
    assert player.view.picture.caption == "step 9"
    assert np.array_equal(player.view.picture.pixels, page.bench.exhibit.main.frames[9])
    assert player.label.text().startswith("10 of 10")
    QTest.keyClick(player, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.place != 9)


def test_a_film_rests_while_it_is_not_looked_at(qtbot: QtBot, lab: LastingLab):
    player = lab.open(qtbot, "film").exhibit.main
    assert isinstance(player, FilmPlayer)
    lab.window.tabs.setCurrentIndex(0)
    assert not player.is_playing


def test_a_cloud_is_turned_by_hand_and_by_keys(qtbot: QtBot, lab: LastingLab):
    view = lab.open(qtbot, "cloud").exhibit.main
    assert isinstance(view, CloudView)
    view.put_back()
    before = view.grab().toImage()
    assert view.direction == (30.0, 20.0)
    QTest.mousePress(view, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(200, 150))
    QTest.mouseRelease(view, LEFT, pos=QPoint(200, 150))
    turned = view.direction
    assert turned != (30.0, 20.0)
    assert view.grab().toImage() != before
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.direction[0] == pytest.approx((turned[0] + 5) % 360)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.direction == (30.0, 20.0)


def test_a_cloud_of_ten_thousand_points_is_drawn(qtbot: QtBot, lab: LastingLab):
    view = lab.open(qtbot, "cloud").exhibit.main
    assert isinstance(view, CloudView)
    points = np.random.default_rng(0).random((10_000, 3)).astype(np.float32)
    view.show_cloud(Cloud(points, np.rint(points * 255).astype(np.uint8), view.cloud.axes))
    assert view.accessibleDescription() == "10,000 points"
    assert not view.grab().isNull()


def test_curves_are_drawn_and_their_line_sets_a_parameter(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "plot")
    plot = page.exhibit.main
    assert isinstance(plot, LabPlot)
    [line] = plot.lines
    assert line.value() == 0.5
    line.setValue(0.8)
    assert page.bench.values.number("level") == 0.8
    wait_for_result(qtbot, page)
    assert plot.lines[0].value() == 0.8
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert page.bench.values.number("level") == 0.79


def test_plots_readings_and_the_note_stand_beneath(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "picture")
    assert [plot.isVisible() for plot in page.exhibit.plots] == [True]
    assert page.exhibit.readings.texts[0] == "brightest 127.5 of 255"
    assert page.exhibit.note.text() == "A ramp of grey."
    page = lab.open(qtbot, "wall")
    assert not page.exhibit.plots[0].isVisible()
    assert not page.exhibit.readings.isVisible()


def test_a_smooth_picture_fills_its_room(qtbot: QtBot, lab: LastingLab):
    page = lab.open(qtbot, "slow")
    view = pictured(page)
    assert isinstance(page.bench.exhibit.main, Picture)
    assert view.frame.height() > view.height() - 40
    assert view.frame.contains(QPointF(view.rect().center()))


def test_a_legend_that_would_hide_its_plot_gives_way_to_the_tooltip(qtbot: QtBot):
    line = np.array([0.0, 1.0])
    curves = (Curve("a long name that needs room", line, line), Curve("<another>", line, line[::-1]))
    view = LabPlot(DARK)
    qtbot.addWidget(view)
    view.show_plot(Plot("Names", curves, Scale("x", 0, 1), Scale("y", 0, 1)))
    view.resize(600, 300)
    view.show()
    qtbot.waitExposed(view)
    assert view.has_legend
    assert "&lt;another&gt;" in view.toolTip()
    view.resize(180, 100)
    qtbot.waitUntil(lambda: not view.has_legend)
