"""Reads pictures from a folder, or from a CIFAR-10 archive in Python format, as thumbnails of 32 × 32 pixels.

CIFAR-10's batches are pickled, and loading a pickle runs code. They are only walked through, opcode by opcode: the
pixels are the long strings in them.
"""

from __future__ import annotations

import io
import pickletools
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from alienlab.api import AlienLabError
from alienlab_statistics.moments import SIDE, VALUES, Pictures

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")
MOST_BYTES = 64 * 2**20
"""Of one picture, or one batch."""
_BATCH_NAMES = (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, TypeError, Pillow.DecompressionBombError)

Report = Callable[[float, str], None]
"""Told how much is done, 0 to 1, and in words."""


def read_folder(folder: Path, number: int, report: Report) -> Pictures:
    """The first pictures of a folder by name, cut to squares. What cannot be read is left out.

    Raises AlienLabError where fewer than two are there.
    """
    batches = [folder / name for name in _BATCH_NAMES if (folder / name).is_file()]
    if batches:
        return _at_most(number, (_batch_in(file) for file in batches))
    thumbnails: list[Pictures] = []
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)
    for place, file in enumerate(files):
        if len(thumbnails) == number:
            break
        if place % 20 == 0:
            report(place / min(number, len(files)), "Reading pictures")
        thumbnail = _thumbnail(file)
        if thumbnail is not None:
            thumbnails.append(thumbnail)
    return _enough(np.stack(thumbnails) if thumbnails else np.empty((0, SIDE, SIDE, 3), np.uint8), folder)


def read_archive(file: Path, number: int, report: Report) -> Pictures:
    """The first pictures of CIFAR-10's archive, or of one of its batches. Raises AlienLabError where it is neither."""
    report(0.0, "Reading the archive")
    try:
        if not tarfile.is_tarfile(file):
            return _enough(_at_most(number, [_batch_in(file)]), file)
        with tarfile.open(file) as archive:
            members = {Path(member.name).name: member for member in archive if member.isfile()}
            chosen = [members[name] for name in _BATCH_NAMES if name in members]
            return _enough(_at_most(number, (_member(archive, member) for member in chosen)), file)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise AlienLabError(f"{file.name} cannot be read as an archive: {error}.") from error


def pictures_in_batch(data: bytes) -> Pictures:
    """The pictures of a pickled batch: red, green and blue planes of 32 × 32 bytes for each. Runs no code.

    Raises AlienLabError where there are none.
    """
    found: list[bytes] = []
    try:
        for _, argument, _ in pickletools.genops(io.BytesIO(data)):
            if isinstance(argument, str | bytes) and len(argument) >= VALUES and len(argument) % VALUES == 0:
                found.append(argument.encode("latin-1") if isinstance(argument, str) else argument)
    except (ValueError, UnicodeError, EOFError) as error:
        raise AlienLabError("This is no CIFAR-10 batch in Python format: it cannot be walked through.") from error
    if not found:
        raise AlienLabError("This is no CIFAR-10 batch in Python format: there are no pictures in it.")
    planes = np.frombuffer(b"".join(found), np.uint8).reshape(-1, 3, SIDE, SIDE)
    return np.ascontiguousarray(planes.transpose(0, 2, 3, 1))


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Pictures:
    stream = archive.extractfile(member)
    if stream is None or member.size > MOST_BYTES:
        raise AlienLabError(f"{member.name} is too large to be a CIFAR-10 batch.")
    return pictures_in_batch(stream.read(MOST_BYTES))


def _batch_in(file: Path) -> Pictures:
    if file.stat().st_size > MOST_BYTES:
        raise AlienLabError(f"{file.name} is too large to be a CIFAR-10 batch.")
    return pictures_in_batch(file.read_bytes())


def _at_most(number: int, batches: Iterator[Pictures] | list[Pictures]) -> Pictures:
    """No more batches are read than are needed."""
    taken: list[Pictures] = [np.empty((0, SIDE, SIDE, 3), np.uint8)]
    for batch in batches:
        taken.append(batch[: number - sum(map(len, taken))])
        if sum(map(len, taken)) >= number:
            break
    return np.concatenate(taken)


def _enough(pictures: Pictures, place: Path) -> Pictures:
    if len(pictures) < 2:
        raise AlienLabError(f"There are fewer than two pictures in {place}. Choose a folder or archive with more.")
    return pictures


def _thumbnail(file: Path) -> Pictures | None:
    try:
        if file.stat().st_size > MOST_BYTES:
            return None
        with Pillow.open(file) as picture:
            picture.draft("RGB", (4 * SIDE, 4 * SIDE))
            return np.array(ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE), Pillow.Resampling.BOX))
    except _BROKEN:
        return None
