"""One writer at a time: a lock of the operating system, which ends with the process that holds it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from alienlab.domain.errors import SessionLocked
from alienlab.session.files import writing

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_FILE = "session.lock"
_HELD_BY_ANOTHER = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class SessionLock:
    """The right to write into a session folder, held until ``release``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises SessionLocked where another holds it, SessionError where none can be made."""
        with writing(folder):
            descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            with writing(folder):
                _take(descriptor, folder)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go of it; a second call does nothing. The file stays, so that no two locks can be made."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with contextlib.suppress(OSError):
            _give_back(descriptor)
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    try:
        _lock_now(descriptor)
    except OSError as error:
        if error.errno not in _HELD_BY_ANOTHER:
            raise
        raise SessionLocked(
            f"The session '{folder.name}' is open in another window. Close it there, or open another session."
        ) from error


if sys.platform == "win32":

    def _lock_now(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _give_back(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _lock_now(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
