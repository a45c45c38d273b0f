"""The plane of the altered mind beside that of the intact one, in the whole window, on a fake engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alienlab.app.space.plane import Address
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import OnPlane
from alienlab.domain.lesions import LesionSpec
from alienlab.ui.main_window import MainWindow
from alienlab.ui.space.linked_planes import NO_LESION, LinkedPlanes
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, OpenWindow, wait_until_settled

LESION = LesionSpec.parse("mid_block.*:zero")
ORIGIN = Address(0, 0, 0)


@pytest.fixture
def engine(engine: FakeEngine) -> FakeEngine:
    """It renders several tiles at once."""
    engine.info = replace(engine.info, paces=(Pace(1, 1.0), Pace(8, 0.5)))
    return engine


@pytest.fixture
def altered(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window that shows a plane of an altered mind."""
    window.lab.lesions.replace_all((LESION,))
    wait_until_settled(qtbot, window)
    window.actions_["space.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.tiles.plane is not None, timeout=PATIENCE_MS)
    return window


def planes_of(window: MainWindow) -> LinkedPlanes:
    return window.space_panel.plane.planes


def wait_until_fine(qtbot: QtBot, window: MainWindow) -> None:
    def is_fine() -> bool:
        progress = planes_of(window).progress
        return 0 < progress.tiles == progress.fine

    qtbot.waitUntil(is_fine, timeout=PATIENCE_MS)


def put_beside(qtbot: QtBot, window: MainWindow) -> LinkedPlanes:
    planes = planes_of(window)
    planes.button.click()
    assert planes.is_beside
    wait_until_fine(qtbot, window)
    return planes


def test_one_plane_is_as_it_was(qtbot: QtBot, altered: MainWindow, engine: FakeEngine) -> None:
    wait_until_fine(qtbot, altered)
    planes = planes_of(altered)
    assert not planes.is_beside
    assert planes.view.width() == planes.width()
    assert not planes.altered_caption.isVisible()
    points = [recipe for job in engine.rendered for recipe in job.recipes if isinstance(recipe.prompt, OnPlane)]
    assert all(recipe.lesions == (LESION,) for recipe in points)


def test_both_planes_are_rendered_coarse_and_then_fine(qtbot: QtBot, altered: MainWindow, engine: FakeEngine) -> None:
    planes = put_beside(qtbot, altered)
    space = altered.lab.space
    assert planes.intact_view.isVisible()
    assert planes.intact_caption.whole_text == "Intact"
    assert planes.altered_caption.whole_text == f"Altered · {LESION}"
    assert abs(planes.view.width() - planes.intact_view.width()) <= 1
    assert space.intact_tiles.plane is not None and space.tiles.plane is not None
    assert space.intact_tiles.plane.recipe(ORIGIN) == space.tiles.plane.recipe(ORIGIN).intact
    assert space.intact_tiles.picture(ORIGIN) != space.tiles.picture(ORIGIN)
    steps = [
        job.recipes[0].steps
        for job in engine.rendered
        if isinstance(job.recipes[0].prompt, OnPlane) and not job.recipes[0].lesions
    ]
    assert steps == sorted(steps)
    assert set(steps) == {4, 5}
    assert altered.space_panel.plane.progress.text() == ""


def test_they_move_and_zoom_together_from_either_side(qtbot: QtBot, altered: MainWindow) -> None:
    planes = put_beside(qtbot, altered)
    for moved, other in ((planes.view, planes.intact_view), (planes.intact_view, planes.view)):
        QTest.keyClick(moved, Qt.Key.Key_Right)
        QTest.keyClick(moved, Qt.Key.Key_Plus)
        assert other.viewpoint == moved.viewpoint
        assert other.viewpoint.level == 1
        drag(moved, QPoint(-60, 24))
        assert other.viewpoint == moved.viewpoint
        altered.space_panel.plane.view.go_home()
        assert planes.intact_view.viewpoint == planes.view.viewpoint
        assert planes.view.viewpoint.level == 0
    wait_until_fine(qtbot, altered)


def drag(view, way: QPoint) -> None:
    middle = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    for share in (2, 1):
        QTest.mouseMove(view, middle + way / share)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + way)


