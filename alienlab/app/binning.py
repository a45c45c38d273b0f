"""The session's bin: renders are laid into it, with undo, and deleted for good only on command."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from alienlab.app.archive import Archive
from alienlab.app.messages import Message, Tone
from alienlab.domain.counting import counted
from alienlab.session.log.store import Session

_Moving = Callable[[Iterable[int]], list[int]]
"""Moves renders, and returns those that were not there yet."""


class Bin(QObject):
    """What is in the bin is known to the session alone; it is written in the background."""

    changed = Signal()
    """Renders are in the bin, or out of it, or gone; they are when this is said."""
    emptied = Signal()
    """What was in the bin is gone for good."""
    message = Signal(object)
    _written = Signal()
    _emptied = Signal(int)

    def __init__(self, undo_stack: QUndoStack, archive: Archive, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = undo_stack
        self._archive = archive
        self._session: Session | None = None
        self._written.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._emptied.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def session(self) -> Session | None:
        return self._session

    def take_session(self, session: Session | None) -> None:
        self._session = session
        self.changed.emit()

    def discard(self, numbers: Iterable[int]) -> None:
        """Lay renders into the bin, as one undo step."""
        if self._session is not None and (chosen := tuple(numbers)):
            text = f"lay {counted(len(chosen), 'render')} into the bin"
            self._push(text, chosen, forth=self._session.discard, back=self._session.take_back)

    def take_back(self, numbers: Iterable[int]) -> None:
        """Take renders out of the bin, as one undo step."""
        if self._session is not None and (chosen := tuple(numbers)):
            text = f"take {counted(len(chosen), 'render')} out of the bin"
            self._push(text, chosen, forth=self._session.take_back, back=self._session.discard)

    def empty(self) -> None:
        """Delete what is in the bin for good; there is no undo."""
        session = self._session
        if session is not None:
            self._archive.carry_out_silently(lambda: self._emptied.emit(session.empty_bin()))

    def _push(self, text: str, numbers: tuple[int, ...], *, forth: _Moving, back: _Moving) -> None:
        assert self._session is not None
        self._stack.push(_Move(self, self._session, text, numbers, forth=forth, back=back))

    def _carry_out(self, task: Callable[[], None]) -> None:
        def write() -> None:
            task()
            self._written.emit()

        self._archive.carry_out_silently(write)

    def _tell(self, number: int) -> None:
        self.emptied.emit()
        self.changed.emit()
        text = f"{counted(number, 'render')} deleted for good." if number else "The bin is empty."
        self.message.emit(Message(text, Tone.NOTE))


class _Move(QUndoCommand):
    """Into the bin or out of it. Undone is what this step has moved; nothing once another session is open."""

    def __init__(
        self, target: Bin, session: Session, text: str, numbers: tuple[int, ...], *, forth: _Moving, back: _Moving
    ) -> None:
        super().__init__(text)
        self._target = target
        self._session = session
        self._numbers = numbers
        self._forth = forth
        self._back = back
        self._moved: list[int] = []
        """Written and read by the archive alone."""

    def redo(self) -> None:
        self._carry_out(self._go)

    def undo(self) -> None:
        self._carry_out(self._return)

    def _go(self) -> None:
        self._moved = self._forth(self._numbers)

    def _return(self) -> None:
        self._back(self._moved)

    def _carry_out(self, task: Callable[[], None]) -> None:
        if self._target.session is self._session:
            self._target._carry_out(task)
        else:
            self.setObsolete(True)
