"""The brain map, driven by real mouse and keyboard events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QUndoStack, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from alienlab.app.lesion_list import LesionList
from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.patterns import match_pattern
from alienlab.ui.appearance import apply_theme
from alienlab.ui.brain_map import BrainMap
from alienlab.ui.theme import DARK, LIGHT, Appearance
from tests.fakes.anatomies import unet_anatomy

# The offscreen platform cannot tell a window manager of sizes, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
CONV = "down_blocks.1.resnets.0.conv1"
QUERY = "up_blocks.2.attentions.1.transformer_blocks.0.attn1.to_q"


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


@pytest.fixture
def brain(anatomy: Anatomy) -> OpenBrain:
    made = OpenBrain()
    made.set_anatomy(anatomy)
    return made


@pytest.fixture
def selection(qapp: QApplication) -> Selection:
    return Selection()


@pytest.fixture
def lesions(qapp: QApplication) -> LesionList:
    return LesionList(QUndoStack(qapp))


@pytest.fixture
def brain_map(
    qtbot: QtBot, qapp: QApplication, brain: OpenBrain, selection: Selection, lesions: LesionList
) -> Iterator[BrainMap]:
    widget = BrainMap(brain, selection, lesions, apply_theme(qapp, Appearance.DARK))
    qtbot.addWidget(widget)
    widget.resize(640, 560)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def click(brain_map: BrainMap, path: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(brain_map.view, LEFT, modifiers, brain_map.cell_center(path))


def drag(widget: QWidget, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(widget, LEFT, modifiers, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(widget, start + (end - start) * share)
    QTest.mouseRelease(widget, LEFT, modifiers, end)


def frame_label(brain_map: BrainMap, region: str) -> QPoint:
    frame = next(frame for frame in brain_map.view.picture.layout.frames if frame.region == region)
    return brain_map.view.camera.to_view(frame.label).center().toPoint()


def test_all_modules_are_in_sight_at_first(brain_map: BrainMap, anatomy: Anatomy) -> None:
    assert all(brain_map.view.rect().contains(brain_map.cell_rect(path)) for path in anatomy.paths)
    assert all(brain_map.cell_rect(path).width() >= 12 for path in anatomy.paths)


def test_a_click_selects_and_a_click_on_bare_ground_deselects(brain_map: BrainMap, selection: Selection) -> None:
    click(brain_map, CONV)
    assert selection.paths == {CONV}
    click(brain_map, QUERY)
    assert selection.paths == {QUERY}
    QTest.mouseClick(brain_map.view, LEFT, NONE, QPoint(2, 2))
    assert not selection.paths


def test_ctrl_click_adds_and_takes_away(brain_map: BrainMap, selection: Selection) -> None:
    click(brain_map, CONV)
    click(brain_map, QUERY, CTRL)
    assert selection.paths == {CONV, QUERY}
    click(brain_map, CONV, CTRL)
    assert selection.paths == {QUERY}


def test_every_cell_can_be_clicked(brain_map: BrainMap, selection: Selection, anatomy: Anatomy) -> None:
    for path in anatomy.paths:
        click(brain_map, path)
        assert selection.paths == {path}


def test_a_click_on_a_frames_label_selects_the_whole_region(
    brain_map: BrainMap, selection: Selection, anatomy: Anatomy
) -> None:
    QTest.mouseClick(brain_map.view, LEFT, NONE, frame_label(brain_map, "mid_block"))
    assert selection.paths == set(anatomy.within("mid_block"))
    QTest.mouseClick(brain_map.view, LEFT, CTRL, frame_label(brain_map, "down_blocks.3"))
    assert selection.paths == {*anatomy.within("mid_block"), *anatomy.within("down_blocks.3")}


def test_a_click_on_the_bar_before_a_row_selects_the_row(
    brain_map: BrainMap, selection: Selection, anatomy: Anatomy
) -> None:
    region = "up_blocks.1.attentions.0"
    rows = [row for frame in brain_map.view.picture.layout.frames for row in frame.rows]
    handle = next(row.handle for row in rows if row.region == region)
    QTest.mouseClick(brain_map.view, LEFT, NONE, brain_map.view.camera.to_view(handle).center().toPoint())
    assert selection.paths == set(anatomy.within(region))


def test_a_rubber_band_selects_what_it_touches(brain_map: BrainMap, selection: Selection, anatomy: Anatomy) -> None:
    inside = anatomy.within("mid_block")
    area = brain_map.cell_rect(inside[0])
    for path in inside:
        area = area.united(brain_map.cell_rect(path))
    drag(brain_map.view, area.topLeft() - QPoint(2, 2), area.bottomRight() + QPoint(2, 2), SHIFT)
    assert selection.paths == set(inside)


def test_dragging_pans_and_selects_nothing(brain_map: BrainMap, selection: Selection) -> None:
    before = brain_map.cell_center(CONV)
    drag(brain_map.view, QPoint(300, 200), QPoint(340, 230))
    moved = brain_map.cell_center(CONV) - before
    assert abs(moved.x() - 40) <= 1 and abs(moved.y() - 30) <= 1
    assert not selection.paths


def test_the_wheel_zooms_to_the_pointer_and_f_fits_again(brain_map: BrainMap) -> None:
    before = brain_map.cell_rect(QUERY)
    center = QPointF(brain_map.cell_center(QUERY))
    for _ in range(5):
        event = QWheelEvent(
            center,
            QPointF(brain_map.view.mapToGlobal(center)),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(brain_map.view, event)
    assert brain_map.cell_rect(QUERY).width() > 2.5 * before.width()
    assert brain_map.cell_rect(QUERY).contains(center.toPoint())
    QTest.keyClick(brain_map.view, Qt.Key.Key_F)
    assert brain_map.cell_rect(QUERY) == before


def test_a_fitted_map_stays_fitted_while_its_pane_grows(brain_map: BrainMap, anatomy: Anatomy, qtbot: QtBot) -> None:
    before = brain_map.cell_rect(CONV).width()
    brain_map.resize(1200, 1000)
    qtbot.waitUntil(lambda: brain_map.cell_rect(CONV).width() > before)
    assert all(brain_map.view.rect().contains(brain_map.cell_rect(path)) for path in anatomy.paths)


def test_a_flat_pane_gets_a_flatter_map(brain_map: BrainMap, anatomy: Anatomy, qtbot: QtBot) -> None:
    brain_map.resize(640, 380)
    qtbot.waitUntil(lambda: brain_map.height() == 380)
    flat = brain_map.view.picture.layout
    assert all(brain_map.view.rect().contains(brain_map.cell_rect(path)) for path in anatomy.paths)
    brain_map.resize(640, 900)
    qtbot.waitUntil(lambda: brain_map.height() == 900)
    tall = brain_map.view.picture.layout
    assert flat.width / flat.height > tall.width / tall.height


def test_a_pane_that_changes_while_zoomed_in_keeps_its_map(brain_map: BrainMap, qtbot: QtBot) -> None:
    brain_map.view.zoom(3.0)
    layout, scale = brain_map.view.picture.layout, brain_map.view.camera.scale
    brain_map.resize(640, 380)
    qtbot.waitUntil(lambda: brain_map.height() == 380)
    assert brain_map.view.picture.layout is layout and brain_map.view.camera.scale == scale


def test_arrow_keys_move_the_selection(brain_map: BrainMap, selection: Selection) -> None:
    click(brain_map, "down_blocks.0.resnets.0.norm1")
    QTest.keyClick(brain_map.view, Qt.Key.Key_Right)
    assert selection.paths == {"down_blocks.0.resnets.0.conv1"}
    QTest.keyClick(brain_map.view, Qt.Key.Key_Right, SHIFT)
    assert selection.paths == {"down_blocks.0.resnets.0.conv1", "down_blocks.0.resnets.0.time_emb_proj"}


def test_all_can_be_selected_and_deselected_by_keys(
    brain_map: BrainMap, selection: Selection, anatomy: Anatomy
) -> None:
    QTest.keyClick(brain_map.view, Qt.Key.Key_A, CTRL)
    assert selection.paths == set(anatomy.paths)
    QTest.keyClick(brain_map.view, Qt.Key.Key_Escape)
    assert not selection.paths


def test_search_counts_shows_and_selects_matches(brain_map: BrainMap, selection: Selection, anatomy: Anatomy) -> None:
    QTest.keyClicks(brain_map.search.field, "role=q")
    expected = match_pattern("role=q", anatomy)
    assert brain_map.search.count.text() == f"{len(expected)} modules"
    assert brain_map.view.picture.matches == set(expected)
    assert not selection.paths
    QTest.keyClick(brain_map.search.field, Qt.Key.Key_Return)
    assert selection.paths == set(expected)
    QTest.keyClick(brain_map.search.field, Qt.Key.Key_Escape)
    assert brain_map.view.picture.matches is None


def test_a_lesion_typed_into_the_search_box_is_added(brain_map: BrainMap, lesions: LesionList) -> None:
    QTest.keyClicks(brain_map.search.field, "mid_block.*:zero")
    QTest.keyClick(brain_map.search.field, Qt.Key.Key_Return)
    assert lesions.active == (LesionSpec.parse("mid_block.*:zero"),)
    assert not brain_map.search.field.text()
    lesions.undo_stack.undo()
    assert not lesions.active


def test_a_pattern_that_matches_nothing_is_explained(
    brain_map: BrainMap, lesions: LesionList, selection: Selection
) -> None:
    click(brain_map, CONV)
    QTest.keyClicks(brain_map.search.field, "mid_blok.*:zero")
    QTest.keyClick(brain_map.search.field, Qt.Key.Key_Return)
    assert not lesions.entries and selection.paths == {CONV}
    notes = [label.text() for label in brain_map.findChildren(QWidget) if label.property("role") == "note"]
    assert len(notes) == 1 and "mid_block" in notes[0]


def test_a_lesion_shows_on_its_cells_and_goes_with_undo(brain_map: BrainMap, lesions: LesionList) -> None:
    def reddish() -> bool:
        image = brain_map.view.grab().toImage()
        area = brain_map.cell_rect(CONV)
        pixels = [image.pixelColor(x, area.center().y()) for x in range(area.left(), area.right() + 1)]
        return any(pixel.red() > pixel.blue() + 60 for pixel in pixels)

    assert not reddish()
    lesions.add([LesionSpec.parse(f"{CONV}:zero")])
    assert reddish()
    lesions.undo_stack.undo()
    assert not reddish()


def test_the_hover_card_tells_of_the_module(
    brain_map: BrainMap, lesions: LesionList, qtbot: QtBot, anatomy: Anatomy
) -> None:
    lesions.add([LesionSpec.parse("mid_block.*:noise=0.2")])
    path = "mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj"
    QTest.mouseMove(brain_map.view, brain_map.cell_center(path))
    qtbot.waitUntil(brain_map.card.isVisible)
    text = brain_map.card.text.replace("\u200b", "")
    assert path in text and "linear · ff" in text and "10240 × 1280" in text and "mid_block.*:noise=0.2" in text
    assert not brain_map.card.geometry().intersects(brain_map.cell_rect(path).translated(brain_map.view.pos()))
    assert brain_map.rect().contains(brain_map.card.geometry())
    QTest.mouseMove(brain_map.view, QPoint(1, 1))
    qtbot.waitUntil(lambda: not brain_map.card.isVisible())


def test_a_kind_in_the_legend_selects_its_modules(brain_map: BrainMap, selection: Selection, anatomy: Anatomy) -> None:
    brain_map.legend.chosen.emit("kind=norm")
    assert selection.paths == set(match_pattern("kind=norm", anatomy))


def test_another_brain_replaces_the_map_and_drops_what_it_does_not_have(
    brain_map: BrainMap, brain: OpenBrain, selection: Selection
) -> None:
    selection.replace([CONV, "conv_in"])
    small = unet_anatomy(channels=(8,), layers=1, attention=(False,), context=8)
    brain.set_anatomy(small)
    assert selection.paths == {"conv_in"}
    assert set(brain_map.view.picture.layout.cells) == set(small.paths)
    brain.set_anatomy(None)
    assert not brain_map.view.picture.layout.cells


def test_the_theme_can_change_while_it_is_shown(brain_map: BrainMap, qapp: QApplication) -> None:
    brain_map.set_theme(apply_theme(qapp, Appearance.LIGHT))
    assert brain_map.view.grab().toImage().pixelColor(3, 3) == QColor(LIGHT.ground)
    brain_map.set_theme(apply_theme(qapp, Appearance.DARK))
    assert brain_map.view.grab().toImage().pixelColor(3, 3) == QColor(DARK.ground)
