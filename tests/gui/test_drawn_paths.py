"""Paths drawn on the plane, with the mouse, in the whole window."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alienlab.app.space.plane import TILES_A_UNIT
from alienlab.app.space.viewpoint import TILE
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import OnPlane
from alienlab.domain.space.walks import Walk
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.path_painter import LINE
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """It renders several tiles at once."""
    engine.info = replace(engine.info, paces=(Pace(1, 1.0), Pace(8, 0.5)))
    return engine


@pytest.fixture
def walks(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[Walk]:
    """Those that are to be shown."""
    shown: list[Walk] = []
    monkeypatch.setattr(window.lab.space.walking, "show", shown.append)
    return shown


def show_plane(qtbot: QtBot, window: MainWindow):
    """Its view, once there is a plane to draw on."""
    window.actions_["space.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.drawn_path.ground is not None, timeout=PATIENCE_MS)
    window.space_panel.plane.view.setFocus()
    QApplication.processEvents()  # the bar of the path has appeared or not
    return window.space_panel.plane.view


def start_drawing(window: MainWindow) -> QPoint:
    """The middle of the view, which has its size then."""
    view = window.space_panel.plane.view
    QTest.mouseClick(window.space_panel.plane.draw, LEFT)
    QApplication.processEvents()
    assert view.path_tool.is_on
    return view.rect().center()


def click_at(view, *spots: QPoint) -> None:
    for spot in spots:
        QTest.mouseClick(view, LEFT, pos=spot)


def drag(view, *spots: QPoint) -> None:
    QTest.mousePress(view, LEFT, pos=spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(view, spot)
    QTest.mouseRelease(view, LEFT, pos=spots[-1])


def euclidean(view, *spots: QPoint) -> np.ndarray:
    return np.array([view.sight.place_at(QPointF(spot)) for spot in spots])


def corners_of(window: MainWindow) -> np.ndarray:
    return np.array([corner.place for corner in window.lab.space.drawn_path.corners])


def test_a_drawn_polyline_is_walked_at_equal_distances(qtbot: QtBot, window: MainWindow, walks: list[Walk]) -> None:
    view = show_plane(qtbot, window)
    viewpoint = view.viewpoint
    middle = start_drawing(window)
    spots = [middle, middle + QPoint(2 * TILE, 0), middle + QPoint(2 * TILE, -TILE)]
    click_at(view, *spots)
    QTest.mouseDClick(view, LEFT, pos=spots[-1])
    assert not view.path_tool.is_on
    assert view.viewpoint == viewpoint  # it led to no other place
    bar = window.space_panel.plane.path_bar
    bar.frames.setValue(13)
    QTest.mouseClick(bar.walk, LEFT)
    (walk,) = walks
    assert corners_of(window) == pytest.approx(euclidean(view, *spots))
    plane = window.lab.space.tiles.plane
    assert all(isinstance(point, OnPlane) and point.directions == plane.directions for point in walk.points[1:])
    places = [(point.x, point.y) for point in walk.points if isinstance(point, OnPlane)]
    places = [(0.0, 0.0), *places] if len(places) < 13 else places
    assert len(walk.stops) == 13
    lengths = [math.dist(one, other) for one, other in pairwise(places)]
    assert lengths == pytest.approx([3 * plane.unit / 4 / 12] * 12)
    assert window.tabs.currentWidget() is window.space_panel  # no click opened a tile


def test_a_free_curve_becomes_a_few_corners(qtbot: QtBot, window: MainWindow, walks: list[Walk]) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    arc = [
        middle + QPoint(round(100 * math.cos(angle / 30)), round(-100 * math.sin(angle / 30))) for angle in range(95)
    ]
    drag(view, *arc)
    path = window.lab.space.drawn_path
    assert 4 <= len(path.corners) <= 12
    assert all(corner.is_round for corner in path.corners)
    radius = 100 * view.sight.pixel
    centre = view.sight.place_at(QPointF(middle))
    off = [abs(math.dist(place, centre) - radius) for place in path.line]
    assert max(off) < 6 * view.sight.pixel
    assert len(path.stops) == path.frames
    assert view.viewpoint == type(view.viewpoint)()  # nothing was dragged


def test_corners_are_dragged_and_removed_and_it_is_undone(qtbot: QtBot, window: MainWindow, walks: list[Walk]) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    spots = [middle, middle + QPoint(90, 0), middle + QPoint(90, 90)]
    click_at(view, *spots)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    path = window.lab.space.drawn_path
    there = middle + QPoint(60, -70)
    drag(view, spots[1], spots[1] + QPoint(20, 0), there)
    assert path.corners[1].place == pytest.approx(view.sight.place_at(QPointF(there)))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert corners_of(window) == pytest.approx(euclidean(view, spots[0], spots[2]))
    bar = window.space_panel.plane.path_bar
    QTest.mouseClick(bar.undo, LEFT)
    QTest.mouseClick(bar.undo, LEFT)
    assert corners_of(window) == pytest.approx(euclidean(view, *spots))
    QTest.keyClick(view, Qt.Key.Key_D)
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    assert len(path.corners) == 2
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(path.corners) == 3


def test_the_plane_moves_beneath_the_path(qtbot: QtBot, window: MainWindow) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle + QPoint(40, 40), middle + QPoint(-40, 40))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    corners = window.lab.space.drawn_path.corners
    drag(view, middle, middle + QPoint(50, 0), middle + QPoint(96, 0))
    assert view.viewpoint.x == -1.0
    view.zoom(2)
    assert window.lab.space.drawn_path.corners == corners
    assert view.sight.position_of(corners[0].place).x() == pytest.approx(view.width() / 2 + 4 * (40 + 96), abs=5)


def test_walking_it_leads_to_the_walks(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle + QPoint(0, 40), middle + QPoint(80, 40))
    bar = window.space_panel.plane.path_bar
    bar.frames.setValue(5)
    QTest.mouseClick(bar.walk, LEFT)
    panel = window.space_panel
    assert panel.page is panel.walk

    def walked() -> set[float]:
        prompts = [recipe.prompt for job in engine.rendered for recipe in job.recipes]
        return {point.x for point in prompts if isinstance(point, OnPlane)}

    expected = {x for x, _ in window.lab.space.drawn_path.stops}
    qtbot.waitUntil(lambda: expected <= walked(), timeout=PATIENCE_MS)


def test_far_corners_are_painted_at_any_zoom(qtbot: QtBot, window: MainWindow) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle + QPoint(-200, 100), middle + QPoint(200, 100))
    up = window.lab.space.drawn_path.corners[0].y / view.sight.unit * TILES_A_UNIT
    view.go(replace(view.viewpoint, level=24, y=up))
    picture = QImage(view.size(), QImage.Format.Format_RGB32)
    view.render(picture)
    line = LINE.name()
    assert [picture.pixelColor(x, picture.height() // 2).name() for x in (5, picture.width() - 5)] == [line, line]


def test_a_path_of_one_point_is_told_so(qtbot: QtBot, window: MainWindow, walks: list[Walk]) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle)
    QTest.mouseClick(window.space_panel.plane.path_bar.walk, LEFT)
    assert "single point" in told(window)
    assert not walks


def test_another_plane_has_paths_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle, middle + QPoint(40, 0))
    space = window.lab.space
    corners, seed = space.drawn_path.corners, space.choice.values.seed
    window.space_panel.plane.bar.dice.click()
    qtbot.waitUntil(lambda: space.drawn_path.ground is not None, timeout=PATIENCE_MS)
    assert space.drawn_path.corners == ()
    space.choice.set_values(replace(space.choice.values, seed=seed))
    qtbot.waitUntil(lambda: space.drawn_path.corners == corners, timeout=PATIENCE_MS)


def test_the_last_path_comes_back_with_the_session(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(session="paths")
    wait_until_settled(qtbot, window)
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle, middle + QPoint(40, 0))
    bar, path = window.space_panel.plane.path_bar, window.lab.space.drawn_path
    rename(window, "a short way")
    first = path.corners
    QTest.mouseClick(bar.fresh, LEFT)
    assert path.corners == ()
    click_at(view, middle + QPoint(0, 40), middle + QPoint(0, -40), middle + QPoint(80, -40))
    second = path.corners
    window.close()

    window = open_window(session="paths")
    wait_until_settled(qtbot, window)
    show_plane(qtbot, window)
    bar, path = window.space_panel.plane.path_bar, window.lab.space.drawn_path
    assert (path.name, path.corners) == ("path 1", second)
    assert bar.isVisible()
    assert [bar.name.itemText(place) for place in range(bar.name.count())] == ["path 1", "a short way"]
    bar.name.setCurrentIndex(1)
    bar.name.activated.emit(1)
    assert (path.name, path.corners) == ("a short way", first)
    QTest.mouseClick(bar.remove, LEFT)
    assert path.names == ["path 1"]
    QTest.mouseClick(bar.undo, LEFT)
    assert path.names == ["a short way", "path 1"]


def test_a_name_that_cannot_be_is_refused(qtbot: QtBot, window: MainWindow) -> None:
    view = show_plane(qtbot, window)
    middle = start_drawing(window)
    click_at(view, middle, middle + QPoint(40, 0))
    rename(window, "   ")
    assert window.lab.space.drawn_path.name == "path 1"
    assert "needs a name" in told(window)


def told(window: MainWindow) -> str:
    return " ".join(window.messages.texts)


def rename(window: MainWindow, name: str) -> None:
    field = window.space_panel.plane.path_bar.name.lineEdit()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
