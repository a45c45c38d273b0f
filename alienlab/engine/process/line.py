"""The spawned process's end of the line. Imports nothing heavy: it stands before anything else is imported."""

from __future__ import annotations

import os
import queue
import threading
from multiprocessing.connection import Connection
from typing import Any

from alienlab.engine.cancel import CancelFlag
from alienlab.engine.process.messages import CancelJob, Heartbeat

HEARTBEAT_SECONDS = 0.25


class Line:
    """One thread beats, one listens; the process ends when the pipe closes."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._sending = pipe, threading.Lock()
        self.requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.cancelled = CancelFlag()
        for task in (self._beat, self._listen):
            threading.Thread(target=task, daemon=True).start()

    def send(self, answer: Any) -> None:
        """Raises OSError where nobody listens any more."""
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
