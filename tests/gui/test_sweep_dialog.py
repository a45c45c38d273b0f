"""The dialog in which a sweep is put together, driven by real mouse and keyboard events."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from alienlab.app.jobs import duration_text
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import Pace
from alienlab.domain.concepts import Prompt
from alienlab.domain.lesions import Operation, StepWindow
from alienlab.domain.sweeps.orders import Order
from alienlab.domain.sweeps.planning import DECODING_STEPS, make_plan
from alienlab.domain.sweeps.sweep import Kind, Sweep
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.ui.appearance import apply_theme
from alienlab.ui.sweeps.sweep_dialog import SweepDialog
from alienlab.ui.theme import Appearance
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import brain_info
from tests.fakes.recipes import make_recipe

# The offscreen platform says what it cannot do for windows and for the list of a completer.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
BASE = make_recipe(size=(32, 32))
SECONDS = 0.05
INFO = brain_info(paces=(Pace(8, SECONDS),))
OpenDialog = Callable[..., SweepDialog]


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy()


@pytest.fixture
def open_dialog(qtbot: QtBot, qapp: QApplication, anatomy: Anatomy) -> OpenDialog:
    def open_one(wish: SweepWish | None = None, **changes: object) -> SweepDialog:
        apply_theme(qapp, Appearance.DARK)
        given: dict[str, Any] = {
            "is_known": lambda key: False,
            "effects": None,
            "free_bytes": lambda: 10**12,
            "wish": wish,
        }
        dialog = SweepDialog(BASE, anatomy, INFO, **{**given, **changes})
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        dialog.activateWindow()
        return dialog

    return open_one


def figures(dialog: SweepDialog) -> str:
    return dialog.plan_line.figures.text() if dialog.plan_line.figures.isVisible() else ""


def error(dialog: SweepDialog) -> str:
    return dialog.plan_line.error.text if dialog.plan_line.error.isVisible() else ""


def wait_for(qtbot: QtBot, dialog: SweepDialog, beginning: str) -> None:
    """Until the plan line starts so."""
    qtbot.waitUntil(lambda: figures(dialog).startswith(beginning))


def choose(dialog: SweepDialog, kind: Kind) -> None:
    QTest.mouseClick(dialog.cards.cards[kind], LEFT)


def tick(box: QAbstractButton) -> None:
    """Click the box itself: beside its text, a check box that is wider than that takes no click."""
    QTest.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))


def write(editor: QWidget, text: str) -> None:
    """Over what stands there."""
    field = (editor.lineEdit() if isinstance(editor, QComboBox) else None) or editor
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def started(dialog: SweepDialog) -> Sweep:
    QTest.mouseClick(dialog.start_button, LEFT)
    assert dialog.sweep is not None
    return dialog.sweep


def test_at_first_it_offers_to_knock_out_each_module(qtbot: QtBot, open_dialog: OpenDialog, anatomy: Anatomy) -> None:
    dialog = open_dialog()
    wait_for(qtbot, dialog, "391 renders, 327 distinct · ")
    assert dialog.title.whole_text == "Knock out each module"
    sweep = started(dialog)
    plan = make_plan(sweep, anatomy, is_known=lambda key: False)
    assert (len(plan.trials), plan.distinct) == (391, 327)
    assert sweep.base == BASE
    assert dialog.wish == SweepWish(AxisWish(kind=Kind.KNOCKOUT))


def test_the_estimate_is_what_is_missing_at_the_measured_pace(
    qtbot: QtBot, open_dialog: OpenDialog, anatomy: Anatomy
) -> None:
    sweep = SweepWish(AxisWish(kind=Kind.KNOCKOUT)).to_sweep(BASE, anatomy, None)
    known = set(make_plan(sweep, anatomy, is_known=lambda key: False).keys[:12])
    dialog = open_dialog(is_known=known.__contains__)
    wait_for(qtbot, dialog, f"391 renders, 327 distinct, {len(known)} known already · ")
    missing = 327 - len(known) + 17  # with the intact image and its 16 other seeds
    assert f" · about {duration_text((BASE.steps + DECODING_STEPS) * SECONDS * missing)} · " in figures(dialog)
    assert figures(dialog).endswith(" MB")


def test_nothing_is_planned_at_every_key(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    asked: list[None] = []
    dialog = open_dialog(free_bytes=lambda: asked.append(None) or 10**12)
    wait_for(qtbot, dialog, "391 renders")
    assert len(asked) == 1
    write(dialog.first.modules.pattern, "mid_block.*")
    wait_for(qtbot, dialog, "26 renders")
    assert len(asked) == 2


def test_start_does_what_was_typed_last(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    wait_for(qtbot, dialog, "391 renders")
    write(dialog.first.modules.pattern, "conv_in")
    sweep = started(dialog)
    assert [value.module for value in sweep.axes[0].values] == ["conv_in"]


def test_a_pattern_without_a_module_is_told_and_nothing_can_be_started(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    wait_for(qtbot, dialog, "391 renders")
    write(dialog.first.modules.pattern, "mid_blok.*")
    qtbot.waitUntil(lambda: "No module matches 'mid_blok.*'" in error(dialog))
    assert "mid_block.*" in error(dialog)
    assert figures(dialog) == ""
    assert dialog.first.modules.count.text() == "no module"
    assert not dialog.start_button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    write(dialog.first.modules.pattern, "mid_block.*")
    wait_for(qtbot, dialog, "26 renders")
    assert error(dialog) == ""
    assert dialog.start_button.isEnabled()


def test_start_stays_open_where_what_was_typed_last_is_wrong(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    wait_for(qtbot, dialog, "391 renders")
    write(dialog.first.modules.pattern, "nowhere")
    QTest.mouseClick(dialog.start_button, LEFT)
    assert dialog.isVisible()
    assert "nowhere" in error(dialog)
    assert dialog.sweep is None


def test_the_selection_of_the_map_is_one_click_away(open_dialog: OpenDialog, anatomy: Anatomy) -> None:
    dialog = open_dialog(selected=anatomy.within("mid_block"))
    QTest.mouseClick(dialog.first.modules.take_selection, LEFT)
    assert dialog.first.modules.count.text() == "26 modules of 391"
    assert dialog.wish.first.pattern == "mid_block.*"


def test_there_is_no_selection_to_take_where_nothing_is_selected(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    assert not dialog.first.modules.take_selection.isVisible()


def test_only_the_options_of_the_chosen_kind_are_seen(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    editor = dialog.first
    everything = {
        editor.modules,
        editor.each,
        editor.treatment,
        editor.dose,
        editor.orders,
        editor.limits,
        editor.seeds,
        editor.prompts,
        editor.line,
    }
    seen = {
        Kind.KNOCKOUT: {editor.modules, editor.each, editor.treatment, editor.limits},
        Kind.PROGRESSIVE: {editor.modules, editor.treatment, editor.orders, editor.limits},
        Kind.DOSE: {editor.modules, editor.dose, editor.limits},
        Kind.SEEDS: {editor.seeds},
        Kind.PROMPTS: {editor.prompts},
        Kind.LINE: {editor.line},
    }
    for kind, wanted in seen.items():
        choose(dialog, kind)
        assert {field for field in everything if field.isVisible()} == wanted
        assert dialog.refinements.isVisible() == (kind in (Kind.DOSE, Kind.LINE))


def test_the_step_window_reaches_the_lesions(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    limits = dialog.first.limits
    assert not limits.begin.isEnabled()
    tick(limits.windowed)
    tick(limits.weights_only)
    write(limits.end, "9")
    write(limits.begin, "2")
    lesions = {str(spec) for value in started(dialog).axes[0].values for spec in value.lesions}
    assert "conv_in:zero;weights;steps=2-9" in lesions
    assert all(text.endswith(":zero;weights;steps=2-9") for text in lesions)


def test_a_window_ends_at_the_last_step_and_never_before_it_begins(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    limits = dialog.first.limits
    tick(limits.windowed)
    limits.end.setValue(10_000)
    assert limits.end.value() == BASE.steps
    limits.end.setValue(3)
    limits.begin.setValue(10_000)
    assert (limits.begin.value(), limits.end.value()) == (BASE.steps - 1, BASE.steps)


def test_an_operation_asks_for_what_it_needs(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="conv_in")))
    field = dialog.first.treatment
    assert (field.amount.isVisible(), field.seed.isVisible()) == (False, False)
    field.operation.setFocus()
    QTest.keyClicks(field.operation, "Scale")
    assert (field.amount.isVisible(), field.seed.isVisible()) == (True, False)
    QTest.keyClick(field.operation, Qt.Key.Key_Down)
    assert field.operation.operation is Operation.NOISE
    assert (field.amount.isVisible(), field.seed.isVisible()) == (True, True)
    write(field.amount, "35")
    write(field.seed.box, "4")
    assert str(started(dialog).axes[0].values[0].lesions[0]) == "conv_in:noise=0.35@4"


def test_doses_are_evenly_spaced_and_closed_at_both_ends(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    choose(dialog, Kind.DOSE)
    field = dialog.first.dose
    write(field.number, "5")
    write(field.lowest, "1")
    write(field.highest, "3.5")
    write(dialog.refinements, "6")
    wait_for(qtbot, dialog, "5 renders, up to 6 more where images jump · ")
    assert dialog.title.whole_text == "Noise in every weight, 1 % to 3.5 %"
    sweep = started(dialog)
    numbers = [value.number for value in sweep.axes[0].values]
    assert (numbers[0], numbers[-1], len(numbers)) == (0.01, 0.035, 5)
    assert [after - before for before, after in itertools.pairwise(numbers)] == pytest.approx([0.00625] * 4)
    assert sweep.refinements == 6


def test_orders_that_need_an_atlas_wait_for_one(qtbot: QtBot, open_dialog: OpenDialog, anatomy: Anatomy) -> None:
    wish = SweepWish(AxisWish(kind=Kind.PROGRESSIVE, pattern="mid_block.*", steps=2, orders=(Order.MOST,)))
    without = open_dialog(wish)
    assert not without.first.orders.ticks[Order.MOST].isEnabled()
    qtbot.waitUntil(lambda: "Choose at least one order" in error(without))
    most = anatomy.within("mid_block")[7]
    dialog = open_dialog(wish, effects={most: 0.9})
    assert dialog.first.orders.ticks[Order.MOST].isChecked()
    first, second, last = started(dialog).axes[0].values
    assert (first.number, second.number, last.number) == (0, 13, 26)
    assert f"{most}:zero" in {str(spec) for spec in second.lesions}


def test_prompts_are_read_line_by_line(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    choose(dialog, Kind.PROMPTS)
    assert dialog.first.prompts.texts.toPlainText().splitlines() == list(INFO.prompts)
    dialog.first.prompts.texts.setPlainText("  a dog \n\n a hat\n")
    wait_for(qtbot, dialog, "2 renders")
    assert [value.prompt for value in started(dialog).axes[0].values] == [Prompt("a dog"), Prompt("a hat")]


def test_no_prompt_at_all_is_told(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    choose(dialog, Kind.PROMPTS)
    write(dialog.first.prompts.texts, " ")
    qtbot.waitUntil(lambda: "Write at least one prompt" in error(dialog))


def test_a_line_begins_at_the_prompt_of_the_recipe(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    choose(dialog, Kind.LINE)
    write(dialog.first.line.end, "a hat")
    write(dialog.first.line.points, "3")
    write(dialog.first.line.beyond, "1")
    values = started(dialog).axes[0].values
    assert [value.number for value in values] == [-0.5, 0.0, 0.5, 1.0, 1.5]
    assert (values[1].prompt, values[3].prompt) == (BASE.prompt, Prompt("a hat"))


def test_a_second_axis_multiplies_the_first(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.DOSE, doses=5), refinements=3))
    assert not dialog.second.isVisible()
    dialog.also.setFocus()
    QTest.keyClicks(dialog.also, "Seeds")
    assert dialog.second.seeds.isVisible()
    assert not dialog.refinements.isVisible()
    write(dialog.second.seeds.number, "3")
    wait_for(qtbot, dialog, "15 renders")
    sweep = started(dialog)
    assert (sweep.kind, sweep.size, sweep.refinements) == (Kind.DOSE, 15, 0)
    assert sweep.title == "Dose × seeds"
    assert [trial.recipe.seed for trial in sweep.trials()][:4] == [7, 8, 9, 7]


def test_a_second_axis_is_dropped_where_the_first_takes_its_place(open_dialog: OpenDialog) -> None:
    offered = ["Nothing else", "Seeds", "Prompts", "Dose", "Concept line", "Modules, one by one"]
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.PROGRESSIVE), AxisWish(kind=Kind.LINE)))
    assert [dialog.also.itemText(row) for row in range(dialog.also.count())] == offered
    assert dialog.also.currentText() == "Concept line"
    choose(dialog, Kind.DOSE)
    assert dialog.also.currentText() == "Concept line"
    choose(dialog, Kind.PROMPTS)
    assert dialog.also.currentText() == "Nothing else"
    assert dialog.wish.second is None


def test_a_sweep_that_is_too_large_to_plan_is_bounded_and_one_too_large_to_make_is_refused(
    qtbot: QtBot, open_dialog: OpenDialog
) -> None:
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.KNOCKOUT), AxisWish(kind=Kind.SEEDS, seeds=20)))
    wait_for(qtbot, dialog, "At most 7,820 renders")
    dialog.second.seeds.number.setValue(300)
    qtbot.waitUntil(lambda: "117,300 renders are too many" in error(dialog))


def test_too_little_disk_and_too_many_hours_are_warnings(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    wish = SweepWish(AxisWish(kind=Kind.KNOCKOUT), AxisWish(kind=Kind.SEEDS, seeds=20))
    dialog = open_dialog(wish, free_bytes=lambda: 2_000_000)
    qtbot.waitUntil(dialog.plan_line.warning.isVisible)
    assert "Only 2 MB are free" in dialog.plan_line.warning.text
    assert "more than an hour" in dialog.plan_line.warning.text
    assert dialog.start_button.isEnabled()


def test_it_begins_with_the_wish_that_it_ended_with(open_dialog: OpenDialog) -> None:
    wish = SweepWish(
        AxisWish(
            kind=Kind.DOSE,
            pattern="kind=norm",
            dose=Operation.SCALE,
            lowest=-0.25,
            highest=3.0,
            doses=14,
            weights_only=True,
            window=StepWindow(3, 8),
        ),
        AxisWish(kind=Kind.PROMPTS, prompts=("a dog", "a hat")),
        refinements=5,
    )
    assert open_dialog(wish).wish == wish
    more = replace(
        wish,
        first=AxisWish(
            kind=Kind.PROGRESSIVE,
            operation=Operation.NOISE_ADDED,
            amount=1.5,
            lesion_seed=12,
            orders=(Order.DEPTH, Order.END),
            shuffles=4,
            shuffle_seed=3,
            steps=7,
        ),
        second=AxisWish(kind=Kind.LINE, start="a dog", end="a hat", points=4, beyond=1),
    )
    assert open_dialog(more).wish == more


def test_what_kinds_have_in_common_stays_when_another_is_chosen(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="mid_block.*", window=StepWindow(1, 4))))
    choose(dialog, Kind.DOSE)
    assert (dialog.wish.first.pattern, dialog.wish.first.window) == ("mid_block.*", StepWindow(1, 4))


def test_enter_starts_and_escape_closes(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.SEEDS)))
    wait_for(qtbot, dialog, "16 renders")
    QTest.keyClick(dialog.first.seeds.number, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.sweep is not None
    other = open_dialog()
    QTest.keyClick(other, Qt.Key.Key_Escape)
    assert not other.isVisible()
    assert other.sweep is None


def test_the_arrow_keys_go_from_card_to_card(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    card = dialog.cards.cards[Kind.KNOCKOUT]
    assert card.hasFocus()
    QTest.keyClick(card, Qt.Key.Key_Down)
    assert dialog.cards.kind is Kind.PROGRESSIVE
    assert dialog.first.orders.isVisible()


def test_tab_goes_from_the_cards_through_the_options_to_the_buttons(open_dialog: OpenDialog) -> None:
    wish = SweepWish(AxisWish(kind=Kind.DOSE))
    dialog = open_dialog(wish)
    order: list[QWidget | None] = []
    for _ in range(30):
        order.append(QApplication.focusWidget())
        QTest.keyClick(order[-1] or dialog, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is order[0]:
            break
    stops = [
        dialog.cards.cards[Kind.DOSE],
        dialog.first.modules.pattern,
        dialog.first.dose.operation,
        dialog.first.dose.number,
        dialog.first.dose.lowest,
        dialog.first.dose.highest,
        dialog.first.limits.weights_only,
        dialog.refinements,
        dialog.also,
        dialog.cancel_button,
        dialog.start_button,
    ]
    assert [widget for widget in order if widget in stops] == stops


def test_every_control_has_a_name_and_a_tooltip(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(SweepWish(AxisWish(kind=Kind.KNOCKOUT), AxisWish(kind=Kind.SEEDS)))
    sorts = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
    controls = [
        widget
        for sort in sorts
        for widget in dialog.findChildren(sort)
        if not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
    ]
    assert len(controls) > 60
    for control in controls:
        named = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert named, control
        assert control.toolTip(), named
