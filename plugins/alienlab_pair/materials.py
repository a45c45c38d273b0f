"""The two images that the network learns, with their words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageOps

from alienlab.api import Image, Values, Workbench
from alienlab_pair.pictures import SIDE, drawn


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two images and what they are called."""

    images: NDArray[np.float32]
    """[2, 3, side, side], from -1 to 1."""
    words: tuple[str, str]

    @property
    def key(self) -> str:
        """The same for equal pairs."""
        return hashlib.sha256(self.images.tobytes() + "\0".join(self.words).encode()).hexdigest()

    @property
    def apart(self) -> float:
        """Distance between the two: the root of the mean squared difference of their values."""
        return float(np.sqrt(np.mean((self.images[0] - self.images[1]) ** 2)))


def pair_of(values: Values, workbench: Workbench) -> Pair:
    """The images that were chosen, or the laboratory's own."""
    images = [_image("first", "cat", values, workbench), _image("second", "fox", values, workbench)]
    words = (values.text("first_word").strip() or "first", values.text("second_word").strip() or "second")
    return Pair(np.stack([to_signal(image) for image in images]), words)


def to_signal(image: Image) -> NDArray[np.float32]:
    """[3, h, w] from -1 to 1 of RGB bytes [h, w, 3]."""
    return np.ascontiguousarray(image.transpose(2, 0, 1)).astype(np.float32) / np.float32(127.5) - np.float32(1)


def to_pixels(signal: NDArray[np.floating]) -> Image:
    """RGB bytes [..., h, w, 3] of [..., 3, h, w]; what lies outside -1 to 1 is cut off."""
    levels = np.rint((np.clip(np.nan_to_num(signal), -1, 1) + 1) * 127.5).astype(np.uint8)
    return np.ascontiguousarray(np.moveaxis(levels, -3, -1))


def _image(parameter: str, own: str, values: Values, workbench: Workbench) -> Image:
    material = values.material(parameter)
    if material is None:
        return drawn(own)
    whole = Pillow.fromarray(workbench.image(material))
    return np.asarray(ImageOps.fit(whole, (SIDE, SIDE), Pillow.Resampling.BOX))
