"""Opens brains: what happens from the choice of one until it can render."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from alienlab.app.archive import Archive
from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import OpenJob
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.preferences import Preferences
from alienlab.domain.errors import AlienLabError, UnsafeWeights
from alienlab.domain.events import Event, Failed, Opened
from alienlab.domain.ports import BrainSource
from alienlab.session.anatomy_cache import load_anatomy, save_anatomy

SAFETY_NOTE = "This brain renders without a safety checker."


class BrainOpener(QObject):
    """Asks the generation thread for a brain and tells ``OpenBrain`` about it."""

    opening = Signal()
    opened = Signal(object, object)
    """The BrainInfo before (or None) and the BrainInfo now."""
    not_opened = Signal()
    message = Signal(object)

    def __init__(
        self,
        *,
        brain: OpenBrain,
        thread: GenerationThread,
        preferences: Preferences,
        archive: Archive,
        cache: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._brain = brain
        self._thread = thread
        self._preferences = preferences
        self._archive = archive
        self._cache = cache
        self._job: OpenJob | None = None
        self._refused: BrainSource | None = None
        thread.refused.connect(self._refuse)

    @property
    def is_opening(self) -> bool:
        return self._job is not None

    def open(self, source: BrainSource) -> None:
        """Ask for a brain. Its anatomy is shown at once where it is known and no other brain is open."""
        if self._brain.info is None:
            self._brain.set_anatomy(load_anatomy(Path(source.location), self._cache))
        self._refused = None
        self._job = OpenJob(number=self._thread.next_number(), source=source)
        self.opening.emit()
        self._thread.cancel_all()
        self._thread.submit(self._job)

    def open_pickled(self) -> None:
        """Open the brain that was refused for its pickled weights, after the user has agreed to run its code."""
        if self._refused is not None:
            self.open(replace(self._refused, allow_pickle=True))

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        match event:
            case Opened():
                self._take(event)
            case Failed(job=number) if self._job is not None and number == self._job.number:
                self._job = None
                self.not_opened.emit()

    def _take(self, event: Opened) -> None:
        before, job = self._brain.info, self._job
        self._brain.set_anatomy(event.anatomy)
        self._brain.set_info(event.info)
        if job is None:
            return  # opened again after its process was lost
        self._job = None
        location = Path(job.source.location)
        if location.exists():
            self._archive.carry_out_silently(lambda: save_anatomy(event.anatomy, location, self._cache))
        self._preferences.replace(self._preferences.settings.with_brain(job.source.location))
        self.opened.emit(before, event.info)
        self._tell_of_safety(has_checker=event.info.has_safety_checker)

    def _tell_of_safety(self, *, has_checker: bool) -> None:
        if not has_checker or self._preferences.settings.safety_notice_seen:
            return
        self._preferences.change(safety_notice_seen=True)
        self.message.emit(Message(SAFETY_NOTE, Tone.WARNING, ("view.blur_flagged",)))

    def _refuse(self, error: AlienLabError) -> None:
        offers: tuple[str, ...] = ()
        if isinstance(error, UnsafeWeights) and self._job is not None:
            self._refused = self._job.source
            offers = ("brain.open_pickled",)
        elif self._brain.info is None:
            offers = ("brain.open_embedded", "brain.open")
        self.message.emit(Message(str(error), Tone.ERROR, offers))
