"""Sprites as pictures: cropped, scaled, recoloured."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from alienlab.training.errors import TrainingError


@cache
def load_sprite(file: Path) -> Image.Image:
    """A sprite in RGBA, cropped to what is not transparent; raise TrainingError where it cannot be read."""
    try:
        image = Image.open(file).convert("RGBA")
    except (OSError, UnidentifiedImageError):
        raise TrainingError(f"The sprite {file} cannot be read. Restore resources/world/sprites.") from None
    box = image.getchannel("A").point([0] * 21 + [255] * 235).getbbox()
    if box is None:
        raise TrainingError(f"The sprite {file} is empty. Restore resources/world/sprites.")
    return image.crop(box)


@cache
def scalp(file: Path) -> float:
    """Where a head begins between its ears: from the top of the cropped sprite, as a share of its height."""
    alpha = np.asarray(load_sprite(file).getchannel("A"))
    middle = alpha[:, int(alpha.shape[1] * 0.44) : int(alpha.shape[1] * 0.56)] > 128
    return float(np.median(middle.argmax(axis=0))) / alpha.shape[0]


def scaled(image: Image.Image, width: float) -> Image.Image:
    """To ``width`` pixels, the shape kept."""
    height = image.height * width / image.width
    return image.resize((max(1, round(width)), max(1, round(height))), Image.Resampling.BICUBIC, reducing_gap=2.0)


def recoloured(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """The same shading in another colour; dark details such as eyes stay dark."""
    pixels = np.asarray(image, np.float32)
    light = pixels[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32) / 255
    tint = np.array(colour, np.float32)
    reference = max(0.35, float(np.median(light[pixels[..., 3] > 128])))
    tone = light[..., None] / reference
    tinted = np.where(tone <= 1, tint * tone, 255 - (255 - tint) / np.maximum(tone, 1) ** 2)
    return Image.fromarray(np.dstack([tinted.clip(0, 255), pixels[..., 3]]).astype(np.uint8), "RGBA")
