"""Disks that are full until space is made."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from alienlab.session import files


class FilesWithoutSpace:
    """No file can be written until ``make_space``; SQLite has space."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refused = 0
        self._left: int | None = None
        write: Callable[[Path, bytes], None] = files._write_and_sync

        def write_if_it_fits(path: Path, data: bytes) -> None:
            if self._left == 0:
                self.refused += 1
                path.write_bytes(data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            write(path, data)
            self._left = None if self._left is None else self._left - 1

        monkeypatch.setattr(files, "_write_and_sync", write_if_it_fits)

    def fill(self, *, files: int = 0) -> None:
        """So many files still fit."""
        self._left = files

    def make_space(self) -> None:
        self._left = None


class DatabaseWithoutSpace:
    """The log of a session cannot grow until ``make_space``."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def fill(self) -> None:
        (pages,) = self._database.execute("PRAGMA page_count").fetchone()
        self._database.execute(f"PRAGMA max_page_count = {pages}")

    def make_space(self) -> None:
        self._database.execute("PRAGMA max_page_count = 1073741823")


def bytes_written(path: Path, size: int) -> int:
    """Fill a file with as much as fits, at most ``size`` bytes; return how much that was."""
    written = 0
    try:
        with path.open("wb", buffering=0) as file:
            while written < size:
                written += file.write(bytes(min(4096, size - written)))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    return written
