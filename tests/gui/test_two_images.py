"""The tools that look at two images, driven in the real window and compared with the arrays."""

from __future__ import annotations

from dataclasses import replace

import cmap
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import Arrangement
from alienlab.app.two_images import SHORTEST_BLINK_MS, Tool
from alienlab.domain.brain import FLAGGED
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.main_window import MainWindow
from tests.fakes.recipes import make_provenance
from tests.gui.two_images_window import as_at_first, enlarged, noisy, seen

KEYS = {
    Tool.SIDE_BY_SIDE: Qt.Key.Key_1,
    Tool.WIPE: Qt.Key.Key_2,
    Tool.BLINK: Qt.Key.Key_3,
    Tool.ONION: Qt.Key.Key_4,
    Tool.DIFFERENCE: Qt.Key.Key_5,
}
LINE = 2
"""Pixels on each side of where a wipe parts, that its line may cover."""
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(lasting_window: MainWindow) -> MainWindow:
    as_at_first(lasting_window)
    return lasting_window


def use(qtbot: QtBot, window: MainWindow, tool: Tool) -> Rect:
    """Where the tool paints its picture."""
    qtbot.keyClick(window, KEYS[tool], ALT)
    assert window.lab.two_images.tool is tool
    return window.canvas.two_view.stage.picture


def knob(window: MainWindow) -> slice:
    """Rows of the picture that the knob of the wipe hides."""
    middle = round(window.canvas.two_view.stage.picture.height / 2)
    return slice(middle - 12, middle + 12)


def check_wipe(window: MainWindow, a: np.ndarray, b: np.ndarray, at: int) -> None:
    box = window.canvas.two_view.stage.picture
    shown = seen(window.canvas.two_view, box)
    rows = np.ones(shown.shape[0], bool)
    rows[knob(window)] = False
    np.testing.assert_array_equal(shown[rows, : at - LINE], enlarged(a, box)[rows, : at - LINE])
    np.testing.assert_array_equal(shown[rows, at + LINE :], enlarged(b, box)[rows, at + LINE :])


