"""The session's renders for all who show them: numbers at once, everything else as it is looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from alienlab.app.binning import Bin
from alienlab.app.labels import Labels
from alienlab.app.log.entries import Entries, Entry
from alienlab.app.log.thumbnails import LogThumbnails
from alienlab.app.open_brain import OpenBrain
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import AlienLabError
from alienlab.domain.recipe import LabRecipe
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import RenderRecord


class SessionLog(QObject):
    """Knows the number of every render; ``entries`` and ``thumbnails`` are read in pages and forgotten again."""

    opened = Signal()
    """Another session is shown, or none."""
    numbers_changed = Signal()
    """Renders were added, or went into the bin or came out of it."""
    changed = Signal(object)
    """Numbers of which something else is told than before; all of them where it is None."""
    found_anew = Signal()
    """A filter may let other renders through than before."""
    pictured = Signal(object)
    """Numbers whose thumbnails are there now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: SessionReader | None = None
        self._anatomy_of: Callable[[str], Anatomy | None] = lambda _: None
        self._search: LogSearch | None = None
        self._numbers: list[int] = []
        self._names: Mapping[str, str] = {}
        self._found: dict[str, RenderRecord | None] = {}
        self._laboratories: tuple[str, ...] | None = None
        """None until somebody asks; filters are written letter by letter."""
        self.entries = Entries()
        self.thumbnails = LogThumbnails(self)
        self.thumbnails.came.connect(self.pictured)

    @property
    def session(self) -> SessionReader | None:
        return self._session

    @property
    def search(self) -> LogSearch | None:
        """None without a session. May be asked in any thread."""
        return self._search

    @property
    def numbers(self) -> Sequence[int]:
        """Newest first, without the bin."""
        return self._numbers

    @property
    def records(self) -> tuple[RenderRecord, ...]:
        """Newest first. Reads every one of them: not for what has to be quick."""
        return self.records_of(self._numbers)

    def newest(self, limit: int) -> tuple[RenderRecord, ...]:
        """Newest first."""
        return self.records_of(self._numbers[:limit])

    def newest_imagined(self) -> RenderRecord | None:
        """The newest render of a brain."""
        try:
            return None if self._session is None else self._session.newest_imagined()
        except AlienLabError:
            return None

    def beside(self, record: RenderRecord, *, limit: int) -> tuple[RenderRecord, ...]:
        """Other renders of the same prompt and noise, or experiment, the newest first."""
        try:
            return () if self._session is None else tuple(self._session.beside(record, limit=limit))
        except AlienLabError:
            return ()

    def records_of(self, numbers: Sequence[int]) -> tuple[RenderRecord, ...]:
        """In this order; those that cannot be read are left out."""
        try:
            return () if self._session is None else tuple(self._session.records_of(numbers))
        except AlienLabError:
            return ()

    def sweep_titles(self) -> tuple[str, ...]:
        """The newest first."""
        query = "SELECT title FROM sweeps WHERE title <> '' ORDER BY created DESC"
        try:
            rows = [] if self._session is None else self._session.read(query)
        except AlienLabError:
            rows = []
        return tuple(title for (title,) in rows)

    def laboratories(self) -> tuple[str, ...]:
        """Ids of those whose pictures are here, in alphabetical order."""
        if self._laboratories is None:
            try:
                self._laboratories = () if self._search is None else self._search.laboratories()
            except AlienLabError:
                return ()
        return self._laboratories

    def is_in_bin(self, number: int) -> bool:
        return self._place(number)[1]

    def open(self, session: SessionReader | None) -> None:
        """Show another session, or none. Raises SessionError where it cannot be read."""
        self.finish()
        numbers = [] if session is None else session.numbers()
        self._session, self._numbers = session, numbers
        self._search = None if session is None else LogSearch(session, lambda brain: self._anatomy_of(brain))
        self.entries.open(session)
        self._found.clear()
        self._laboratories = None
        self.thumbnails.forget()
        self.opened.emit()

    def add(self, record: RenderRecord) -> None:
        """A render that has just been made."""
        self._found.pop(record.computation_id, None)
        if isinstance(record.recipe, LabRecipe):
            self._laboratories = None
        place, is_missing = self._place(record.number)
        if is_missing:  # the session may have been asked anew since it was saved
            self._numbers.insert(place, record.number)
            self.numbers_changed.emit()

    def refresh(self) -> None:
        """Ask the session anew which renders there are: some went into the bin, or came out of it."""
        if self._session is not None:
            self._numbers = self._session.numbers()
            self._found.clear()
            self.entries.forget()
            self.numbers_changed.emit()

    def follow(self, labels: Labels, bin_: Bin, brain: OpenBrain) -> None:
        """Show what is written about renders and what is in the bin, and know the modules of the open brain."""
        self._anatomy_of = lambda wanted: brain.anatomy if brain.info and brain.info.hash == wanted else None
        self.entries.set_label_of(labels.of)
        labels.changed.connect(self._relabel)
        labels.kept.connect(self.found_anew)
        bin_.changed.connect(self.refresh)
        brain.anatomy_changed.connect(self.found_anew)

    def measured(self) -> None:
        """A sweep has found something out about its renders."""
        self.entries.forget()
        self.changed.emit(None)
        self.found_anew.emit()

    def set_blurs_flagged(self, blurs: bool) -> None:
        if self.thumbnails.set_blurs_flagged(blurs):
            self.changed.emit(None)

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """What points are called, by the computation id of their image: it is told first."""
        if labels != self._names:
            self._names = dict(labels)
            self.changed.emit(None)
            self.found_anew.emit()

    def name_of(self, record: RenderRecord) -> str:
        """Of the point that a render shows; empty where it has none."""
        return self._names.get(record.computation_id, "")

    def entry(self, number: int, page: Callable[[], Iterable[int]]) -> Entry | None:
        """``page`` gives the numbers that are read together with one that is not held."""
        if number not in self.entries:
            self.entries.load((number, *page()))
        return self.entries.get(number)

    def picture(self, record: RenderRecord) -> QImage | None:
        """None until ``pictured`` tells of it."""
        return self.thumbnails.get(record)

    def picture_of(self, computation_id: str) -> QImage | None:
        """The thumbnail of a computation's newest render; None where there is none, or until ``pictured``."""
        if computation_id not in self._found:
            self._found[computation_id] = self._find(computation_id)
        record = self._found[computation_id]
        return None if record is None else self.picture(record)

    def finish(self) -> None:
        """Wait for the thumbnails that are being read."""
        self.thumbnails.finish()

    def _place(self, number: int) -> tuple[int, bool]:
        """Where a number stands or would stand, and whether it is missing. Numbers fall: found by halves."""
        place = bisect_left(self._numbers, -number, key=lambda one: -one)
        return place, self._numbers[place : place + 1] != [number]

    def _relabel(self, numbers: frozenset[int]) -> None:
        self.entries.relabel(numbers or tuple(self._numbers))
        self.changed.emit(numbers or None)

    def _find(self, computation_id: str) -> RenderRecord | None:
        try:
            return None if self._session is None else self._session.find(computation_id)
        except AlienLabError:
            return None