def test_the_pointer_is_told_once_and_marked_in_both(qtbot: QtBot, altered: MainWindow) -> None:
    planes = put_beside(qtbot, altered)
    marked: list[object] = []
    planes.view.pointed.connect(marked.append)
    QTest.mouseMove(planes.view, planes.view.middle_of(Address(0, 1, 1)).toPoint())
    qtbot.waitUntil(lambda: Address(0, 1, 1) in marked, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "0.25, 0.25" in altered.space_panel.plane.place.whole_text, timeout=PATIENCE_MS)
    altered.lab.space.intact_tiles.progressed.emit()  # another image there says nothing of the place
    assert "0.25, 0.25" in altered.space_panel.plane.place.whole_text
    assert not planes.grab().isNull()


@pytest.mark.parametrize("side", ["view", "intact_view"])
def test_a_click_compares_the_same_point_in_both_minds(qtbot: QtBot, altered: MainWindow, side: str) -> None:
    planes = put_beside(qtbot, altered)
    assert altered.lab.space.tiles.plane is not None
    recipe = altered.lab.space.tiles.plane.recipe(Address(0, 0, 1))
    view = getattr(planes, side)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.middle_of(Address(0, 0, 1)).toPoint())
    qtbot.waitUntil(lambda: altered.tabs.currentWidget() is altered.canvas, timeout=PATIENCE_MS)
    wait_until_settled(qtbot, altered)
    assert [tile.recipe for tile in altered.lab.comparison.pair] == [recipe.intact, recipe]


def test_without_lesions_the_button_says_why_not(qtbot: QtBot, altered: MainWindow) -> None:
    planes = put_beside(qtbot, altered)
    altered.lab.lesions.replace_all(())
    qtbot.waitUntil(lambda: not planes.is_beside, timeout=PATIENCE_MS)
    assert not planes.button.isEnabled()
    assert planes.button.toolTip() == NO_LESION
    assert not planes.intact_view.isVisible()
    altered.lab.undo_stack.undo()
    qtbot.waitUntil(lambda: planes.is_beside, timeout=PATIENCE_MS)
    assert planes.intact_view.isVisible()


def test_another_lesion_leaves_the_intact_tiles_as_they_are(
    qtbot: QtBot, altered: MainWindow, engine: FakeEngine
) -> None:
    put_beside(qtbot, altered)
    jobs = len(engine.rendered)
    before = altered.lab.space.tiles.plane
    altered.lab.lesions.replace_all((LesionSpec.parse("conv_out:zero"),))
    qtbot.waitUntil(lambda: altered.lab.space.tiles.plane not in (None, before), timeout=PATIENCE_MS)
    wait_until_fine(qtbot, altered)
    points = [recipe for job in engine.rendered[jobs:] for recipe in job.recipes if isinstance(recipe.prompt, OnPlane)]
    assert points
    assert all(recipe.lesions for recipe in points)


def test_a_key_puts_them_side_by_side(qtbot: QtBot, altered: MainWindow) -> None:
    planes = planes_of(altered)
    planes.view.setFocus()
    QTest.keyClick(planes.view, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: planes.is_beside, timeout=PATIENCE_MS)


def test_nothing_intact_is_rendered_in_another_tab(qtbot: QtBot, altered: MainWindow, engine: FakeEngine) -> None:
    put_beside(qtbot, altered)
    altered.tabs.setCurrentWidget(altered.canvas)
    jobs = len(engine.rendered)
    planes_of(altered).view.zoom(1)
    assert altered.lab.space.intact_tiles.progress.fine < altered.lab.space.intact_tiles.progress.tiles
    assert len(engine.rendered) == jobs


def test_closing_while_both_are_rendered_ends(qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine) -> None:
    window = open_window(str(LESION))
    wait_until_settled(qtbot, window)
    window.actions_["space.show"].trigger()
    qtbot.waitUntil(lambda: window.lab.space.tiles.plane is not None, timeout=PATIENCE_MS)
    engine.gate.clear()
    planes_of(window).button.click()
    window.close()
    assert window.lab.generation.isFinished()
