"""Renders a record again, to see whether the same image comes about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.lab_replay import LabProgress, LabReplay
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.workload import Workload
from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.events import Cancelled, Done, Event, Failed, Finished, Image
from alienlab.domain.laboratories.ports import Carried
from alienlab.domain.laboratories.shelf import PluginError
from alienlab.domain.pixels import pixel_difference
from alienlab.domain.ports import RenderJob
from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
from alienlab.session.log.reading import BLOBS_FOLDER
from alienlab.session.log.records import RenderRecord

TOPIC = "laboratory's picture made again"
PAUSE_MS = 1000
"""So long one message of progress stands."""


class Replay(QObject):
    """Compares with the image in the session; nothing is kept of the new one."""

    compared = Signal(object, str)
    """The RenderRecord, and in what its image of now differs; empty where the two are identical."""
    message = Signal(object)
    """What came of it, as a Message."""

    def __init__(
        self,
        *,
        thread: GenerationThread,
        brain: OpenBrain,
        session: SessionKeeper,
        workload: Workload,
        make_way: Callable[[], object],
        labs: LabReplay,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._brain = brain
        self._session = session
        self._workload = workload
        self._make_way = make_way
        self._labs = labs
        self._asked: dict[int, tuple[RenderRecord, Image]] = {}
        self._since_told = QElapsedTimer()
        labs.progressed.connect(self._tell_progress)
        labs.carried.connect(self._take_carried)
        labs.failed.connect(self._tell_failure)
        labs.stopped.connect(self._tell_stopped)

    @property
    def is_busy(self) -> bool:
        return bool(self._asked) or self._labs.is_busy

    def stop(self) -> None:
        """Stop what laboratories compute again; a brain's renders are stopped with all others."""
        self._labs.stop()

    def replay(self, record: RenderRecord) -> None:
        """Render from the record alone, with as many rows as before; a message says what came of it."""
        try:
            if isinstance(record.recipe, LabRecipe):
                self._carry_out(record, record.recipe)
            else:
                self._render(record, record.recipe)
        except AlienLabError as error:
            offers = ("plugins.show",) if isinstance(error, PluginError) else ()
            self.message.emit(Message(str(error), offers=offers))

    def _render(self, record: RenderRecord, recipe: DiffusionRecipe) -> None:
        image = self._image(record, recipe)
        job = RenderJob(
            number=self._thread.next_number(),
            recipes=(recipe,),
            previews=False,
            batch_class=record.provenance.batch_class,
        )
        self._asked[job.number] = (record, image)
        self._workload.add(job)
        self._make_way()
        # What is rendered again is not kept, so it need not wait for space on the disk as renders do.
        self._thread.submit(job, priority=Priority.RECOGNISE)

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        number = getattr(event, "job", None)
        if number not in self._asked:
            return
        record, before = self._asked[number]
        match event:
            case Finished(image=now, provenance=provenance):
                self._tell(record, pixel_difference(before, now), provenance)
            case Failed(message=text):
                self._tell_failure(record, text)
        if isinstance(event, Done | Cancelled) or (isinstance(event, Failed) and event.row is None):
            del self._asked[number]

    def _carry_out(self, record: RenderRecord, recipe: LabRecipe) -> None:
        session = self._session.session
        if session is None:
            raise SessionError("There is nothing to compare with: open the session that the picture is in.")
        session.load_image(record)  # for nothing that cannot be compared is computed long
        try:
            self._labs.carry_out(record, recipe, blobs=session.folder / BLOBS_FOLDER)
        except PluginError as error:
            raise PluginError(f"Render {record.number} cannot be made again. {error}") from error

    def _take_carried(self, record: RenderRecord, now: Carried) -> None:
        session = self._session.session
        if session is None or not session.owns(record):
            return
        try:
            before = session.load_image(record)
        except AlienLabError as error:
            self._tell_failure(record, str(error))
            return
        self._tell(record, pixel_difference(before, now.image), now.provenance)

    def _tell_progress(self, progress: LabProgress) -> None:
        """About once a second, so that it can be read."""
        if self._since_told.isValid() and progress.fraction and self._since_told.elapsed() < PAUSE_MS:
            return
        self._since_told.start()
        done = f": {progress.fraction:.0%}" if progress.fraction else ""
        text = f"Render {progress.record.number} is made again by its laboratory{done}."
        self.message.emit(Message(text, Tone.NOTE, ("replay.stop",), TOPIC))

    def _tell_stopped(self, record: RenderRecord) -> None:
        self.message.emit(Message(f"Render {record.number} was not made again: it was stopped.", Tone.NOTE, (), TOPIC))

    def _tell_failure(self, record: RenderRecord, text: str) -> None:
        self.message.emit(Message(f"Render {record.number} did not come about again. {text}", topic=_topic(record)))

    def _image(self, record: RenderRecord, recipe: DiffusionRecipe) -> Image:
        session, info = self._session.session, self._brain.info
        if session is None or info is None:
            raise SessionError("There is nothing to compare with yet: wait until session and brain are open.")
        if recipe.brain != info.hash:
            raise SessionError(f"Render {record.number} was made with another brain. Open that brain first.")
        return session.load_image(record)

    def _tell(self, record: RenderRecord, difference: str, now: Provenance) -> None:
        self.compared.emit(record, difference)
        topic = _topic(record)
        if not difference:
            text = f"Render {record.number}, rendered again: identical in every pixel."
            self.message.emit(Message(text, Tone.NOTE, topic=topic))
            return
        reasons = _reasons(record.provenance, now)
        because = f" It was made otherwise: {'; '.join(reasons)}." if reasons else ""
        text = f"Render {record.number}, rendered again: {difference}.{because}"
        self.message.emit(Message(text, Tone.WARNING, topic=topic))


def _topic(record: RenderRecord) -> str:
    """What is told of a laboratory's picture takes the place of how far it was."""
    return TOPIC if isinstance(record.recipe, LabRecipe) else ""


def _reasons(before: Provenance, now: Provenance) -> list[str]:
    """What was used then and not now."""
    pairs = (
        ("device", before.device_name, now.device_name),
        ("threads", str(before.threads), str(now.threads)),
        ("rows of a pass", str(before.batch_class), str(now.batch_class)),
        *((name, version, now.versions.get(name, "none")) for name, version in before.versions.items()),
        ("AlienLab", before.app_version, now.app_version),
        ("notes", " ".join(before.notes) or "none", " ".join(now.notes) or "none"),
    )
    return [f"{name} {then}, now {present}" for name, then, present in pairs if then != present]
