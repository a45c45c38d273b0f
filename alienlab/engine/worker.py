"""The worker process: an engine at the other end of a pipe.

It starts without torch, so that the threads that show life and listen for a cancel run before anything heavy is
imported. It ends when its pipe closes.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from alienlab.domain.errors import AlienLabError, EngineDefect
from alienlab.domain.events import Event
from alienlab.domain.laboratories.equipment import Equipment
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, RenderJob
from alienlab.engine.cancel import CancelFlag
from alienlab.engine.offered import Call, Offered
from alienlab.engine.process.line import Line
from alienlab.engine.process.messages import End

if TYPE_CHECKING:
    from alienlab.engine.local import LocalEngine

Request = Equipment | BrainSource | RenderJob | RecogniseJob | MeasureJob | EmbedJob | LocateJob


def main(pipe: Connection, cache: Path, threads: int, call: Call) -> None:
    """Answer requests until the pipe closes. ``call`` calls functions of plugins."""
    line = Line(pipe)
    engine = _start_engine(cache, threads, line.cancelled, Offered(call, tell=line.send))
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


def _answer(engine: LocalEngine, request: Request) -> Iterator[Event]:
    match request:
        case Equipment():
            engine.equip(request)
            return iter(())
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


def _start_engine(cache: Path, threads: int, cancelled: CancelFlag, offered: Offered) -> LocalEngine:
    import torch  # noqa: PLC0415 - takes seconds; the line to the application stands by then

    from alienlab.engine.local import LocalEngine  # noqa: PLC0415

    torch.set_num_threads(threads)
    return LocalEngine(cache, cancelled, offered=offered)
