"""Room on disk, and files that are whole or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from alienlab.training.errors import TrainingError

SPARE = 200 * 2**20
"""Bytes that are left free beside what is written."""


def require_room(folder: Path, needed: int) -> None:
    """Raise TrainingError where fewer than ``needed`` bytes, and some to spare, are free."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise TrainingError(
            f"The disk of {folder} has {free / 1e9:.1f} GB free, and {(needed + SPARE) / 1e9:.1f} GB are needed. "
            "Make room, or name another folder with --work."
        )


def write_whole(file: Path, write: Callable[[Path], None]) -> None:
    """Write beside the file, sync, rename: a full disk or a kill leaves the old file as it was."""
    part = file.with_suffix(file.suffix + ".part")
    try:
        write(part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except OSError as error:
        raise TrainingError(
            f"{file} could not be written: {error.strerror or error}. The last good one was kept."
        ) from error
    finally:
        part.unlink(missing_ok=True)
