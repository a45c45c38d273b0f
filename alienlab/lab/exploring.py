"""Carries out inquiries by way of an open engine, job by job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from alienlab.domain.events import Event
from alienlab.domain.ports import EmbedJob, Engine, LocateJob, RecogniseJob, RenderJob
from alienlab.domain.space.inquiries import Inquiry, InquiryJob, check

Watch = Callable[[Event], None]
_Answer = TypeVar("_Answer")


class Explorer:
    """Asks an engine. ``numbers`` are those of its jobs; ``watch`` is told of every event of a render."""

    def __init__(self, engine: Engine, *, numbers: Iterator[int], watch: Watch) -> None:
        self._engine, self._numbers, self._watch = engine, numbers, watch

    def ask(self, inquiry: Inquiry[_Answer]) -> _Answer:
        """The answer. Raises AlienLabError where a job fails or the inquiry finds something wrong."""
        try:
            job = next(inquiry)
            while True:
                events = list(self._events(replace(job, number=next(self._numbers))))
                check(events)
                job = inquiry.send(events)
        except StopIteration as end:
            return end.value

    def _events(self, job: InquiryJob) -> Iterator[Event]:
        match job:
            case RenderJob():
                for event in self._engine.render(job):
                    self._watch(event)
                    yield event
            case RecogniseJob():
                yield from self._engine.recognise(job)
            case EmbedJob():
                yield from self._engine.embed(job)
            case LocateJob():
                yield from self._engine.locate(job)
