"""Files that come to the window: what they are, and what their images say of how they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from alienlab.domain.errors import AlienLabError, ImageError
from alienlab.session.log.reading import is_session
from alienlab.session.outside.foreign_png import ForeignRecipe, read_foreign
from alienlab.session.png import StampedImage, read_png

MOST_IMAGES = 200
MOST_PIXELS = 2**28
"""Of all images that are taken in at once."""


class Kind(StrEnum):
    IMAGES = "images"
    ARCHIVE = "archive"
    SESSION = "session"
    NOTHING = "nothing"
    """Nothing that AlienLab can take."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An image file; exactly one of the others is there, or none where it says nothing."""

    path: Path
    stamped: StampedImage | None = None
    foreign: ForeignRecipe | None = None
    failure: str = ""
    """Why it is not taken, a sentence."""


def kind_of(paths: Sequence[Path]) -> Kind:
    """By names and places alone; no file is read."""
    if images_in(paths):
        return Kind.IMAGES
    if len(paths) != 1:
        return Kind.NOTHING
    if paths[0].suffix.lower() == ".zip":
        return Kind.ARCHIVE
    return Kind.SESSION if _holds_session(paths[0]) else Kind.NOTHING


def promise(paths: Sequence[Path]) -> str:
    """What will become of files that are held over the window."""
    images = images_in(paths)
    match kind_of(paths):
        case Kind.IMAGES if len(images) == 1:
            return f"Restore how {images[0].name} was made"
        case Kind.IMAGES:
            return f"Take in {len(images)} images and restore the first"
        case Kind.ARCHIVE:
            return f"Import the session in {paths[0].name} and open it"
        case Kind.SESSION:
            return f"Open the session “{paths[0].name}”"
        case Kind.NOTHING:
            return "Drop PNG images, an exported session, or the folder of a session"


def images_in(paths: Sequence[Path]) -> list[Path]:
    return [path for path in paths if path.suffix.lower() == ".png"]


def read_arrivals(paths: Sequence[Path]) -> tuple[Arrival, ...]:
    """Read images and their recipes, those of other programs too. May be called from any thread."""
    arrivals: list[Arrival] = []
    pixels = 0
    for number, path in enumerate(paths):
        is_too_much = number >= MOST_IMAGES or pixels > MOST_PIXELS
        arrival = Arrival(path, failure=f"{path.name} is one too many at once.") if is_too_much else _read(path)
        pixels += 0 if arrival.stamped is None else arrival.stamped.image.size // 3
        arrivals.append(arrival)
    return tuple(arrivals)


def _read(path: Path) -> Arrival:
    try:
        return Arrival(path, stamped=read_png(path))
    except AlienLabError as error:
        foreign = read_foreign(path) if isinstance(error, ImageError) else None
        return Arrival(path, foreign=foreign, failure="" if foreign is not None else str(error))
    except OSError as error:
        return Arrival(path, failure=f"{path.name} cannot be read: {error.strerror or error}.")


def _holds_session(path: Path) -> bool:
    try:
        return path.is_dir() and is_session(path)
    except OSError:
        return False
