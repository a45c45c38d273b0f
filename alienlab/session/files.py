"""Writing files so that they are there whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from alienlab.domain.errors import SessionError

_PART = ".part"
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NEXT_TO_NOTHING = 2**18
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


class DiskFull(SessionError):
    """There is no space left to write to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"The disk is full, so nothing more can be saved in {folder}. "
            "Make space and try again; what was saved before is safe."
        )


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to a temporary file beside ``path``, sync it, and rename it to ``path``.

    Raises DiskFull or SessionError; ``path`` is then as it was before.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_PART}")
    try:
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_and_sync(part, data)
            part.replace(path)
            _sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn an OSError into the sentence that tells the user what to do about ``folder``."""
    try:
        yield
    except OSError as error:
        raise write_error(error, folder) from error


def write_error(error: OSError, folder: Path) -> SessionError:
    """The sentence for a failed write into ``folder``."""
    if error.errno in _DISK_FULL:
        return DiskFull(folder)
    if error.errno in _NOT_ALLOWED:
        return SessionError(f"{folder} cannot be written to. Choose another folder, or allow writing there.")
    return SessionError(f"Writing to {folder} failed: {error.strerror or error}. Choose another folder.")


def is_full(folder: Path) -> bool:
    """Whether next to nothing fits on the disk of ``folder`` any more."""
    try:
        return shutil.disk_usage(folder).free < _NEXT_TO_NOTHING
    except OSError:
        return False


def remove_leftovers(folder: Path) -> int:
    """Delete temporary files that an interrupted write left in ``folder``; return how many."""
    leftovers = [path for path in folder.glob(f".*{_PART}") if path.is_file()]
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def delete_for_good(files: Iterable[Path]) -> list[Path]:
    """Delete files of one folder durably; return those that are gone now, also where they were gone before."""
    gone: list[Path] = []
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
            gone.append(file)
    for folder in {file.parent for file in gone}:
        _sync_folder(folder)
    return gone


def _write_and_sync(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename durable; folders cannot be opened for this on Windows."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network file systems cannot sync folders
            raise
    finally:
        os.close(descriptor)
