"""PNG files that carry their recipe.

Two text chunks: ``parameters`` as AUTOMATIC1111 writes it, so that other tools show it, and ``alienlab``,
versioned JSON with the recipe and the provenance.
"""

from __future__ import annotations

import io
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image as Pillow
from PIL import PngImagePlugin

from alienlab.domain.brain import Provenance
from alienlab.domain.errors import AlienLabError, ImageError
from alienlab.domain.events import Image
from alienlab.domain.recipe import MAX_SIDE, Recipe, recipe_from_json
from alienlab.session.files import write_atomically
from alienlab.session.webui_text import webui_parameters

STAMP_VERSION = 1
MAX_FILE = 128 * 2**20
MAX_STAMP = 2**20
LARGEST_FOREIGN_SIDE = 8192
"""Of an image whose text alone is read."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"IEND\xaeB`\x82"
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    ArithmeticError,
    RecursionError,
    TypeError,
    AttributeError,
    struct.error,
    zlib.error,
    Pillow.DecompressionBombError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an image says of itself."""

    recipe: Recipe
    provenance: Provenance
    recipe_id: str = ""
    """Empty where the writer did not know it."""
    computation_id: str = ""
    created: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "version": STAMP_VERSION,
            "recipe": self.recipe.to_json(),
            "provenance": self.provenance.to_json(),
            "recipe_id": self.recipe_id,
            "computation_id": self.computation_id,
            "created": None if self.created is None else self.created.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Any) -> Stamp:
        """Raises ValueError or AlienLabError for what ``to_json`` did not write."""
        if not isinstance(data, dict) or data.get("version") != STAMP_VERSION:
            raise ValueError("it was written by another version of AlienLab")
        if not isinstance(data.get("recipe"), dict) or not isinstance(data.get("provenance"), dict):
            raise ValueError("its recipe is malformed")
        created = data.get("created")
        return cls(
            recipe=recipe_from_json(data["recipe"]),
            provenance=Provenance.from_json(data["provenance"]),
            recipe_id=str(data.get("recipe_id", "")),
            computation_id=str(data.get("computation_id", "")),
            created=None if created is None else datetime.fromisoformat(created).astimezone(UTC),
        )


@dataclass(frozen=True, slots=True, eq=False)
class StampedImage:
    """An image with what it says of itself."""

    image: Image
    stamp: Stamp

    @property
    def recipe(self) -> Recipe:
        return self.stamp.recipe

    @property
    def provenance(self) -> Provenance:
        return self.stamp.provenance


def write_png(path: Path, image: Image, recipe: Recipe, provenance: Provenance) -> None:
    """Write an RGB image with its recipe, whole or not at all. Raises DiskFull or SessionError."""
    write_atomically(path, encode_png(image, Stamp(recipe=recipe, provenance=provenance)))


def encode_png(image: Image, stamp: Stamp) -> bytes:
    """The bytes of a PNG file. Raises ValueError for anything but an RGB image of bytes."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"not an RGB image of bytes: {image.shape} {image.dtype}")
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("parameters", webui_parameters(stamp.recipe, stamp.provenance))
    chunks.add_text("alienlab", json.dumps(stamp.to_json()))
    buffer = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(image)).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def read_png(path: Path) -> StampedImage:
    """Read an image that AlienLab wrote. Raises ImageError for any other file."""
    with _opened(path) as picture:
        stamp = _stamp(picture, path)
        return StampedImage(_pixels(picture), stamp)


def read_stamp(path: Path) -> Stamp:
    """What an image says of itself, without decoding it. Raises ImageError as ``read_png`` does."""
    with _opened(path) as picture:
        return _stamp(picture, path)


def read_pixels(path: Path) -> Image:
    """The RGB pixels of any PNG. Raises ImageError where it cannot be read."""
    with _opened(path) as picture:
        return _pixels(picture)


def read_thumbnail(path: Path, side: int) -> Image:
    """The RGB pixels, made smaller where a side is longer than ``side``; raises ImageError as ``read_pixels``."""
    with _opened(path) as picture:
        small = picture.convert("RGB")
        small.thumbnail((side, side))
        return np.array(small)


def read_texts(path: Path) -> dict[str, str]:
    """The text chunks before the pixels of any PNG. Raises ImageError where there is none to be read."""
    with _opened(path, largest_side=LARGEST_FOREIGN_SIDE) as picture:
        return {str(name): str(text) for name, text in picture.info.items() if isinstance(text, str)}


def read_size(path: Path) -> tuple[int, int]:
    """Width and height of any PNG in pixels. Raises ImageError where it cannot be read."""
    with _reading(path):
        return _check_frame(path, MAX_SIDE)


def is_whole(path: Path) -> bool:
    """Whether a file ends as a PNG does."""
    try:
        with path.open("rb") as file:
            file.seek(-len(_END), io.SEEK_END)
            return file.read() == _END
    except OSError:
        return False


@contextmanager
def _opened(path: Path, *, largest_side: int = MAX_SIDE) -> Iterator[PngImagePlugin.PngImageFile]:
    with _reading(path):
        _check_frame(path, largest_side)
        with Pillow.open(path, formats=("PNG",)) as picture:
            assert isinstance(picture, PngImagePlugin.PngImageFile)
            yield picture


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ImageError(f"There is no image {path}.") from error
    except _BROKEN as error:
        raise ImageError(f"{path.name} is not a PNG image that can be read: it is damaged or no PNG.") from error


def _check_frame(path: Path, largest_side: int) -> tuple[int, int]:
    """Refuse a file by its size and its header, before anything is decoded; else return width and height."""
    with path.open("rb") as file:
        head = file.read(24)
        size = file.seek(0, io.SEEK_END)
    if len(head) < 24 or head[:8] != _SIGNATURE or head[12:16] != b"IHDR":
        raise ValueError("no PNG")
    width, height = struct.unpack(">II", head[16:24])
    if size > MAX_FILE or not 0 < width <= largest_side or not 0 < height <= largest_side:
        raise ImageError(
            f"{path.name} is too large: {width} × {height} pixels, {size // 2**20} MiB. "
            f"AlienLab reads images up to {largest_side} × {largest_side}."
        )
    return width, height


def _stamp(picture: PngImagePlugin.PngImageFile, path: Path) -> Stamp:
    text = picture.info.get("alienlab")
    if not isinstance(text, str):
        raise ImageError(f"{path.name} was not made by AlienLab, or its recipe was removed: there is none in it.")
    if len(text) > MAX_STAMP:
        raise ImageError(f"The recipe in {path.name} is too large to be true.")
    try:
        return Stamp.from_json(json.loads(text))
    except (AlienLabError, *_BROKEN) as error:
        raise ImageError(f"The recipe in {path.name} cannot be read: {_clause(error)}.") from error


def _clause(error: Exception) -> str:
    return str(error).rstrip(".")[:200] or type(error).__name__


def _pixels(picture: PngImagePlugin.PngImageFile) -> Image:
    return np.array(picture.convert("RGB"))