def test_a_wipe_shows_a_before_its_line_and_b_after_it(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    box = use(qtbot, window, Tool.WIPE)
    view = window.canvas.two_view
    check_wipe(window, a, b, round(box.width / 2))
    start = QPoint(round(box.x + box.width / 2), round(box.y + box.height / 2))
    qtbot.mousePress(view, LEFT, pos=start)
    goal = start + QPoint(round(box.width / 4), 8)
    qtbot.mouseMove(view, goal)
    qtbot.mouseRelease(view, LEFT, pos=goal)
    share = (goal.x() - box.x) / box.width
    assert window.lab.two_images.settings.wipe == pytest.approx(share)
    check_wipe(window, a, b, goal.x() - round(box.x))
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert window.lab.two_images.settings.wipe == pytest.approx(share - 0.01)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert window.lab.two_images.settings.wipe == 1.0
    qtbot.keyClick(window, Qt.Key.Key_S, ALT)
    check_wipe(window, b, a, round(box.width))


def test_a_wipe_turns_to_move_up_and_down(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    box = use(qtbot, window, Tool.WIPE)
    qtbot.keyClick(window, Qt.Key.Key_T, ALT)
    middle = round(box.height / 2)
    shown = seen(window.canvas.two_view, box)
    np.testing.assert_array_equal(shown[: middle - 12], enlarged(a, box)[: middle - 12])
    np.testing.assert_array_equal(shown[middle + 12 :], enlarged(b, box)[middle + 12 :])


def test_a_blink_alternates_both_images_and_can_be_held(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    box = use(qtbot, window, Tool.BLINK)
    view, two = window.canvas.two_view, window.lab.two_images
    assert view.timer.isActive()
    assert view.timer.interval() >= SHORTEST_BLINK_MS
    for _ in range(3):
        before = view.sees_b
        view.timer.timeout.emit()
        assert view.sees_b is not before
        np.testing.assert_array_equal(seen(view, box), enlarged(b if view.sees_b else a, box))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert two.settings.is_paused
    assert not view.timer.isActive()
    before = view.sees_b
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.sees_b is not before
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.timer.isActive()
    window.canvas.controls.interval.setValue(900)
    assert view.timer.interval() == 900
    use(qtbot, window, Tool.WIPE)
    assert not view.timer.isActive()


def test_an_onion_skin_of_half_is_the_mean(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    box = use(qtbot, window, Tool.ONION)
    view = window.canvas.two_view
    mean = (enlarged(a, box).astype(int) + enlarged(b, box)) / 2
    assert np.abs(seen(view, box) - mean).max() <= 2  # of 255: opacity has 256 steps
    window.canvas.controls.onion.setValue(0)
    np.testing.assert_array_equal(seen(view, box), enlarged(a, box))
    qtbot.keyClick(view, Qt.Key.Key_End)
    np.testing.assert_array_equal(seen(view, box), enlarged(b, box))
    assert window.canvas.controls.onion.value() == 100


@pytest.mark.parametrize(("appearance", "colours"), [("view.dark", "crameri:berlin"), ("view.light", "crameri:vik")])
def test_a_difference_has_the_colour_that_the_map_gives_it(
    qtbot: QtBot, window: MainWindow, appearance: str, colours: str
) -> None:
    window.actions_[appearance].trigger()
    a, b = noisy(window)
    box = use(qtbot, window, Tool.DIFFERENCE)
    controls = window.canvas.controls
    controls.span.setCurrentIndex(2)
    controls.span.activated.emit(2)
    shown = seen(window.canvas.two_view, box)
    x, y, times = 5, 17, int(box.width) // a.shape[1]
    luma = (b[y, x].astype(float) - a[y, x]) @ (0.2126, 0.7152, 0.0722)
    expected = np.array(cmap.Colormap(colours)((luma / 255 + 1) / 2).rgba8[:3])
    assert np.abs(shown[y * times + 1, x * times + 1] - expected).max() <= 3  # the map has 255 steps
    qtbot.keyClick(window, Qt.Key.Key_S, ALT)
    swapped = np.array(cmap.Colormap(colours)((-luma / 255 + 1) / 2).rgba8[:3])
    assert np.abs(seen(window.canvas.two_view, box)[y * times + 1, x * times + 1] - swapped).max() <= 3
    mean = np.abs((b.astype(float) - a) @ (0.2126, 0.7152, 0.0722)).mean()
    assert f"mean absolute difference {mean:.1f} of 255" in window.canvas.two_view.accessibleDescription()


def test_zoom_is_the_same_on_every_page_and_dragging_pans(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    use(qtbot, window, Tool.SIDE_BY_SIDE)
    window.actions_["canvas.zoom_in"].trigger()
    before = window.canvas.view.viewpoint
    assert before.zoom > 1
    box = use(qtbot, window, Tool.BLINK)
    view = window.canvas.two_view
    plain = seen(view, box)
    qtbot.mousePress(view, LEFT, pos=QPoint(round(box.x + 60), round(box.y + 60)))
    qtbot.mouseMove(view, QPoint(round(box.x + 20), round(box.y + 60)))
    qtbot.mouseRelease(view, LEFT)
    after = window.canvas.view.viewpoint
    assert after.x > before.x
    assert after.zoom == before.zoom
    assert not np.array_equal(seen(view, box), plain)
    window.actions_["canvas.fit"].trigger()
    window.canvas.shared.point_at(None)
    np.testing.assert_array_equal(seen(view, box), enlarged(b if view.sees_b else a, box))


def test_marked_tiles_of_the_grid_are_compared(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F6)
    view, two = window.canvas.view, window.lab.two_images
    first, second = two.shown()
    for number in (1, 0):
        place = view.places[number].picture
        at = QPoint(round(place.x + place.width / 2), round(place.y + place.height / 2))
        qtbot.mouseClick(view.viewport(), LEFT, CONTROL, at)
    assert [tile.key for tile in two.marked] == [second.key, first.key]
    use(qtbot, window, Tool.WIPE)
    assert window.canvas.pages.currentWidget() is window.canvas.two_view
    assert window.lab.comparison.arrangement is Arrangement.GRID
    assert [tile.key for tile in two.shown()] == [second.key, first.key]
    window.actions_["canvas.grid"].trigger()
    assert window.canvas.pages.currentWidget() is view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space, CONTROL)
    assert len(two.marked) == 1


def test_a_page_that_comes_takes_the_keyboard_from_the_one_that_goes_and_from_nothing_else(
    qtbot: QtBot, window: MainWindow
) -> None:
    field = window.prompt_bar.prompt
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    window.lab.two_images.use(Tool.WIPE)
    assert field.hasFocus()
    window.canvas.two_view.setFocus()
    qtbot.waitUntil(window.canvas.two_view.hasFocus)
    window.lab.two_images.use(Tool.SIDE_BY_SIDE)
    qtbot.waitUntil(window.canvas.view.hasFocus)


def test_a_veiled_image_is_blurred_in_every_tool_and_not_subtracted(qtbot: QtBot, window: MainWindow) -> None:
    _, b = noisy(window)
    altered = window.lab.comparison.pair[1]
    flagged = make_provenance(FLAGGED)
    window.lab.comparison.replace_tile(replace(altered, image=b, provenance=flagged))
    box = use(qtbot, window, Tool.WIPE)
    window.lab.two_images.change(wipe=0.0)
    view = window.canvas.two_view
    right = slice(round(box.width / 2), None)
    np.testing.assert_array_equal(seen(view, box)[:, right], enlarged(b, box)[:, right])
    window.canvas.set_blurs_flagged(True)
    assert len(np.unique(seen(view, box)[:, right].reshape(-1, 3), axis=0)) < len(np.unique(b.reshape(-1, 3), axis=0))
    use(qtbot, window, Tool.DIFFERENCE)
    assert "mean absolute difference" not in view.accessibleDescription()
    window.canvas.set_blurs_flagged(False)
    window.lab.comparison.replace_tile(replace(altered, image=b))


def test_unlike_sizes_are_said_and_nothing_is_stretched(qtbot: QtBot, window: MainWindow) -> None:
    a, _ = noisy(window)
    altered = window.lab.comparison.pair[1]
    small = a[::2, ::2].copy()
    window.lab.comparison.replace_tile(replace(altered, image=small))
    box = use(qtbot, window, Tool.WIPE)
    window.lab.two_images.change(wipe=0.0)
    assert "is enlarged to fit" in window.canvas.two_view.accessibleDescription()
    shown = seen(window.canvas.two_view, box)
    rows = np.ones(shown.shape[0], bool)
    rows[knob(window)] = False
    np.testing.assert_array_equal(shown[rows, 12:], enlarged(small, box)[rows, 12:])


def test_a_swap_stays_and_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    intact, altered = window.lab.comparison.pair
    swap = window.actions_["compare.swap"]
    use(qtbot, window, Tool.WIPE)
    swap.trigger()
    assert swap.isChecked()
    assert (window.lab.two_images.a, window.lab.two_images.b) == (altered, intact)
    swap.trigger()
    assert not swap.isChecked()
    assert window.lab.two_images.a == intact


def test_with_one_image_a_tool_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    intact, altered = window.lab.comparison.pair
    window.lab.comparison.compare(intact, None)
    use(qtbot, window, Tool.DIFFERENCE)
    assert window.canvas.pages.currentWidget() is window.canvas.two_view
    assert not window.canvas.two_view.grab().isNull()
    assert not window.actions_["compare.swap"].isEnabled()
    window.lab.comparison.compare(intact, altered)
    assert window.actions_["compare.swap"].isEnabled()


def test_the_tools_fit_a_narrow_window(qtbot: QtBot, window: MainWindow) -> None:
    heading = window.canvas.heading
    window.resize(960, 600)
    qtbot.waitUntil(lambda: heading.tools.menu_button.isVisible())
    assert "compare.wipe" in [action.objectName() for action in heading.tools.menu_button.menu().actions()]
    assert heading.minimumSizeHint().width() <= 520
    for tool in Tool:
        use(qtbot, window, tool)
        assert window.canvas.controls.minimumSizeHint().width() <= 520
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not heading.tools.menu_button.isVisible())
