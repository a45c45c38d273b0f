"""Small images of the world on one sheet, for laboratories: ``python -m alienlab.training.world.thumbnails``.

Scenes 0 to 5,119 of the imagining mixture are drawn at 128×128 pixels, averaged down to 32×32, and laid out row by
row. WebP keeps them in less than 4 MB; what it loses is far below what is seen at this size.
"""

from __future__ import annotations

import io
import sys

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from alienlab.session.files import write_atomically
from alienlab.session.paths import toy_images_file, world_folder
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.drawing import SceneArtist
from alienlab.training.world.held_out import held_out_compositions
from alienlab.training.world.sampling import SceneSampler

COLUMNS, ROWS, SIDE, DRAWN = 80, 64, 32, 128
QUALITY = 95


def thumbnail(artist: SceneArtist, sampler: SceneSampler, seed: int) -> NDArray[np.uint8]:
    """The scene with a number, at 32×32 pixels."""
    picture = artist.draw(sampler.scene(seed))
    return np.array(picture.resize((SIDE, SIDE), Pillow.Resampling.BOX))


def sheet(images: list[NDArray[np.uint8]]) -> bytes:
    """The file of COLUMNS × ROWS images."""
    cells = np.stack(images).reshape(ROWS, COLUMNS, SIDE, SIDE, 3).swapaxes(1, 2)
    buffer = io.BytesIO()
    pixels = Pillow.fromarray(cells.reshape(ROWS * SIDE, COLUMNS * SIDE, 3))
    pixels.save(buffer, "WEBP", quality=QUALITY, method=6)
    return buffer.getvalue()


def main() -> None:
    catalogue = Catalogue(world_folder())
    artist, sampler = SceneArtist(catalogue, DRAWN), SceneSampler(catalogue, held_out_compositions(world_folder()))
    images = []
    for seed in range(COLUMNS * ROWS):
        images.append(thumbnail(artist, sampler, seed))
        if sys.stderr.isatty():
            print(f"\r{seed + 1:,}", end="", file=sys.stderr)
    write_atomically(toy_images_file(), sheet(images))


if __name__ == "__main__":
    main()
