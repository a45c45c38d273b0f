"""What a person writes about renders, with undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from alienlab.app.archive import Archive
from alienlab.app.messages import Message
from alienlab.domain.errors import AlienLabError
from alienlab.domain.space.named import checked_tags
from alienlab.session.log.labels import UNLABELLED, Label, LabelLog
from alienlab.session.log.store import Session


class Labels(QObject):
    """Stars, names, tags and notes of the open session's renders. Every change is one step on the undo stack."""

    changed = Signal(object)
    """The numbers of the renders whose labels are others now, a frozenset; an empty one where all may be."""
    kept = Signal()
    """What was changed is on the disk, and found by searching."""
    message = Signal(object)
    _written = Signal()

    def __init__(self, undo_stack: QUndoStack, archive: Archive, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = undo_stack
        self._archive = archive
        self._session: Session | None = None
        self._labels: dict[int, Label] = {}
        self._written.connect(self.kept, Qt.ConnectionType.QueuedConnection)

    @property
    def session(self) -> Session | None:
        return self._session

    def take_session(self, session: Session | None) -> None:
        """Show the labels of another session, or none."""
        self._session = session
        try:
            self._labels = {} if session is None else LabelLog(session).all()
        except AlienLabError as error:
            self._labels = {}
            self.message.emit(Message(str(error)))
        self.changed.emit(frozenset())

    def forget_gone(self) -> None:
        """Forget what was written about renders that are gone for good; what is still to be written stays."""
        there = () if self._session is None else (*self._session.numbers(), *self._session.bin_numbers())
        self._labels = {number: self._labels[number] for number in there if number in self._labels}
        self.changed.emit(frozenset())

    def of(self, number: int) -> Label:
        """An empty one where nothing is written."""
        return self._labels.get(number, UNLABELLED)

    def set(self, numbers: Iterable[int], **changes: Any) -> None:
        """Change fields of the labels of several renders in one undo step.

        Raises RecipeError for tags that cannot be kept.
        """
        self.replace({number: _changed(self.of(number), changes) for number in numbers}, text="label")

    def replace(self, labels: Mapping[int, Label], *, text: str) -> None:
        """Give several renders these labels in one undo step; ``text`` says what was done."""
        after = {number: label for number, label in labels.items() if label != self.of(number)}
        if after and self._session is not None:
            before = {number: self.of(number) for number in after}
            self._stack.push(_Relabelling(self, self._session, text, before=before, after=after))

    def tags(self) -> tuple[str, ...]:
        """All that are in use, in alphabetical order."""
        return tuple(sorted({tag for label in self._labels.values() for tag in label.tags}, key=str.casefold))

    def _show(self, session: Session, labels: Mapping[int, Label]) -> None:
        self._labels.update(labels)
        self.changed.emit(frozenset(labels))

        def write() -> None:
            LabelLog(session).keep_all(labels)
            self._written.emit()

        self._archive.carry_out_silently(write)


class _Relabelling(QUndoCommand):
    """One change; it does nothing once another session is open."""

    def __init__(
        self, target: Labels, session: Session, text: str, *, before: Mapping[int, Label], after: Mapping[int, Label]
    ) -> None:
        super().__init__(text if len(after) == 1 else f"{text} of {len(after)} renders")
        self._target = target
        self._session = session
        self._before = before
        self._after = after

    def redo(self) -> None:
        self._show(self._after)

    def undo(self) -> None:
        self._show(self._before)

    def _show(self, labels: Mapping[int, Label]) -> None:
        if self._target.session is self._session:
            self._target._show(self._session, labels)
        else:
            self.setObsolete(True)


def _changed(label: Label, changes: Mapping[str, Any]) -> Label:
    changed = replace(label, **changes)
    return replace(changed, name=" ".join(changed.name.split()), tags=checked_tags(changed.tags))
