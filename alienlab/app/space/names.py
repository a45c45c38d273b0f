"""Points of concept space that a person has given a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from alienlab.app.messages import Message
from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.space.formula import read_concept
from alienlab.domain.space.named import NamedPoint, checked_name, checked_tags
from alienlab.session.log.name_log import NameLog

SEPARATOR = " · "
NO_SESSION = "No session is open, so names cannot be kept. Open one from the File menu."


class Names(QObject):
    """The names of the open session. What changes them raises AlienLabError where that cannot be."""

    changed = Signal()
    message = Signal(object)

    def __init__(self, session: SessionKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries: tuple[NamedPoint, ...] = ()
        session.changed.connect(self._load)

    @property
    def entries(self) -> tuple[NamedPoint, ...]:
        """In the order in which they were named."""
        return self._entries

    @property
    def named(self) -> Mapping[str, ConceptExpression]:
        """Points by name."""
        return {entry.name: entry.concept for entry in self._entries}

    @property
    def labels(self) -> Mapping[str, str]:
        """For each image that was named, its names and tags."""
        labels: dict[str, str] = {}
        for entry in filter(lambda entry: entry.computation_id, self._entries):
            labels[entry.computation_id] = SEPARATOR.join(filter(None, (labels.get(entry.computation_id), entry.words)))
        return labels

    def read(self, text: str) -> ConceptExpression:
        """A prompt, or a formula in which names may stand. Raises RecipeError where it cannot be understood."""
        return read_concept(text, self.named)

    def find(self, name: str) -> NamedPoint | None:
        """Large and small letters are the same."""
        return next((entry for entry in self._entries if entry.name.casefold() == name.strip().casefold()), None)

    def of_image(self, computation_id: str) -> NamedPoint | None:
        """The first name that was given to an image."""
        return next(
            (entry for entry in self._entries if computation_id and entry.computation_id == computation_id), None
        )

    def check(self, name: str, *, but: str = "") -> str:
        """The name as it would be kept; ``but`` is the name that it takes the place of."""
        return checked_name(name, (entry.name for entry in self._entries if entry.name != but))

    def add(
        self, name: str, concept: ConceptExpression, tags: Iterable[str] = (), computation_id: str = ""
    ) -> NamedPoint:
        """``computation_id`` is that of the image that is named."""
        point = NamedPoint(self.check(name), concept, checked_tags(tags), computation_id)
        self._log().add(point)
        self._take((*self._entries, point))
        return point

    def change(self, name: str, *, new_name: str | None = None, tags: Iterable[str] | None = None) -> NamedPoint:
        """Rename a point, or give it other tags."""
        before = self._entry(name)
        point = NamedPoint(
            before.name if new_name is None else self.check(new_name, but=before.name),
            before.concept,
            before.tags if tags is None else checked_tags(tags),
            before.computation_id,
        )
        if point != before:
            self._log().change(before.name, point)
            self._take(tuple(point if entry is before else entry for entry in self._entries))
        return point

    def rename(self, name: str, new_name: str) -> NamedPoint:
        return self.change(name, new_name=new_name)

    def remove(self, name: str) -> NamedPoint:
        """Forget a name; what was made with it stays as it is."""
        gone = self._entry(name)
        self._log().remove(gone.name)
        self._take(tuple(entry for entry in self._entries if entry is not gone))
        return gone

    def _entry(self, name: str) -> NamedPoint:
        entry = self.find(name)
        if entry is None:
            raise SessionError(f"There is no point named “{name}”. Take one of the list of names.")
        return entry

    def _log(self) -> NameLog:
        session = self._session.session
        if session is None:
            raise SessionError(NO_SESSION)
        return NameLog(session)

    def _load(self) -> None:
        try:
            entries = tuple(self._log().points())
        except AlienLabError as error:
            entries = ()
            self.message.emit(Message(str(error)))
        self._take(entries)

    def _take(self, entries: tuple[NamedPoint, ...]) -> None:
        self._entries = entries
        self.changed.emit()
