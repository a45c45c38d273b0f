"""The board of pinned images, with undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from alienlab.domain.board import BoardArrangement, BoardState, Pin
from alienlab.domain.brain import FLAGGED
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.records import RenderRecord


class Board(QObject):
    """Pins of the open session. Every change is one step on the undo stack."""

    changed = Signal()

    def __init__(self, undo_stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = undo_stack
        self._state = BoardState()
        self._session = 0

    @property
    def state(self) -> BoardState:
        return self._state

    @property
    def pins(self) -> tuple[Pin, ...]:
        return self._state.pins

    @property
    def arrangement(self) -> BoardArrangement:
        return self._state.arrangement

    def holds(self, record: RenderRecord) -> bool:
        return any(pin_of(record).is_like(pin) for pin in self.pins)

    def pin_records(self, records: Sequence[RenderRecord]) -> int:
        """Pin renders of the session. Returns how many were not pinned before."""
        return self.pin(map(pin_of, records))

    def pin(self, pins: Iterable[Pin]) -> int:
        """Returns how many were not pinned before."""
        before = len(self.pins)
        state = self._state.with_pins(pins)
        self._push(f"pin {_counted(len(state.pins) - before)}", state)
        return len(state.pins) - before

    def unpin(self, keys: Iterable[str]) -> None:
        state = self._state.without(keys)
        self._push(f"unpin {_counted(len(self.pins) - len(state.pins))}", state)

    def clear(self) -> None:
        self._push("clear board", self._state.without(self._state.keys))

    def reorder(self, keys: Iterable[str], place: int) -> None:
        """See ``BoardState.reordered``."""
        self._push("reorder pins", self._state.reordered(keys, place))

    def arrange(self, arrangement: BoardArrangement) -> None:
        self._push("arrange pins", self._state.arranged(arrangement))

    def set_snaps(self, snaps: bool) -> None:
        """Whether pins come to lie on a light grid; no step of undo, for nothing moves."""
        if snaps != self._state.snaps:
            self._show(BoardState(pins=self.pins, arrangement=self.arrangement, snaps=snaps))

    def shift(self, keys: Sequence[str], dx: float, dy: float, *, merges: bool = False) -> None:
        """Move pins of a free board. One that ``merges`` belongs to the last step, if that moved the same pins."""
        self._push("move pins", self._state.shifted(keys, dx, dy), merges_with=frozenset(keys) if merges else None)

    def take_session(self, state: BoardState) -> None:
        """Show the board of another session; what was done to the last one can no longer be undone."""
        self._session += 1
        self._show(state)

    def _push(self, text: str, after: BoardState, *, merges_with: frozenset[str] | None = None) -> None:
        if after != self._state:
            self._stack.push(_Change(self, text, before=self._state, after=after, merges_with=merges_with))

    def _show(self, state: BoardState) -> None:
        self._state = state
        self.changed.emit()


class _Change(QUndoCommand):
    """One change, kept as the whole board before and after it: pins are small and shared."""

    def __init__(
        self, target: Board, text: str, *, before: BoardState, after: BoardState, merges_with: frozenset[str] | None
    ) -> None:
        super().__init__(text)
        self._target, self._before, self._after = target, before, after
        self._merges_with = merges_with
        self._session = target._session

    def redo(self) -> None:
        self._take(self._after)

    def undo(self) -> None:
        self._take(self._before)

    def id(self) -> int:
        return 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other._merges_with is None or other._session != self._session:
            return False
        if self.text() != other.text() or {pin.key for pin in _moved(self)} != other._merges_with:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def _take(self, state: BoardState) -> None:
        if self._session == self._target._session:
            self._target._show(state)
        else:
            self.setObsolete(True)


def _moved(change: _Change) -> list[Pin]:
    return [pin for pin in change._after.pins if pin not in change._before.pins]


def pin_of(record: RenderRecord) -> Pin:
    return Pin(
        recipe=record.recipe,
        number=record.number,
        computation_id=record.computation_id,
        size=record.size_if_known() if isinstance(record.recipe, LabRecipe) else None,
        is_flagged=FLAGGED in record.provenance.notes,
    )


def _counted(number: int) -> str:
    return "image" if number == 1 else f"{number} images"
