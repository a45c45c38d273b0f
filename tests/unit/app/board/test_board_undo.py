"""Every change of the board is one step of undo, as long as its session is open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QUndoStack

from alienlab.app.board.board import Board
from alienlab.domain.board import BoardArrangement, BoardState, Pin
from tests.fakes.recipes import make_recipe


def pin(number: int) -> Pin:
    return Pin(recipe=make_recipe(seed=number), number=number)


@pytest.fixture
def stack(qapp) -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def board(stack: QUndoStack) -> Board:
    made = Board(stack)
    made.pin(pin(number) for number in (1, 2, 3))
    return made


def test_every_change_can_be_undone_and_done_again(board: Board, stack: QUndoStack) -> None:
    states = [board.state]
    for change in (
        lambda: board.reorder([board.pins[2].key], 0),
        lambda: board.arrange(BoardArrangement.FREE),
        lambda: board.shift([board.pins[0].key], 64, 32),
        lambda: board.unpin([board.pins[1].key]),
        lambda: board.clear(),
    ):
        change()
        states.append(board.state)
    assert stack.count() == len(states)
    for state in reversed(states[:-1]):
        stack.undo()
        assert board.state == state
    for state in states[1:]:
        stack.redo()
        assert board.state == state


def test_what_changes_nothing_is_no_step(board: Board, stack: QUndoStack) -> None:
    assert board.pin([pin(1)]) == 0
    board.reorder([board.pins[0].key], 1)
    board.arrange(BoardArrangement.GRID)
    board.unpin(["nothing"])
    assert stack.count() == 1


def test_a_key_that_is_held_is_one_step(board: Board, stack: QUndoStack) -> None:
    board.arrange(BoardArrangement.FREE)
    before, steps, keys = board.state, stack.count(), [board.pins[0].key]
    board.shift(keys, 16, 0)
    for _ in range(5):
        board.shift(keys, 16, 0, merges=True)
    assert stack.count() == steps + 1
    board.shift([board.pins[1].key], 16, 0, merges=True)
    assert stack.count() == steps + 2
    stack.undo()
    stack.undo()
    assert board.state == before


def test_what_was_done_in_another_session_is_not_undone(board: Board, stack: QUndoStack) -> None:
    other = BoardState().with_pins([pin(9)])
    board.take_session(other)
    stack.undo()
    assert board.state == other
