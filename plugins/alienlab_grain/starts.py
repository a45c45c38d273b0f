"""What feedback begins with, and how it is shown."""

from __future__ import annotations

import numpy as np
from PIL import Image as Pillow

from alienlab.api import Image, Values, Workbench, colour_map, to_bytes
from alienlab_grain.rounds import Feedback, Limit, Picture

_MAPS = {
    "grey": "gray",
    "copper": "matlab:copper",
    "blue": "matlab:bone",
    "fire": "bids:magma",
    "green": "bids:viridis",
}
_TOY = 17
"""Which image of the toy world is the laboratory's own."""


def feedback_of(values: Values) -> Feedback:
    return Feedback(
        blur=values.number("blur"),
        sharpening=values.number("sharpening"),
        radius=values.number("radius"),
        gain=values.number("gain"),
        limit=Limit(values.text("limit")),
        zoom=values.number("zoom"),
        turn=values.number("turn"),
    )


def start_of(values: Values, workbench: Workbench, side: int) -> Picture:
    """Noise drawn from the seed, or the picture."""
    kind = values.text("begins")
    contrast = values.number("contrast")
    if kind == "picture":
        return _picture(values, workbench, side)
    channels = 3 if kind == "coloured" else 1
    return np.float32(contrast) * workbench.random.standard_normal((channels, side, side), dtype=np.float32)


def painted(picture: Picture, colours: str, times: int = 1) -> Image:
    """One channel in the colours of a map, three as they are; each pixel ``times`` times as large."""
    shares = picture / 2 + 0.5
    pixels = to_bytes(np.moveaxis(shares, 0, 2)) if len(picture) == 3 else colour_map(shares[0], _MAPS[colours])
    return pixels.repeat(times, axis=0).repeat(times, axis=1) if times > 1 else pixels


def _picture(values: Values, workbench: Workbench, side: int) -> Picture:
    material = values.material("picture")
    pixels = workbench.toy_world(1, side=side, first=_TOY)[0] if material is None else workbench.image(material)
    return np.moveaxis(_squared(pixels, side).astype(np.float32) / 127.5 - 1, 2, 0)


def _squared(pixels: Image, side: int) -> Image:
    """The largest square in its middle, in this size."""
    height, width = pixels.shape[:2]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    square = Pillow.fromarray(np.ascontiguousarray(pixels[top : top + edge, left : left + edge]))
    return np.array(square.resize((side, side), Pillow.Resampling.LANCZOS))
