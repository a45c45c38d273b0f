"""Renders a record again, to see whether the same image comes about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.app.messages import Message, Tone
from alienlab.app.open_brain import OpenBrain
from alienlab.app.session_keeper import SessionKeeper
from alienlab.app.workload import Workload
from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.events import Cancelled, Done, Event, Failed, Finished, Image
from alienlab.domain.pixels import pixel_difference
from alienlab.domain.ports import RenderJob
from alienlab.session.log.records import RenderRecord


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
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._brain = brain
        self._session = session
        self._workload = workload
        self._make_way = make_way
        self._asked: dict[int, tuple[RenderRecord, Image]] = {}

    @property
    def is_busy(self) -> bool:
        return bool(self._asked)

    def replay(self, record: RenderRecord) -> None:
        """Render from the record alone, with as many rows as before; a message says what came of it."""
        try:
            image = self._image(record)
        except AlienLabError as error:
            self.message.emit(Message(str(error)))
            return
        job = RenderJob(
            number=self._thread.next_number(),
            recipes=(record.recipe,),
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
                self.message.emit(Message(f"Render {record.number} did not come about again. {text}"))
        if isinstance(event, Done | Cancelled) or (isinstance(event, Failed) and event.row is None):
            del self._asked[number]

    def _image(self, record: RenderRecord) -> Image:
        session, info = self._session.session, self._brain.info
        if session is None or info is None:
            raise SessionError("There is nothing to compare with yet: wait until session and brain are open.")
        if record.recipe.brain != info.hash:
            raise SessionError(f"Render {record.number} was made with another brain. Open that brain first.")
        return session.load_image(record)

    def _tell(self, record: RenderRecord, difference: str, now: Provenance) -> None:
        self.compared.emit(record, difference)
        if not difference:
            self.message.emit(Message(f"Render {record.number}, rendered again: identical in every pixel.", Tone.NOTE))
            return
        reasons = _reasons(record.provenance, now)
        because = f" It was made otherwise: {'; '.join(reasons)}." if reasons else ""
        text = f"Render {record.number}, rendered again: {difference}.{because}"
        self.message.emit(Message(text, Tone.WARNING))


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
