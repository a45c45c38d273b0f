"""What may be in an archive of a session, and under which names; everything else is refused before it is unpacked."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from alienlab.domain.errors import SessionError
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.lock import LOCK_FILE
from alienlab.session.log.reading import BLOBS_FOLDER, IMAGES_FOLDER
from alienlab.session.png import MAX_FILE

FOLDERS = (IMAGES_FOLDER, BLOBS_FOLDER)
MOST_ENTRIES = 200_000
MOST_BYTES = 64 * 2**30
LARGEST_DATABASE = 16 * 2**30
LARGEST_RATIO = 300
"""Bytes that one packed byte may stand for; neither images nor logs come near it."""
_SMALL = 2**20
"""Bytes up to which the ratio does not matter."""

_PORTABLE = re.compile(r'[^<>:"/\\|?*\x00-\x1f]{1,120}(?<![. ])')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?", re.IGNORECASE)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_IGNORED = {LOCK_FILE, ".DS_Store", "Thumbs.db", "desktop.ini", ".directory"}


def is_portable(name: str) -> bool:
    """Whether every file system takes a name, as that of a file and of nothing else."""
    return bool(_PORTABLE.fullmatch(name)) and not name.startswith(".") and not _DEVICES.fullmatch(name)


def indistinct(name: str) -> str:
    """The same for names that some file systems do not tell apart: by case, or by ways to write one letter."""
    return unicodedata.normalize("NFC", name).casefold()


def checked(entries: Sequence[ZipInfo]) -> dict[str, ZipInfo]:
    """The entries to unpack by their paths within the session's folder.

    Raises SessionError where the archive holds anything else, or what would be too large when unpacked.
    """
    if len(entries) > MOST_ENTRIES:
        raise SessionError(f"The archive holds too many files: {len(entries):,}. No session has so many.")
    files = [entry for entry in entries if not _is_folder(entry)]
    top = _top_folder(files)
    found: dict[str, ZipInfo] = {}
    seen: set[str] = set()
    for entry in files:
        path = _path(entry, top)
        _check_once(path, seen)
        if path.split("/")[-1] not in _IGNORED:
            _check_kind(path)
            _check_size(path, entry)
            found[path] = entry
    if DATABASE_FILE not in found:
        raise SessionError("The archive holds no session. Choose a file that 'Export session' made.")
    if sum(entry.file_size for entry in found.values()) > MOST_BYTES:
        raise SessionError("The archive would be too large when unpacked, so it is not imported.")
    return found


def _is_folder(entry: ZipInfo) -> bool:
    """Folders are made as files need them; their names are checked as those of files are."""
    if not entry.is_dir():
        return False
    _parts(entry)
    return True


def _top_folder(files: Sequence[ZipInfo]) -> str:
    """The one folder that everything lies in; empty where there is none."""
    places = [PurePosixPath(entry.filename).parts for entry in files]
    tops = {parts[0] for parts in places if parts}
    is_one = len(tops) == 1 and all(len(parts) > 1 for parts in places)
    return f"{tops.pop()}/" if is_one else ""


def _path(entry: ZipInfo, top: str) -> str:
    return "/".join(_parts(entry)).removeprefix(top)


def _parts(entry: ZipInfo) -> list[str]:
    name = entry.orig_filename
    parts = name.rstrip("/").split("/") if name == entry.filename else [""]
    if not all(is_portable(part) or part in _IGNORED for part in parts) or len(parts) > 3:
        raise _refused(name, "its name could lead out of the session's folder")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(name, "it is a link, or no file at all")
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(name, "it is encrypted; make the archive again without a password")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _refused(name, "it is packed in a way that is not understood")
    return parts


def _check_once(path: str, seen: set[str]) -> None:
    plain = indistinct(path)
    if plain in seen:
        raise _refused(path, "there are two of this name")
    seen.add(plain)


def _check_kind(path: str) -> None:
    folder, _, name = path.rpartition("/")
    if path != DATABASE_FILE and not (folder in FOLDERS and name.lower().endswith(".png")):
        raise _refused(path, "no session holds such a file")


def _check_size(path: str, entry: ZipInfo) -> None:
    largest = LARGEST_DATABASE if path == DATABASE_FILE else MAX_FILE
    swells = entry.file_size > _SMALL and entry.file_size > LARGEST_RATIO * entry.compress_size
    if entry.file_size > largest or swells:
        raise _refused(path, "it would be far too large when unpacked")


def _refused(name: str, reason: str) -> SessionError:
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)[:80]
    return SessionError(f"The archive is not imported because of '{shown}': {reason}.")
