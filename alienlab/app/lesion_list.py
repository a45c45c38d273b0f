"""The list of lesions that the user makes, with undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from alienlab.domain.lesions import LesionSpec, Treatment


@dataclass(frozen=True, slots=True)
class LesionEntry:
    """A line of the list; one that is not enabled is kept but does nothing."""

    spec: LesionSpec
    enabled: bool = True


Entries = tuple[LesionEntry, ...]


class LesionList(QObject):
    """Lesions in the order in which they act. Every change is one step on the undo stack."""

    changed = Signal()

    def __init__(
        self, undo_stack: QUndoStack, parent: QObject | None = None, *, specs: Iterable[LesionSpec] = ()
    ) -> None:
        """``specs`` are there from the beginning, which cannot be undone."""
        super().__init__(parent)
        self._stack = undo_stack
        self._entries: Entries = tuple(map(LesionEntry, specs))
        self._gesture = 0
        self.complete: Callable[[LesionSpec], LesionSpec] = lambda spec: spec
        """Writes out what a lesion that is made leaves to its operation."""

    @property
    def entries(self) -> Entries:
        return self._entries

    @property
    def active(self) -> tuple[LesionSpec, ...]:
        """The specs that are enabled, in order."""
        return tuple(entry.spec for entry in self._entries if entry.enabled)

    @property
    def undo_stack(self) -> QUndoStack:
        return self._stack

    def add(self, specs: Iterable[LesionSpec]) -> None:
        added = tuple(LesionEntry(self.complete(spec)) for spec in specs)
        self._push(f"add {_counted(len(added))}", self._entries + added)

    def remove(self, indexes: Iterable[int]) -> None:
        gone = {self._checked(index) for index in indexes}
        kept = tuple(entry for index, entry in enumerate(self._entries) if index not in gone)
        self._push(f"remove {_counted(len(gone))}", kept)

    def set_enabled(self, index: int, enabled: bool) -> None:
        entry = replace(self._entries[self._checked(index)], enabled=enabled)
        self._push("switch lesion on" if enabled else "switch lesion off", self._with(index, entry))

    def set_treatment(self, index: int, treatment: Treatment) -> None:
        """Change what a lesion does. Changes of one entry merge into one undo step until ``settle``."""
        entry = self._entries[self._checked(index)]
        changed = replace(entry, spec=replace(entry.spec, treatment=treatment))
        self._push("change lesion", self._with(index, changed), merges_with=(index, self._gesture))

    def settle(self) -> None:
        """End a drag: the next change of treatment is an undo step of its own."""
        self._gesture += 1

    def replace_all(self, specs: Iterable[LesionSpec]) -> None:
        self._push("replace lesions", tuple(LesionEntry(spec) for spec in specs))

    def clear(self) -> None:
        self._push("clear lesions", ())

    def _with(self, index: int, entry: LesionEntry) -> Entries:
        return (*self._entries[:index], entry, *self._entries[index + 1 :])

    def _checked(self, index: int) -> int:
        if not 0 <= index < len(self._entries):
            raise IndexError(f"no lesion {index} among {len(self._entries)}")
        return index

    def _push(self, text: str, after: Entries, *, merges_with: tuple[int, int] | None = None) -> None:
        if after != self._entries:
            self._stack.push(_Change(self, text, before=self._entries, after=after, merges_with=merges_with))

    def _show(self, entries: Entries) -> None:
        self._entries = entries
        self.changed.emit()


class _Change(QUndoCommand):
    """One change, kept as the whole list before and after it: entries are small and shared."""

    def __init__(
        self, target: LesionList, text: str, *, before: Entries, after: Entries, merges_with: tuple[int, int] | None
    ) -> None:
        super().__init__(text)
        self._target = target
        self._before = before
        self._after = after
        self._merges_with = merges_with

    def redo(self) -> None:
        self._target._show(self._after)

    def undo(self) -> None:
        self._target._show(self._before)

    def id(self) -> int:
        return -1 if self._merges_with is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other._merges_with != self._merges_with:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


def _counted(number: int) -> str:
    return "lesion" if number == 1 else f"{number} lesions"
