"""The lesion panel, driven by real mouse and keyboard events."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QStyle, QStyleOptionSlider, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from alienlab.app.lesion_list import LesionList
from alienlab.app.lesion_model import Column
from alienlab.app.open_brain import OpenBrain
from alienlab.app.selection import Selection
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import LesionSpec, Operation
from alienlab.domain.patterns import patterns_for
from alienlab.ui.appearance import apply_theme
from alienlab.ui.lesion_panel import LesionPanel
from alienlab.ui.theme import Appearance
from tests.fakes.anatomies import unet_anatomy

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy(channels=(8, 16), layers=1, attention=(True, False), context=8)


@pytest.fixture
def stack(qapp: QApplication) -> QUndoStack:
    return QUndoStack(qapp)


@pytest.fixture
def lesions(stack: QUndoStack) -> LesionList:
    return LesionList(stack)


@pytest.fixture
def selection(qapp: QApplication) -> Selection:
    return Selection()


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, anatomy: Anatomy, selection: Selection, lesions: LesionList) -> LesionPanel:
    brain = OpenBrain()
    brain.set_anatomy(anatomy)
    widget = LesionPanel(brain, selection, lesions, apply_theme(qapp, Appearance.DARK))
    qtbot.addWidget(widget)
    widget.resize(648, 236)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


def press(panel: LesionPanel, operation: Operation) -> None:
    QTest.mouseClick(panel.buttons[operation], LEFT)


def texts(lesions: LesionList) -> list[str]:
    return [str(entry.spec) for entry in lesions.entries]


def test_nothing_can_be_done_while_nothing_is_selected(panel: LesionPanel, lesions: LesionList) -> None:
    for operation in panel.buttons:
        press(panel, operation)
    assert not lesions.entries
    assert not any(button.isEnabled() for button in panel.buttons.values())


def test_knock_out_zeroes_the_selected_module(panel: LesionPanel, selection: Selection, lesions: LesionList) -> None:
    selection.replace(["conv_in"])
    press(panel, Operation.ZERO)
    assert texts(lesions) == ["conv_in:zero"]


def test_knocking_out_a_region_and_a_module_takes_two_patterns(
    panel: LesionPanel, selection: Selection, lesions: LesionList, anatomy: Anatomy
) -> None:
    selection.replace([*anatomy.within("mid_block"), "conv_out"])
    press(panel, Operation.ZERO)
    assert texts(lesions) == ["mid_block.*:zero", "conv_out:zero"]
    assert [spec.pattern for spec in lesions.active] == list(patterns_for(selection.paths, anatomy))


def test_knocking_out_twice_is_knocking_out_once(panel: LesionPanel, selection: Selection, lesions: LesionList) -> None:
    selection.replace(["conv_in"])
    press(panel, Operation.ZERO)
    press(panel, Operation.ZERO)
    assert texts(lesions) == ["conv_in:zero"]


@pytest.mark.parametrize(
    ("key", "expected"), [("K", "zero"), ("R", "randomize"), ("S", "scale=0.5"), ("N", "noise=0.2")]
)
def test_each_operation_has_its_key(
    panel: LesionPanel, selection: Selection, lesions: LesionList, qtbot: QtBot, key: str, expected: str
) -> None:
    selection.replace(["conv_in"])
    qtbot.waitUntil(panel.isActiveWindow)
    QTest.keyClicks(panel.list, key)
    assert texts(lesions) == [f"conv_in:{expected}"]


def test_the_values_of_the_next_lesion_are_taken(panel: LesionPanel, selection: Selection, lesions: LesionList) -> None:
    selection.replace(["conv_in"])
    panel.editor.noise.set_amount(0.35)
    panel.editor.adds.setChecked(True)
    panel.editor.seed.setValue(7)
    panel.editor.weights_only.setChecked(True)
    panel.editor.windowed.setChecked(True)
    panel.editor.end.setValue(9)
    press(panel, Operation.NOISE)
    assert texts(lesions) == ["conv_in:noise+=0.35@7;weights;steps=0-9"]


def test_the_slider_edits_the_chosen_lesion_live_and_a_drag_is_one_step(
    panel: LesionPanel, selection: Selection, lesions: LesionList, stack: QUndoStack
) -> None:
    selection.replace(["conv_in"])
    press(panel, Operation.SCALE)
    seen: list[float | None] = []
    lesions.changed.connect(lambda: seen.append(lesions.active[0].treatment.amount))
    drag_slider(panel.editor.scale.slider, 160)
    drag_slider(panel.editor.scale.slider, 250)
    assert len(seen) > 4
    assert lesions.active[0].treatment.amount == pytest.approx(2.5, abs=0.1)
    stack.undo()
    assert lesions.active[0].treatment.amount == pytest.approx(1.6, abs=0.1)
    assert panel.editor.scale.amount == lesions.active[0].treatment.amount
    stack.undo()
    assert texts(lesions) == ["conv_in:scale=0.5"]


def drag_slider(slider: QSlider, value: int) -> None:
    start = handle_of(slider)
    span = slider.width() - 16
    end = QPoint(round(start.x() + (value - slider.value()) / slider.maximum() * span), start.y())
    QTest.mousePress(slider, LEFT, NONE, start)
    for share in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(slider, start + (end - start) * share)
    QTest.mouseRelease(slider, LEFT, NONE, end)


def handle_of(slider: QSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style = slider.style()
    part = QStyle.SubControl.SC_SliderHandle
    return style.subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()


def test_an_amount_finer_or_larger_than_the_slider_is_left_as_it_is(panel: LesionPanel, lesions: LesionList) -> None:
    lesions.add([LesionSpec.parse("conv_in:scale=0.333333"), LesionSpec.parse("conv_in:scale=-20")])
    for row in (0, 1):
        panel.list.choose(row)
        panel.editor.weights_only.setChecked(True)
    assert texts(lesions) == ["conv_in:scale=0.333333;weights", "conv_in:scale=-20;weights"]


def test_choosing_a_lesion_shows_its_values_and_changes_nothing(
    panel: LesionPanel, lesions: LesionList, stack: QUndoStack
) -> None:
    lesions.add([LesionSpec.parse("conv_in:noise+=0.4@9;weights;steps=6-8"), LesionSpec.parse("conv_out:zero")])
    before = texts(lesions)
    for row in (0, 1, 0):
        panel.list.choose(row)
    editor = panel.editor
    assert (editor.noise.amount, editor.seed.value(), editor.first.value(), editor.end.value()) == (0.4, 9, 6, 8)
    assert editor.adds.isChecked() and editor.weights_only.isChecked() and not editor.scale.isEnabled()
    assert texts(lesions) == before and stack.count() == 1


def test_the_dice_change_the_seed_of_the_chosen_lesion(panel: LesionPanel, lesions: LesionList) -> None:
    lesions.add([LesionSpec.parse("conv_in:randomize@3")])
    panel.list.choose(0)
    seeds = set()
    for _ in range(3):
        QTest.mouseClick(panel.editor.dice, LEFT)
        seeds.add(lesions.active[0].treatment.seed)
    assert len(seeds | {3}) > 2


def test_the_step_window_is_never_empty(panel: LesionPanel, lesions: LesionList) -> None:
    lesions.add([LesionSpec.parse("conv_in:zero;steps=0-5")])
    panel.list.choose(0)
    panel.editor.first.setValue(12)
    assert texts(lesions) == ["conv_in:zero;steps=12-13"]


def test_a_tick_switches_a_lesion_off_and_on(panel: LesionPanel, lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([LesionSpec.parse("conv_in:zero")])
    QTest.mouseClick(panel.list.viewport(), LEFT, NONE, tick_of(panel, 0))
    assert not lesions.active and lesions.entries
    stack.undo()
    assert lesions.active


def tick_of(panel: LesionPanel, row: int) -> QPoint:
    index = panel.list.model().index(row, Column.TEXT)
    option = QStyleOptionViewItem()
    option.initFrom(panel.list)
    option.rect = panel.list.visualRect(index)
    option.features = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
    return panel.list.style().subElementRect(part, option, panel.list).center()


def test_del_removes_the_chosen_and_undo_brings_them_back(
    panel: LesionPanel, lesions: LesionList, stack: QUndoStack
) -> None:
    lesions.add([LesionSpec.parse("conv_in:zero"), LesionSpec.parse("conv_out:zero")])
    panel.list.choose(0)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert texts(lesions) == ["conv_out:zero"]
    stack.undo()
    assert texts(lesions) == ["conv_in:zero", "conv_out:zero"]


def test_clear_all_is_one_undoable_step(panel: LesionPanel, lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([LesionSpec.parse("conv_in:zero"), LesionSpec.parse("conv_out:zero")])
    panel.clear_action.trigger()
    assert not lesions.entries and not panel.clear_action.isEnabled()
    stack.undo()
    assert len(lesions.entries) == 2


def test_opening_a_lesion_selects_what_it_acts_on(
    panel: LesionPanel, lesions: LesionList, selection: Selection, anatomy: Anatomy
) -> None:
    lesions.add([LesionSpec.parse("mid_block.*:zero")])
    panel.list.choose(0)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert selection.paths == set(anatomy.within("mid_block"))


def test_the_list_says_what_it_acts_on(panel: LesionPanel, lesions: LesionList, anatomy: Anatomy) -> None:
    lesions.add([LesionSpec.parse("mid_block.*:zero"), LesionSpec.parse("gone.*:zero")])
    model = panel.list.model()
    assert model.index(0, Column.TEXT).data() == "mid_block.*:zero"
    assert model.index(0, Column.MODULES).data() == str(len(anatomy.within("mid_block")))
    assert model.index(1, Column.MODULES).data() == "0"


def test_the_card_tells_what_is_selected(panel: LesionPanel, selection: Selection, anatomy: Anatomy) -> None:
    assert panel.card.title.whole_text == "Nothing selected"
    selection.replace(["conv_in"])
    assert panel.card.title.whole_text == "conv_in"
    assert "conv · input · 296 parameters" in panel.card.facts.whole_text
    selection.replace(anatomy.within("mid_block"))
    assert panel.card.title.whole_text == "mid_block.*"
    selection.replace(["conv_in", "conv_out"])
    assert panel.card.title.whole_text == "2 modules in 2 places"


def test_every_control_says_what_it_is_for(panel: LesionPanel) -> None:
    editor = panel.editor
    controls = [*panel.buttons.values(), editor.seed, editor.dice, editor.adds, editor.weights_only, editor.windowed]
    controls += [editor.first, editor.end, editor.scale.slider, editor.noise.slider, editor.noise.field]
    assert all(control.toolTip() for control in controls)
    assert all(control.focusPolicy() & Qt.FocusPolicy.TabFocus for control in controls)
