"""The application's end of the line: a process that is spawned, listened to, and buried where it is lost."""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from alienlab.engine.process.messages import CancelJob, End, Heartbeat

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 3.0
"""How long a process may take to end, and to answer a cancel."""
_DYING_SECONDS = 0.2
"""How long a process whose pipe closed may take to come to its own exit code."""

IsHopeless = Callable[[float], bool]
"""Whether to give up, given the seconds in which nothing at all was heard, heartbeats included."""


class ProcessLost(Exception):
    """The process ended, or was killed because there was no hope for it."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class CancelRequest:
    """The latest cancel that was asked for. Set from any thread."""

    def __init__(self) -> None:
        self._latest: tuple[int, float] | None = None

    def ask(self, job: int) -> None:
        self._latest = (job, time.monotonic())

    def covers(self, job: int) -> bool:
        return self._latest is not None and job <= self._latest[0]

    def age(self, job: int) -> float:
        """Seconds since this job was to stop; 0 where it was not."""
        latest = self._latest
        return time.monotonic() - latest[1] if latest is not None and job <= latest[0] else 0.0


class SpawnedProcess:
    """Runs ``main(pipe, *arguments)`` in a process of its own, from the first request on, and anew when it was lost."""

    def __init__(self, main: Callable[..., None], arguments: tuple[Any, ...], *, name: str) -> None:
        self._main, self._arguments, self._name = main, arguments, name
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._sending, self._taking = threading.Lock(), threading.Lock()
        self._unanswered = 0
        """Requests whose ``End`` has not come yet."""

    @property
    def id(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Spawn the process, where there is none."""
        if self._process is not None:
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, *self._arguments)
        self._process = context.Process(target=self._main, args=arguments, name=self._name, daemon=True)
        self._process.start()
        theirs.close()

    def bury_if_dead(self) -> None:
        """Make way for a new process where this one ended while nobody waited for it."""
        if self._process is not None and not self._process.is_alive():
            self.close()

    def exchange(self, request: Any, *, job: int | None, is_hopeless: IsHopeless) -> Iterator[Any]:
        """Send a request and yield what is answered; raise its error, or ProcessLost."""
        self.start()
        self._send(request)
        self._unanswered += 1
        try:
            while True:
                answer = self._receive(is_hopeless)
                if isinstance(answer, End):
                    self._unanswered -= 1
                    if self._unanswered:
                        continue  # the end of an earlier request, whose caller did not wait for it
                    if answer.error is not None:
                        raise answer.error
                    return
                if self._unanswered == 1 and not isinstance(answer, Heartbeat):
                    yield answer
                if is_hopeless(0.0):
                    raise self._lost()
        except GeneratorExit:
            if job is not None:
                self.cancel(job)
            raise

    def settle(self, seconds: float) -> None:
        """Wait for the ends of earlier requests whose callers did not; kill the process that does not come to them."""
        until = time.monotonic() + seconds
        while self._unanswered:
            try:
                answer = self._receive(lambda silence: time.monotonic() > until)
            except ProcessLost:
                return
            if isinstance(answer, End):
                self._unanswered -= 1
            elif time.monotonic() > until:
                self._lost()
                return

    def cancel(self, job: int) -> None:
        """Ask for a job, and any before it, to stop. May be called from any thread."""
        with self._sending:
            if self._pipe is not None:
                try:
                    self._pipe.send(CancelJob(job))
                except OSError:
                    return  # the process is gone; whoever waits for it finds out

    def close(self) -> None:
        """End the process; it ends by itself when its pipe closes."""
        process = self._taken()
        self._close_pipe()
        if process is not None:
            _bury(process, PATIENCE_SECONDS)

    def _send(self, request: Any) -> None:
        try:
            with self._sending:
                if self._pipe is not None:
                    self._pipe.send(request)
        except OSError:
            raise self._lost() from None

    def _receive(self, is_hopeless: IsHopeless) -> Any:
        """Wait for the process as long as there is hope."""
        heard = time.monotonic()
        while True:
            pipe = self._pipe
            try:
                if pipe is None:
                    raise EOFError
                if pipe.poll(POLL_SECONDS):
                    return pipe.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                raise self._lost() from None
            if is_hopeless(time.monotonic() - heard):
                raise self._lost()

    def _lost(self) -> ProcessLost:
        """Bury the process, killing it where it still runs."""
        process = self._taken()
        code = None if process is None else _bury(process, _DYING_SECONDS)
        self._close_pipe()
        return ProcessLost(code)

    def _taken(self) -> BaseProcess | None:
        """The process, which only one thread gets to bury."""
        with self._taking:
            process, self._process = self._process, None
            return process

    def _close_pipe(self) -> None:
        self._unanswered = 0
        with self._sending:
            if self._pipe is not None:
                self._pipe.close()
                self._pipe = None


def _bury(process: BaseProcess, seconds: float) -> int | None:
    """Wait for its end, bring it about where it does not come, and tell the exit code."""
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
    code = process.exitcode
    process.close()
    return code
