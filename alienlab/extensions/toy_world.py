"""Images of the toy world, as they come with the application."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from alienlab.domain.errors import AlienLabError
from alienlab.session.paths import toy_images_file

SIDE = 32
"""Of an image in the file, in pixels."""


def toy_images(number: int, *, side: int = SIDE, first: int = 0) -> NDArray[np.uint8]:
    """Images [number, side, side, 3], counted from ``first``; after the last the same follow as in a mirror.

    Raises AlienLabError where more are wanted than there are.
    """
    kept = _kept()
    if min(first, number) < 0 or first + number > 2 * len(kept):
        raise AlienLabError(f"The toy world has {2 * len(kept):,} images here. Take fewer.")
    if not 1 <= side <= 512:
        raise AlienLabError("Images of the toy world have from 1 to 512 pixels a side.")
    places = np.arange(first, first + number)
    images = kept[places % len(kept)]
    mirrored = places >= len(kept)
    images[mirrored] = images[mirrored][:, :, ::-1]
    return images if side == SIDE else np.stack([_resized(image, side) for image in images])


@lru_cache(maxsize=1)
def _kept() -> NDArray[np.uint8]:
    """All images of the contact sheet, row by row."""
    try:
        with Pillow.open(toy_images_file(), formats=("WEBP",)) as sheet:
            pixels = np.array(sheet.convert("RGB"))
    except OSError as error:
        raise AlienLabError(f"The images of the toy world cannot be read: {error}. Install AlienLab anew.") from error
    rows, columns = pixels.shape[0] // SIDE, pixels.shape[1] // SIDE
    cells = pixels.reshape(rows, SIDE, columns, SIDE, 3).swapaxes(1, 2)
    return cells.reshape(rows * columns, SIDE, SIDE, 3)


def _resized(image: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    way = Pillow.Resampling.BICUBIC if side > SIDE else Pillow.Resampling.BOX
    return np.array(Pillow.fromarray(image).resize((side, side), way))
