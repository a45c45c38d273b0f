"""Party hats: shaded cones in two colours with a pattern and a pompom."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image

from alienlab.training.world.colours import COLOURS
from alienlab.training.world.scenes import PartyHat

PIXELS = 128
"""Side of the picture of a hat, before it is scaled to its wearer."""

BRIM = 0.93
"""Where the middle of the cone's rim lies, from the top, as a share of the picture's height."""


def draw_party_hat(hat: PartyHat, generator: random.Random) -> Image.Image:
    """The hat in RGBA; the rim of the cone bends down in the middle, as on a head."""
    y, x = np.mgrid[0:PIXELS, 0:PIXELS].astype(np.float32) / PIXELS
    down = (y - 0.13) / (BRIM - 0.13)
    half = 0.44 * down.clip(0.02, None)
    across = (x - 0.5) / half
    inside = (np.abs(across) < 1) & (down > 0) & (down < 0.93 + 0.09 * np.sqrt((1 - across**2).clip(0)))
    first, second = (np.array(COLOURS[name], np.float32) for name in hat.colours)
    mask = _pattern(hat.pattern, across, down, generator)[..., None]
    light = (1.12 - 0.5 * (across + 0.35) ** 2)[..., None].clip(0.45, 1.15)
    rgb = np.where(mask, second, first) * light
    alpha = inside * 255.0
    pompom = (x - 0.5) ** 2 + (y - 0.13) ** 2
    ball = pompom < 0.115**2
    shade = (1.1 - 20 * ((x - 0.46) ** 2 + (y - 0.09) ** 2))[..., None].clip(0.6, 1.1)
    rgb = np.where(ball[..., None], (0.4 * second + 0.6 * 255) * shade, rgb)
    alpha = np.where(ball, 255.0, alpha)
    return Image.fromarray(np.dstack([rgb, alpha]).clip(0, 255).astype(np.uint8), "RGBA")


def _pattern(name: str, across: np.ndarray, down: np.ndarray, generator: random.Random) -> np.ndarray:
    phase = generator.random()
    if name == "stripes":
        return (down * 3.2 + 0.35 * across * down + phase) % 1 < 0.42
    if name == "dots":
        rows = down * 3.6 + phase
        columns = across * down * 1.9 + 0.5 * (np.floor(rows) % 2)
        return (rows % 1 - 0.5) ** 2 + (columns % 1 - 0.5) ** 2 < 0.09
    zigzag = np.abs((across * down * 2.2 + phase) % 1 - 0.5)
    return (down * 2.6 + zigzag + phase) % 1 < 0.4
