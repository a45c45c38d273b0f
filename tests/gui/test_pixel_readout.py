"""The line below the canvas that says what a pixel holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from alienlab.app.two_images import Tool
from alienlab.ui.canvas.layout import Rect
from alienlab.ui.canvas.readout import HINT
from alienlab.ui.main_window import MainWindow
from tests.gui.two_images_window import as_at_first, noisy, seen

TO_PIXELS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(lasting_window: MainWindow) -> MainWindow:
    as_at_first(lasting_window)
    return lasting_window


def centre_of(box: Rect, x: int, y: int, size: int) -> QPoint:
    return QPoint(round(box.x + (x + 0.5) * box.width / size), round(box.y + (y + 0.5) * box.height / size))


def line_for(a: np.ndarray, b: np.ndarray, x: int, y: int) -> str:
    def words(values: np.ndarray) -> str:
        return " ".join(map(str, values))

    apart = b[y, x].astype(int) - a[y, x]
    signed = " ".join("0" if value == 0 else f"{value:+d}".replace("-", "−") for value in apart)
    return f"x {x}, y {y} · A {words(a[y, x])} · B {words(b[y, x])} · B − A {signed} of 255"


def test_both_pixels_of_a_pair_are_read_whichever_image_is_pointed_at(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    view, readout = window.canvas.view, window.canvas.readout
    assert readout.whole_text == HINT
    for place in view.places:
        qtbot.mouseMove(view.viewport(), centre_of(place.picture, 12, 20, a.shape[1]))
        assert readout.whole_text == line_for(a, b, 12, 20)
        qtbot.mouseMove(view.viewport(), centre_of(place.picture, 3, 7, a.shape[1]))
    assert line_for(a, b, 3, 7) in view.accessibleDescription()
    window.canvas.shared.point_at(None)
    assert readout.whole_text == HINT


def test_a_grid_reads_the_tile_that_is_pointed_at(qtbot: QtBot, window: MainWindow) -> None:
    a, _ = noisy(window)
    first, _ = window.lab.comparison.pair
    inverse = 255 - a
    other = replace(first, key="other", recipe=replace(first.recipe, seed=first.recipe.seed + 1), image=inverse)
    window.lab.comparison.add([other])
    qtbot.keyClick(window, Qt.Key.Key_F6)
    view = window.canvas.view
    assert window.lab.comparison.shown()[0].key == "other"
    qtbot.mouseMove(view.viewport(), centre_of(view.places[0].picture, 9, 4, inverse.shape[1]))
    values = " ".join(map(str, inverse[4, 9]))
    assert window.canvas.readout.whole_text == f"x 9, y 4 · {values} of 255"


def test_keys_go_from_pixel_to_pixel_in_every_tool(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    half = a.shape[1] // 2
    view = window.canvas.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right, TO_PIXELS)
    assert window.canvas.readout.whole_text == line_for(a, b, half, half)
    qtbot.keyClick(view, Qt.Key.Key_Right, TO_PIXELS)
    qtbot.keyClick(view, Qt.Key.Key_Up, TO_PIXELS)
    assert window.canvas.readout.whole_text == line_for(a, b, half + 1, half - 1)
    window.lab.two_images.use(Tool.DIFFERENCE)
    qtbot.keyClick(window.canvas.two_view, Qt.Key.Key_Left, TO_PIXELS)
    said = line_for(a, b, half, half - 1)
    assert window.canvas.readout.whole_text == said
    assert said in window.canvas.two_view.accessibleDescription()
    for _ in range(half + 4):
        qtbot.keyClick(window.canvas.two_view, Qt.Key.Key_Up, TO_PIXELS)
    assert window.canvas.readout.whole_text == line_for(a, b, half, 0)


def test_a_large_pixel_is_outlined_in_both_images(qtbot: QtBot, window: MainWindow) -> None:
    a, _ = noisy(window)
    view = window.canvas.view
    size = a.shape[1]
    assert view.places[0].picture.width / size >= 6
    plain = [seen(view.viewport(), place.picture) for place in view.places]
    qtbot.mouseMove(view.viewport(), centre_of(view.places[0].picture, 10, 10, size))
    for place, before in zip(view.places, plain, strict=True):
        after = seen(view.viewport(), place.picture)
        rows, columns = np.nonzero((after != before).any(axis=2))
        side = place.picture.width / size
        assert rows.size
        assert columns.min() >= 10 * side - 3
        assert columns.max() <= 11 * side + 3
        assert rows.min() >= 10 * side - 3
        assert rows.max() <= 11 * side + 3


def test_swapping_changes_sides_and_signs(qtbot: QtBot, window: MainWindow) -> None:
    a, b = noisy(window)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    view = window.canvas.view
    place = view.places[0].picture
    qtbot.mouseMove(view.viewport(), centre_of(place, 6, 11, a.shape[1]))
    assert window.canvas.readout.whole_text == line_for(b, a, 6, 11)
    first = seen(view.viewport(), place)
    times = int(place.width) // a.shape[1]
    assert tuple(first[20 * times + times // 2, 20 * times + times // 2]) == tuple(b[20, 20])
