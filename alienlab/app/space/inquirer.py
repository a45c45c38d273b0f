"""Carries out inquiries by way of the generation thread, beside everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import Priority
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Cancelled, Done, Event, Failed, Finished, Followed
from alienlab.domain.ports import RenderJob
from alienlab.domain.space.inquiries import Inquiry, InquiryJob, check


class Inquirer(QObject):
    """One inquiry at a time; asking anew gives the last one up. It waits for what the user renders, and sweeps wait.

    Its jobs may be interrupted and are then asked for again: images are the same, whenever they are rendered.
    """

    about_to_ask = Signal()
    """What may wait is to make way."""
    rendered = Signal(object, int, object)
    """A RenderJob of the inquiry, a row of it, and its ``Finished``: an image, as soon as it is there."""
    followed = Signal(object)
    """A ``Followed`` of the inquiry: a step of an image, as soon as it is there."""
    answered = Signal(object)
    """What the inquiry returned."""
    refused = Signal(str)
    """Why there is no answer, for a person to read."""
    changed = Signal()
    """It has begun, another image is there, or it has ended."""

    def __init__(self, thread: GenerationThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = thread
        self._inquiry: Inquiry[Any] | None = None
        self._job: InquiryJob | None = None
        self._events: list[Event] = []
        self._is_interrupted = False
        self._rendered = 0

    @property
    def is_busy(self) -> bool:
        return self._inquiry is not None

    @property
    def images(self) -> int:
        """Images of the present inquiry, or of the last one."""
        return self._rendered

    def ask(self, inquiry: Inquiry[Any]) -> None:
        """``answered`` or ``refused`` follows, unless it is given up before."""
        self.give_up()
        self._inquiry, self._rendered = inquiry, 0
        self.about_to_ask.emit()
        self._go_on(None)
        self.changed.emit()

    def give_up(self) -> None:
        """Forget the inquiry; neither ``answered`` nor ``refused`` follows."""
        job, self._inquiry, self._job = self._job, None, None
        if job is not None:
            self._thread.cancel(job.number)
            self.changed.emit()

    def interrupt(self) -> None:
        """Let what the user asks for go first; the job is asked for again after that."""
        if self._job is not None and not self._is_interrupted:
            self._is_interrupted = True
            self._thread.cancel(self._job.number)

    def follow(self, event: Event) -> None:
        """Take in an event of the generation thread."""
        job = self._job
        if job is None or getattr(event, "job", None) != job.number:
            return
        self._events.append(event)
        match event:
            case Finished(row=row) if isinstance(job, RenderJob):
                self._rendered += 1
                self.rendered.emit(job, row, event)
                self.changed.emit()
            case Followed():
                self.followed.emit(event)
            case Cancelled() if self._is_interrupted:
                self._rendered -= sum(isinstance(one, Finished) for one in self._events)
                self._submit(job)
            case Cancelled():
                self._end()  # everything was cancelled
            case Failed(row=None) | Done():
                self._go_on(self._events)

    def _go_on(self, events: list[Event] | None) -> None:
        inquiry = self._inquiry
        assert inquiry is not None
        try:
            if events is None:
                job = next(inquiry)
            else:
                check(events)
                job = inquiry.send(events)
        except StopIteration as end:
            self._end()
            self.answered.emit(end.value)
        except AlienLabError as error:
            self._end()
            self.refused.emit(str(error))
        except BaseException:  # a defect of the inquiry must not keep the next one from being asked
            self._end()
            raise
        else:
            self._submit(job)

    def _submit(self, job: InquiryJob) -> None:
        self._events, self._is_interrupted = [], False
        self._job = replace(job, number=self._thread.next_number())
        self._thread.submit(self._job, priority=Priority.TILE)

    def _end(self) -> None:
        self._inquiry, self._job = None, None
        self.changed.emit()
