"""What laboratories read from outside: images, files, folders and brains, checked by what they hold."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.parameters import Material, ParameterKind
from alienlab.domain.ports import BrainSource
from alienlab.engine.brains.folder import BrainFolder, hash_files, inspect
from alienlab.session.outside.any_image import read_any_image

BLOB = "blob:"
MOST_ENTRIES = 200_000
"""Files and folders below a folder."""
MOST_BYTES = 16 * 2**30
"""Of a folder, all files together."""
_CHUNK = 4 * 2**20
_KEPT_BYTES = 256 * 2**20
"""Of images that are remembered; the latest is, whatever its size."""
_KEPT_DIGESTS = 200
_HASH = re.compile(r"[0-9a-f]{64}")

Advance = Callable[[str], None]
"""Told what is being read; raises Stopped."""
State = tuple[tuple[str, int, int], ...]
"""Names, sizes and times of files: while these stand still, so does what they hold."""


class MaterialLost(AlienLabError):
    """A material is gone, cannot be read, or holds something else than the recipe says."""


class Materials:
    """Reads materials and remembers, in this process, what they held."""

    def __init__(self) -> None:
        self._images: OrderedDict[str, Image] = OrderedDict()
        self._digests: OrderedDict[tuple[Path, State], str] = OrderedDict()

    def settle(self, material: Material, kind: ParameterKind, *, blobs: Path | None, advance: Advance) -> Material:
        """The material with the digest of what it holds. Raises AlienLabError where it holds something else."""
        match kind:
            case ParameterKind.IMAGE:
                digest = image_digest(self.image(material, blobs=blobs))
            case ParameterKind.BRAIN:
                digest = self._brain(material, advance)
            case _:
                path = self.path(material, blobs=blobs)
                _require_kind(path, kind)
                digest = self._contents(path, advance)
        if material.digest not in ("", digest):
            raise MaterialLost(
                f"{material.place} holds something else than it did when the recipe was made. "
                "Put it back as it was, or choose it again."
            )
        return replace(material, digest=digest)

    def path(self, material: Material, *, blobs: Path | None) -> Path:
        """Where it is. Raises MaterialLost where nothing is there."""
        place = material.place
        if place.startswith(BLOB):
            name = place.removeprefix(BLOB)
            path = None if blobs is None or not _HASH.fullmatch(name) else blobs / f"{name}.png"
        else:
            path = Path(place).expanduser()
        if path is None or not _exists(path):
            raise MaterialLost(f"{place or 'It'} is not there any more. Choose it again.")
        return path.absolute()

    def image(self, material: Material, *, blobs: Path | None) -> Image:
        """The RGB pixels, which must not be written to. Raises AlienLabError."""
        path = self.path(material, blobs=blobs)
        _require_kind(path, ParameterKind.IMAGE)
        key = repr((str(path), _state_of(path)))
        if key not in self._images:
            pixels = read_any_image(path)
            pixels.flags.writeable = False
            self._images[key] = pixels
            while len(self._images) > 1 and sum(image.nbytes for image in self._images.values()) > _KEPT_BYTES:
                self._images.popitem(last=False)
        self._images.move_to_end(key)
        return self._images[key]

    def _contents(self, path: Path, advance: Advance) -> str:
        files = sorted(_files_below(path, advance))
        state = tuple(_entry(file, path) for file in files)
        return self._known((path, state), lambda: _digest(path, files, state, advance))

    def _brain(self, material: Material, advance: Advance) -> str:
        folder = brain_folder(material)
        state = tuple(_entry(folder.path / name, folder.path) for name in folder.pixel_files)
        return self._known((folder.path, state), lambda: hash_files(folder, advance=lambda _: advance("the brain")))

    def _known(self, key: tuple[Path, State], make: Callable[[], str]) -> str:
        if key not in self._digests:
            _keep(self._digests, key, make(), _KEPT_DIGESTS)
        return self._digests[key]


def brain_folder(material: Material) -> BrainFolder:
    """The folder of a brain, inspected. Raises BrainError; pickled weights are not read."""
    from alienlab.engine.brains.source import resolve  # noqa: PLC0415 - imports the hub's client, which takes a moment

    return inspect(resolve(BrainSource(location=material.place)))


def image_digest(image: Image) -> str:
    """SHA-256 of an image's size and pixels."""
    digest = hashlib.sha256(f"{image.shape[1]}x{image.shape[0]}\n".encode())
    digest.update(np.ascontiguousarray(image).data)
    return digest.hexdigest()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # names that no file system takes
        return False


def _require_kind(path: Path, kind: ParameterKind) -> None:
    """Refuse a folder where a file is wanted, and what is neither: a device would be read without end."""
    if not (path.is_dir() if kind is ParameterKind.FOLDER else path.is_file()):
        wanted = {ParameterKind.FOLDER: "folder", ParameterKind.FILE: "file"}.get(kind, "image")
        raise MaterialLost(f"{path} is not {'an' if wanted == 'image' else 'a'} {wanted}. Choose another one.")


def _files_below(path: Path, advance: Advance) -> Iterator[Path]:
    """The file itself, or all files of a folder; folders that are links are not gone into."""
    if path.is_file():
        yield path
        return
    try:
        for count, entry in enumerate(path.rglob("*")):
            advance(path.name)
            if count >= MOST_ENTRIES:
                raise MaterialLost(f"{path} holds more than {MOST_ENTRIES:,} files. Choose a smaller folder.")
            if entry.is_file():
                yield entry
    except OSError as error:
        raise MaterialLost(f"{path} cannot be read: {error.strerror}.") from error


def _entry(file: Path, root: Path) -> tuple[str, int, int]:
    try:
        status = file.stat()
    except OSError as error:
        raise MaterialLost(f"{file} cannot be read: {error.strerror}.") from error
    return (file.relative_to(root).as_posix(), status.st_size, status.st_mtime_ns)


def _state_of(file: Path) -> tuple[int, int]:
    return _entry(file, file.parent)[1:]


def _digest(path: Path, files: list[Path], state: State, advance: Advance) -> str:
    """Of a file, of its contents; of a folder, of its sorted names and contents."""
    if sum(size for _, size, _ in state) > MOST_BYTES:
        raise MaterialLost(f"{path} holds more than {MOST_BYTES // 2**30} GiB. Choose less.")
    digest = hashlib.sha256()
    for file, (name, size, time) in zip(files, state, strict=True):
        if path.is_dir():
            digest.update(f"{name}\n{size}\n".encode())
        try:
            with file.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    advance(file.name)
        except OSError as error:
            raise MaterialLost(f"{file} cannot be read: {error.strerror}.") from error
        if _entry(file, path) != (name, size, time):
            raise MaterialLost(f"{file} was changed while it was read. Try again when nothing writes to it.")
    return digest.hexdigest()


def _keep(kept: OrderedDict, key: object, value: object, most: int) -> None:
    kept[key] = value
    while len(kept) > most:
        kept.popitem(last=False)
