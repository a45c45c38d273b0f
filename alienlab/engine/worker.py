"""The worker process: an engine at the other end of a pipe.

It starts without torch, so that the threads that show life and listen for a cancel run before anything heavy is
imported. It ends when its pipe closes.
"""

from __future__ import annotations

import os
import queue
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from alienlab.domain.errors import AlienLabError, EngineDefect
from alienlab.domain.events import Event
from alienlab.domain.ports import BrainSource, EmbedJob, Engine, LocateJob, MeasureJob, RecogniseJob, RenderJob
from alienlab.engine.cancel import CancelFlag

HEARTBEAT_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Asks for a job, and any before it, to stop."""

    job: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The process is alive, whatever its main thread does."""


@dataclass(frozen=True, slots=True)
class End:
    """A request has been answered in full; ``error`` is to be raised at the caller."""

    error: AlienLabError | None = None


Request = BrainSource | RenderJob | RecogniseJob | MeasureJob | EmbedJob | LocateJob
Answer = Event | Heartbeat | End


def main(pipe: Connection, cache: Path, threads: int) -> None:
    """Answer requests until the pipe closes."""
    line = _Line(pipe)
    engine = _start_engine(cache, threads, line.cancelled)
    while True:
        request = line.requests.get()
        try:
            for event in _answer(engine, request):
                line.send(event)
            line.send(End())
        except AlienLabError as error:
            line.send(End(error))
        except OSError:
            raise
        except Exception as error:  # a defect ends the request, not the process
            traceback.print_exc()
            line.send(
                End(EngineDefect(f"AlienLab made a mistake ({type(error).__name__}: {error}). Please report it."))
            )


def _answer(engine: Engine, request: Request) -> Iterator[Event]:
    match request:
        case BrainSource():
            return engine.open(request)
        case RecogniseJob():
            return engine.recognise(request)
        case MeasureJob():
            return engine.measure(request)
        case EmbedJob():
            return engine.embed(request)
        case LocateJob():
            return engine.locate(request)
        case RenderJob():
            return engine.render(request)


def _start_engine(cache: Path, threads: int, cancelled: CancelFlag) -> Engine:
    import torch  # noqa: PLC0415 - takes seconds; the line to the application stands by then

    from alienlab.engine.local import LocalEngine  # noqa: PLC0415

    torch.set_num_threads(threads)
    return LocalEngine(cache, cancelled)


class _Line:
    """The worker's end of the pipe: one thread beats, one listens; the process ends when the pipe closes."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._sending = pipe, threading.Lock()
        self.requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self.cancelled = CancelFlag()
        for task in (self._beat, self._listen):
            threading.Thread(target=task, daemon=True).start()

    def send(self, answer: Answer) -> None:
        with self._sending:
            self._pipe.send(answer)

    def _beat(self) -> None:
        pause = threading.Event()
        while not pause.wait(HEARTBEAT_SECONDS):
            try:
                self.send(Heartbeat())
            except OSError:
                os._exit(0)

    def _listen(self) -> None:
        while True:
            try:
                request = self._pipe.recv()
            except (EOFError, OSError):
                os._exit(0)
            if isinstance(request, CancelJob):
                self.cancelled.request(request.job)
            else:
                self.requests.put(request)
