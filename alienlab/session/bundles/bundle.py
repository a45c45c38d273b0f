"""A whole session as one file, to be kept elsewhere or given away: written and read."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import struct
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from alienlab.domain.errors import SessionError, StoppedByUser
from alienlab.session.bundles.entries import BLOBS_FOLDER, checked, is_portable
from alienlab.session.bundles.log import check_log, copy_log
from alienlab.session.files import DiskFull, writing
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.reading import IMAGES_FOLDER, SessionReader

__all__ = ["export_session", "import_session"]

Progress = Callable[[int, int], object]
"""Called with the bytes that are done, and with those that there are in all."""

SUFFIX = ".zip"
_CHUNK = 2**20
_PART = ".import"
_STALE_SECONDS = 24 * 60 * 60
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""What a ZIP file can say of time."""
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error, LookupError)
"""What ``zipfile`` raises for damaged files; NotImplementedError for a way to pack that it does not know."""


def export_session(
    session: Path | SessionReader,
    path: Path,
    *,
    progress: Progress = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write log and images of a session into one ZIP file, whole or not at all.

    The log is copied as it is at one moment; the session may be open and go on meanwhile. Raises DiskFull, SessionError
    or StoppedByUser.
    """
    folder = session.folder if isinstance(session, SessionReader) else session.absolute()
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with writing(path.parent), TemporaryDirectory(prefix="alienlab-") as place:
            files = _files(folder, Path(place))
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as file:
                with ZipFile(file, "w") as archive:
                    _pack(archive, folder.name, files, _Meter(files.values(), progress, is_cancelled))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def import_session(
    archive: Path,
    sessions: Path,
    *,
    name: str | None = None,
    progress: Progress = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Unpack an archive of a session into a new folder within ``sessions``, whole or not at all; return the folder.

    It is called ``name``, or else as the archive is, with a number where that is taken. Everything in the archive is
    checked before it is seen as a session. Raises DiskFull, SessionError or StoppedByUser.
    """
    if name is not None and (sessions / name).exists():
        raise SessionError(f"{sessions / name} is there already. Choose another folder to import into.")
    with writing(sessions):
        sessions.mkdir(parents=True, exist_ok=True)
        _remove_stale(sessions)
        part = sessions / f".{secrets.token_hex(8)}{_PART}"
        part.mkdir()
        try:
            _unpack(archive, part, progress, is_cancelled)
            check_log(part, archive.name, is_cancelled)
            return _appear(part, sessions, name or _name_of(archive), is_exact=name is not None)
        finally:
            shutil.rmtree(part, ignore_errors=True)


class _Meter:
    """Counts bytes, and stops where the user does not want to wait."""

    def __init__(self, files: Iterable[Path], progress: Progress, is_cancelled: Callable[[], bool]) -> None:
        self.total = sum(file.stat().st_size for file in files)
        self._progress, self._is_cancelled = progress, is_cancelled
        self._done = 0

    def count(self, size: int) -> None:
        if self._is_cancelled():
            raise StoppedByUser
        self._done += size
        self._progress(min(self._done, self.total), self.total)


def _files(folder: Path, place: Path) -> dict[str, Path]:
    """By path within the archive; the copy of the log, in ``place``, comes first."""
    names = copy_log(folder, place)
    files = {DATABASE_FILE: place / DATABASE_FILE}
    files |= {f"{IMAGES_FOLDER}/{new}": folder / IMAGES_FOLDER / old for old, new in names.items()}
    blobs = sorted((folder / BLOBS_FOLDER).glob("*.png"))
    files |= {f"{BLOBS_FOLDER}/{file.name}": file for file in blobs if is_portable(file.name)}
    return {name: file for name, file in files.items() if _is_plain(file)}


def _is_plain(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _pack(archive: ZipFile, top: str, files: dict[str, Path], meter: _Meter) -> None:
    prefix = f"{top}/" if is_portable(top) else ""
    for name, file in files.items():
        size = file.stat().st_size
        changed = time.localtime(file.stat().st_mtime)[:6]
        entry = ZipInfo(f"{prefix}{name}", min(_LATEST, max(_EARLIEST, changed)))
        entry.compress_type = ZIP_DEFLATED if name == DATABASE_FILE else ZIP_STORED
        entry.external_attr = (stat.S_IFREG | 0o644) << 16
        with file.open("rb") as source, archive.open(entry, "w", force_zip64=size > 2**30) as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
                meter.count(len(chunk))


def _unpack(path: Path, folder: Path, progress: Progress, is_cancelled: Callable[[], bool]) -> None:
    with _reading(path), ZipFile(path) as archive:
        entries = checked(archive.infolist())
        meter = _Meter((), progress, is_cancelled)
        meter.total = sum(entry.file_size for entry in entries.values())
        if meter.total > shutil.disk_usage(folder).free:
            raise DiskFull(folder.parent)
        for name, entry in entries.items():
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            _write(target, _chunks(archive, entry), entry.file_size, meter)


def _chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            yield chunk


def _write(target: Path, chunks: Iterator[bytes], size: int, meter: _Meter) -> None:
    """Raises ValueError where there is more or less than was declared."""
    left = size
    with target.open("xb") as file:
        for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                raise ValueError("more than was declared")
            file.write(chunk)
            meter.count(len(chunk))
        if left:
            raise ValueError("less than was declared")
        if target.name == DATABASE_FILE:
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise SessionError(f"There is no archive {path}.") from error
    except (IsADirectoryError, PermissionError) as error:
        raise SessionError(f"{path} cannot be read: {error.strerror}.") from error
    except (*_BROKEN, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # of places that are not in the file
            raise
        raise SessionError(f"{path.name} is damaged, or no ZIP file. Take another copy of it.") from error


def _appear(part: Path, sessions: Path, name: str, *, is_exact: bool) -> Path:
    """Give the folder its name. A number is tried until one is free."""
    (part / IMAGES_FOLDER).mkdir(exist_ok=True)
    for number in range(1, 10_000):
        folder = sessions / (name if number == 1 else f"{name} {number}")
        if not folder.exists():
            part.rename(folder)
            return folder
        if is_exact:
            break
    raise SessionError(f"{sessions / name} is there already. Choose another folder to import into.")


def _name_of(archive: Path) -> str:
    name = archive.stem.strip()
    return name if is_portable(name) else "imported"


def _remove_stale(sessions: Path) -> None:
    """What an import that was killed left behind."""
    for folder in sessions.glob(f".*{_PART}"):
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
