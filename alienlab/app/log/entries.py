"""What is told of renders, read from the session in pages as it is needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from alienlab.domain.effects import Effect
from alienlab.domain.errors import AlienLabError
from alienlab.session.log.effects import effects_of
from alienlab.session.log.labels import UNLABELLED, Label
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.store import RenderRecord

ROOM = 2048
"""Entries that are held; those that were looked at longest ago go first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A render, what a person wrote on it, and what a sweep measured of it."""

    record: RenderRecord
    label: Label
    effect: Effect | None
    """None where nothing was measured."""


class Entries:
    """Reads nothing by itself; ``load`` reads all that is missing of a page in one go."""

    def __init__(self) -> None:
        self._session: SessionReader | None = None
        self._held: OrderedDict[int, Entry | None] = OrderedDict()
        self._label_of: Callable[[int], Label] = lambda _: UNLABELLED

    def open(self, session: SessionReader | None) -> None:
        self._session = session
        self._held.clear()

    def set_label_of(self, label_of: Callable[[int], Label]) -> None:
        """What is written about a render."""
        self._label_of = label_of
        self.relabel(self._held)

    def __contains__(self, number: int) -> bool:
        return number in self._held

    def get(self, number: int) -> Entry | None:
        """None where it is not held, or cannot be understood."""
        entry = self._held.get(number)
        if entry is not None:
            self._held.move_to_end(number)
        return entry

    def load(self, numbers: Iterable[int]) -> None:
        missing = [number for number in numbers if number not in self._held]
        if not missing or self._session is None:
            return
        try:
            self._held.update(self._read(self._session, missing))
        except AlienLabError:  # the session may have been closed: there is nothing more to show
            return
        while len(self._held) > ROOM:
            self._held.popitem(last=False)

    def relabel(self, numbers: Iterable[int]) -> None:
        """Something else is written about these."""
        for number in tuple(numbers):
            entry = self._held.get(number)
            if entry is not None:
                self._held[number] = replace(entry, label=self._label_of(number))

    def forget(self) -> None:
        """Read everything anew when it is looked at again."""
        self._held.clear()

    def _read(self, session: SessionReader, numbers: Sequence[int]) -> dict[int, Entry | None]:
        records = {record.number: record for record in session.records_of(numbers)}
        effects = effects_of(session, numbers)
        return {
            number: None
            if (record := records.get(number)) is None
            else Entry(record, self._label_of(number), effects.get(number))
            for number in numbers
        }
