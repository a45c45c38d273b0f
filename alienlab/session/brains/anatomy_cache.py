"""Anatomies kept as JSON, so that the map is drawn before the brain is loaded."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import SessionError
from alienlab.session.files import write_atomically

_log = logging.getLogger(__name__)
_MAX_FILE = 64 * 2**20
_WEIGHTS = ("*.safetensors", "*.bin", "*.index.json")
_UNREADABLE = (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError)


def load_anatomy(brain: Path, cache: Path) -> Anatomy | None:
    """The anatomy of the brain in a folder or file, where it is known; None where it must be read anew.

    A folder's own ``anatomy.json`` comes before the cache. What is broken counts as not known.
    """
    own = _read(brain / "anatomy.json")
    if own is not None:
        return own
    file = _cache_file(brain, cache)
    return None if file is None else _read(file)


def save_anatomy(anatomy: Anatomy, brain: Path, cache: Path) -> None:
    """Remember the anatomy of this brain. A cache that cannot be written is no error."""
    file = _cache_file(brain, cache)
    if file is None:
        return
    try:
        write_atomically(file, json.dumps(anatomy.to_json(), separators=(",", ":")).encode())
    except SessionError as error:
        _log.warning("The anatomy is not kept: %s", error)


def _cache_file(brain: Path, cache: Path) -> Path | None:
    """Named by what would change with the weights; None where there is no brain."""
    try:
        if brain.is_file():
            return cache / "anatomies" / f"{_digest([_identity(brain)])}.json"
        unet = brain / "unet"
        config = (unet / "config.json").read_bytes()
        weights = sorted({path for pattern in _WEIGHTS for path in unet.glob(pattern)})
        return cache / "anatomies" / f"{_digest([config, *map(_identity, weights)])}.json"
    except (OSError, ValueError):
        return None


def _identity(file: Path) -> bytes:
    status = file.stat()
    return f"{file.name}|{status.st_size}|{status.st_mtime_ns}".encode()


def _digest(parts: list[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def _read(file: Path) -> Anatomy | None:
    try:
        if file.stat().st_size > _MAX_FILE:
            return None
        return Anatomy.from_json(json.loads(file.read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except _UNREADABLE as error:
        _log.warning("The anatomy in %s cannot be read: %s", file, error)
        return None
