"""Where what plugins print goes: into a file, of which only so much is kept."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
from pathlib import Path

MOST_BYTES = 2**20


def take_prints(log: Path) -> None:
    """Send all that this process prints, and what it logs, into ``log`` instead of the application's streams."""
    kept = _Kept(log)
    sys.stdout = sys.stderr = kept
    logging.basicConfig(stream=kept, level=logging.WARNING, format="%(asctime)s %(message)s")
    _turn_away_standard_output()


class _Kept(io.TextIOBase):
    """Text of up to MOST_BYTES bytes; what comes after is dropped, and so is what cannot be written."""

    def __init__(self, file: Path) -> None:
        self._left = MOST_BYTES
        self._stream: io.BufferedWriter | None = None
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._stream = file.open("wb")

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        data = text[: self._left].encode("utf-8", "replace")[: self._left]
        self._left -= len(data)
        if self._stream is not None and data:
            with contextlib.suppress(OSError, ValueError):
                self._stream.write(data)
                self._stream.flush()
        return len(text)


def _turn_away_standard_output() -> None:
    """What is not Python's prints past ``sys.stdout``: keep it out of what a command writes for a pipe."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
