"""The lesion list changes by undoable steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack

from alienlab.app.lesion_list import LesionEntry, LesionList
from alienlab.domain.lesions import LesionSpec, Operation, Treatment

ZERO = LesionSpec.parse("mid_block.*:zero")
HALF = LesionSpec.parse("conv_in:scale=0.5")


def scaled(amount: float) -> Treatment:
    return Treatment(Operation.SCALE, amount)


@pytest.fixture
def stack(qapp) -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def lesions(stack: QUndoStack) -> LesionList:
    return LesionList(stack)


def test_lesions_act_in_the_order_in_which_they_were_added(lesions: LesionList) -> None:
    lesions.add([ZERO])
    lesions.add([HALF])
    assert lesions.active == (ZERO, HALF)


def test_adding_several_is_one_step(lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([ZERO, HALF])
    stack.undo()
    assert lesions.entries == ()
    stack.redo()
    assert lesions.active == (ZERO, HALF)


def test_one_that_is_switched_off_is_kept_but_does_not_act(lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([ZERO, HALF])
    lesions.set_enabled(0, False)
    assert lesions.active == (HALF,)
    assert lesions.entries[0] == LesionEntry(ZERO, enabled=False)
    stack.undo()
    assert lesions.active == (ZERO, HALF)


def test_a_drag_is_one_step_and_the_next_drag_another(lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([HALF])
    for amount in (0.6, 0.7, 0.8):
        lesions.set_treatment(0, scaled(amount))
    lesions.settle()
    for amount in (0.9, 1.5):
        lesions.set_treatment(0, scaled(amount))
    stack.undo()
    assert lesions.active[0].treatment.amount == 0.8
    stack.undo()
    assert lesions.active == (HALF,)


def test_a_drag_that_ends_where_it_began_leaves_no_step(lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([HALF])
    lesions.set_treatment(0, scaled(0.9))
    lesions.set_treatment(0, scaled(0.5))
    assert stack.count() == 1


def test_drags_of_different_entries_do_not_merge(lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([HALF, HALF])
    lesions.set_treatment(0, scaled(2.0))
    lesions.set_treatment(1, scaled(3.0))
    stack.undo()
    assert [spec.treatment.amount for spec in lesions.active] == [2.0, 0.5]


def test_clearing_can_be_undone(lesions: LesionList, stack: QUndoStack) -> None:
    lesions.add([ZERO, HALF])
    lesions.clear()
    assert lesions.entries == ()
    stack.undo()
    assert lesions.active == (ZERO, HALF)


def test_a_change_that_changes_nothing_is_neither_a_step_nor_announced(lesions: LesionList, stack: QUndoStack) -> None:
    announced: list[bool] = []
    lesions.changed.connect(lambda: announced.append(True))
    lesions.clear()
    lesions.add([])
    assert not announced and not stack.count()


def test_an_index_that_is_not_there_is_refused(lesions: LesionList) -> None:
    with pytest.raises(IndexError):
        lesions.remove([0])


CHANGES = st.sampled_from(["add", "remove", "switch", "dose", "settle", "replace", "clear"])


@given(st.lists(st.tuples(CHANGES, st.integers(0, 7)), max_size=25))
def test_undoing_everything_and_redoing_it_comes_back(qapp, changes: list[tuple[str, int]]) -> None:
    stack = QUndoStack()
    lesions = LesionList(stack)
    for change, number in changes:
        _apply(lesions, change, number)
    final = lesions.entries
    stack.setIndex(0)
    assert lesions.entries == ()
    stack.setIndex(stack.count())
    assert lesions.entries == final


def _apply(lesions: LesionList, change: str, number: int) -> None:
    index = number % len(lesions.entries) if lesions.entries else None
    if change == "add":
        lesions.add([LesionSpec(f"m{number}", scaled(number / 4))])
    elif change == "replace":
        lesions.replace_all([ZERO] * (number % 3))
    elif change == "clear":
        lesions.clear()
    elif change == "settle":
        lesions.settle()
    elif index is not None and change == "remove":
        lesions.remove([index])
    elif index is not None and change == "switch":
        lesions.set_enabled(index, not lesions.entries[index].enabled)
    elif index is not None:
        lesions.set_treatment(index, scaled(number / 3))
