"""Reads images that AlienLab need not have made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.domain.recipe import MAX_SIDE

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, AttributeError)


def read_any_image(path: Path) -> Image:
    """The RGB pixels of an image, upright, without its transparency; what is larger than MAX_SIDE is made smaller.

    Raises ImageError where it cannot be read.
    """
    try:
        with Pillow.open(path, formats=FORMATS) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            return np.array(upright)
    except FileNotFoundError as error:
        raise ImageError(f"There is no image {path}.") from error
    except (*_BROKEN, Pillow.DecompressionBombError) as error:
        raise ImageError(f"{path.name} is not an image that can be read: it is damaged or no image.") from error
