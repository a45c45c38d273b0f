"""Images that are no renders of a session, kept in its folder by what they hold."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from alienlab.domain.brain import FLAGGED
from alienlab.domain.differences import AnyRecipe
from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.domain.outside import OutsideRecipe
from alienlab.domain.recipe import LabRecipe
from alienlab.session.files import write_atomically
from alienlab.session.log.reading import BLOBS_FOLDER, SessionReader
from alienlab.session.outside.any_image import read_any_image
from alienlab.session.outside.foreign_png import ForeignRecipe, read_foreign
from alienlab.session.png import read_pixels, read_stamp

LONGEST_NAME = 100
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OutsideImage:
    """Pixels, and as much of a recipe as there is."""

    image: Image
    recipe: AnyRecipe
    computation_id: str = ""
    """Empty where it is not known for certain."""
    is_flagged: bool = False
    """Whether a safety checker would not show it."""


def read_outside(path: Path) -> OutsideImage:
    """An image file of any program, with what it says of how it was made. Its pixels are decoded.

    Raises ImageError where it cannot be read, or is too large to be.
    """
    image = read_any_image(path)
    try:
        stamp = read_stamp(path)
    except ImageError:
        return OutsideImage(image=image, recipe=_recipe(path, image, read_foreign(path)))
    key = stamp.recipe.id() if isinstance(stamp.recipe, LabRecipe) else ""
    return OutsideImage(
        image=image, recipe=stamp.recipe, computation_id=key, is_flagged=FLAGGED in stamp.provenance.notes
    )


class OutsideImages:
    """Images of a session's folder ``blobs``. May be called from any thread."""

    def __init__(self, session: SessionReader) -> None:
        self._folder = session.folder / BLOBS_FOLDER

    def keep(self, image: Image) -> str:
        """Keep the pixels, and nothing else of where they come from. Returns the SHA-256 of their file.

        Raises DiskFull or SessionError.
        """
        buffer = io.BytesIO()
        Pillow.fromarray(np.ascontiguousarray(image)).save(buffer, "PNG")
        data = buffer.getvalue()
        blob = hashlib.sha256(data).hexdigest()
        if not self.file(blob).is_file():
            write_atomically(self.file(blob), data)
        return blob

    def load(self, blob: str) -> Image:
        """Raises ImageError where the file is gone, damaged or was changed."""
        file = self.file(blob)
        try:
            is_as_kept = hashlib.sha256(file.read_bytes()).hexdigest() == blob
        except OSError as error:
            raise ImageError(f"The image of a pin is gone: {file}. Put it back, or pin it again.") from error
        if not is_as_kept:
            raise ImageError(f"The image of a pin was changed: {file}. Pin it again.")
        return read_pixels(file)

    def file(self, blob: str) -> Path:
        """Raises ImageError for what is no SHA-256."""
        if not _HASH.fullmatch(blob):
            raise ImageError("The image of a pin cannot be found: its name is malformed. Pin it again.")
        return self._folder / f"{blob}.png"


def _recipe(path: Path, image: Image, said: ForeignRecipe | None) -> OutsideRecipe:
    name = "".join(sign for sign in path.name if sign.isprintable())[:LONGEST_NAME] or "image"
    height, width = image.shape[:2]
    if said is None:
        return OutsideRecipe(name=name, width=width, height=height)
    return OutsideRecipe(
        name=name,
        width=width,
        height=height,
        tool=said.tool or "",
        prompt=said.prompt,
        negative=said.negative,
        seed=said.seed,
        steps=said.steps,
        guidance=said.guidance,
    )
