"""Drawing styles: what a finished picture goes through."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from alienlab.training.world.scenes import Style

PAPER = (248, 244, 232)


def in_style(image: Image.Image, style: Style) -> Image.Image:
    return _FILTERS[style](image)


def _flat(image: Image.Image) -> Image.Image:
    return ImageOps.posterize(image.filter(ImageFilter.ModeFilter(5)), 2).filter(ImageFilter.ModeFilter(3))


def _pencil(image: Image.Image) -> Image.Image:
    grey = np.asarray(image.convert("L").filter(ImageFilter.GaussianBlur(0.6)), np.float32)
    slope_y, slope_x = np.gradient(grey)
    line = (np.hypot(slope_x, slope_y) / 34).clip(0, 1)[..., None]
    return Image.fromarray((np.array(PAPER) * (1 - 0.85 * line)).astype(np.uint8), "RGB")


def _dotted(image: Image.Image) -> Image.Image:
    """A halftone screen: dark places give large dots."""
    size = image.width
    pitch = max(3, size // 20)
    y, x = np.mgrid[0:size, 0:size]
    distance = np.hypot(x % pitch - (pitch - 1) / 2, y % pitch - (pitch - 1) / 2) / pitch
    cells = size // pitch + 1
    coarse = np.asarray(image.resize((cells, cells), Image.Resampling.BOX), np.float32)
    colour = coarse.repeat(pitch, axis=0).repeat(pitch, axis=1)[:size, :size]
    radius = 0.62 * np.sqrt(1.05 - colour.mean(axis=2) / 255)
    share = ((radius - distance) * pitch + 0.5).clip(0, 1)[..., None]
    return Image.fromarray((np.array(PAPER) * (1 - share) + 0.8 * colour * share).astype(np.uint8), "RGB")


def _pixelated(image: Image.Image) -> Image.Image:
    small = image.resize((16, 16), Image.Resampling.BOX)
    return small.resize(image.size, Image.Resampling.NEAREST)


def _painted(image: Image.Image) -> Image.Image:
    size = max(3, image.width // 16) | 1
    return image.filter(ImageFilter.MedianFilter(size)).filter(ImageFilter.ModeFilter(3))


_FILTERS: dict[Style, Callable[[Image.Image], Image.Image]] = {
    Style.SOLID: lambda image: image,
    Style.FLAT: _flat,
    Style.PENCIL: _pencil,
    Style.DOTTED: _dotted,
    Style.PIXELATED: _pixelated,
    Style.PAINTED: _painted,
}
