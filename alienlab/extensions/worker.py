"""The plugins' process. It starts without numpy, so that what plugins compute with counts its threads as it is told."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from alienlab.engine.process.line import Line
from alienlab.engine.process.messages import End

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main(pipe: Connection, log: Path, threads: int) -> None:
    """Answer jobs until the pipe closes."""
    for name in _THREADS:
        os.environ[name] = str(threads)
    os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # threads that spin would slow the engine beside it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the application's to answer
    line = Line(pipe)
    from alienlab.extensions.desk import Desk  # noqa: PLC0415 - imports numpy
    from alienlab.extensions.plugin_log import take_prints  # noqa: PLC0415 - after the line stands

    take_prints(log)
    desk = Desk(line.send, line.cancelled)
    while True:
        desk.answer(line.requests.get())
        line.send(End())
