"""Reads images that AlienLab need not have made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from PIL import ImageOps

from alienlab.domain.errors import ImageError
from alienlab.domain.events import Image
from alienlab.domain.recipe import MAX_SIDE
from alienlab.session.png import MAX_FILE

MOST_PIXELS = 64 * 2**20
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, AttributeError)


def read_any_image(path: Path) -> Image:
    """The RGB pixels of an image, upright, without its transparency; what is larger than MAX_SIDE is made smaller.

    Raises ImageError where it cannot be read; one that is too large is refused before it is decoded.
    """
    try:
        with Pillow.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS or path.stat().st_size > MAX_FILE:
                raise Pillow.DecompressionBombError
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            return np.array(upright)
    except FileNotFoundError as error:
        raise ImageError(f"There is no image {path}.") from error
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ImageError(
            f"{path.name} is too large: AlienLab reads images of up to {MOST_PIXELS // 2**20} million pixels and "
            f"{MAX_FILE // 2**20} MiB. Make it smaller."
        ) from error
    except _BROKEN as error:
        raise ImageError(f"{path.name} is not an image that can be read: it is damaged or no image.") from error
