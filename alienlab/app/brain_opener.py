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
from alienlab.domain.brain import BrainInfo
from alienlab.domain.errors import AlienLabError, UnsafeWeights
from alienlab.domain.events import Event, Failed, Opened
from alienlab.domain.ports import BrainSource
from alienlab.session.brains.anatomy_cache import load_anatomy, save_anatomy

SAFETY_NOTE = "This brain renders without a safety checker."
NOBODY_RECOGNISES = "This brain brings no recogniser of its own: nothing says any more what its images are of."


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
        self._opened: BrainSource | None = None
        self._refused: BrainSource | None = None
        self._recogniser = preferences.settings.recogniser
        thread.refused.connect(self._refuse)

    @property
    def is_opening(self) -> bool:
        return self._job is not None

    def open(self, source: BrainSource) -> None:
        """Ask for a brain. Its anatomy is shown at once where it is known and no other brain is open.

        The recogniser that it is opened with goes with all brains of this window; without one it gets the chosen one.
        """
        self._recogniser = source.recogniser or self._recogniser
        if self._brain.info is None:
            self._brain.set_anatomy(load_anatomy(Path(source.location), self._cache))
        self.opening.emit()
        self._thread.cancel_all()
        self._submit(source)

    def open_pickled(self) -> None:
        """Open the brain that was refused for its pickled weights, after the user has agreed to run its code."""
        if self._refused is not None:
            self.open(replace(self._refused, allow_pickle=True))

    @property
    def recogniser(self) -> str:
        """Folder or hub id that was chosen; empty where every brain keeps its own."""
        return self._recogniser

    def choose_recogniser(self, location: str) -> None:
        """Let a folder or hub id say what images are of, now and from the next start on; empty: each brain's own."""
        self._recogniser = location
        self._preferences.change(recogniser=location)
        self._submit_again()

    def choose_compiling(self, compiles: bool) -> None:
        """Compile the UNet's passes or not, now and from the next start on."""
        if compiles != self._preferences.settings.compile_passes:
            self._preferences.change(compile_passes=compiles)
            self._submit_again()

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        match event:
            case Opened():
                self._take(event)
            case Failed(job=number) if self._job is not None and number == self._job.number:
                self._job = None
                self.not_opened.emit()

    def _submit(self, source: BrainSource) -> None:
        self._refused = None
        compiles = self._preferences.settings.compile_passes
        chosen = replace(source, recogniser=self._recogniser or None, compile_passes=compiles)
        self._job = OpenJob(number=self._thread.next_number(), source=chosen)
        self._thread.submit(self._job)

    def _submit_again(self) -> None:
        """What is being rendered goes on: the brain stays the same."""
        source = self._job.source if self._job is not None else self._opened
        if source is not None:
            self._submit(source)

    def _take(self, event: Opened) -> None:
        before, job = self._brain.info, self._job
        self._brain.set_anatomy(event.anatomy)
        self._brain.set_info(event.info)
        if job is None:
            return  # opened again after its process was lost
        self._job, self._opened = None, job.source
        location = Path(job.source.location)
        if location.exists():
            self._archive.cache(lambda: save_anatomy(event.anatomy, location, self._cache))
        self._preferences.replace(self._preferences.settings.with_brain(job.source.location))
        self.opened.emit(before, event.info)
        self._tell_of_recogniser(before, event.info)
        self._tell_of_safety(has_checker=event.info.has_safety_checker)

    def _tell_of_recogniser(self, before: BrainInfo | None, now: BrainInfo) -> None:
        """After the choice of another one for the same brain."""
        if before is None or before.hash != now.hash or before.recogniser == now.recogniser:
            return
        text = f"From now on, {now.recogniser} says what images are of." if now.recogniser else NOBODY_RECOGNISES
        self.message.emit(Message(text, Tone.NOTE))

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
