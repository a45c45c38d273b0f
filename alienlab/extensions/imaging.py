"""Turns what an experiment shows into one picture: what becomes the render. The same exhibit, the same pixels."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image as Pillow

from alienlab.domain.events import Image
from alienlab.domain.laboratories.exhibits import Cloud, Film, Main, Picture, Plot, Wall
from alienlab.domain.recipe import MAX_SIDE
from alienlab.extensions.cloud_picture import cloud_picture
from alienlab.extensions.plot_picture import plot_picture

GROUND = (24, 26, 29)
"""Between the pictures of a wall, and around plots and clouds: neutral and dark, as in the window."""
GAP = 4


def image_of(main: Main) -> Image:
    """RGB pixels with sides of at most MAX_SIDE; a film shows its last frame."""
    match main:
        case Picture(pixels=pixels):
            return np.ascontiguousarray(pixels)
        case Wall():
            return _wall(main)
        case Film(frames=frames):
            return np.ascontiguousarray(frames[-1])
        case Cloud():
            return cloud_picture(main, ground=GROUND)
        case Plot():
            return plot_picture(main, ground=GROUND)


def _wall(wall: Wall) -> Image:
    """Each picture in the middle of its cell; all are made smaller alike where they would not fit."""
    columns = min(wall.columns, len(wall.pictures))
    rows = math.ceil(len(wall.pictures) / columns)
    height = max(picture.pixels.shape[0] for picture in wall.pictures)
    width = max(picture.pixels.shape[1] for picture in wall.pictures)
    fit, gap = min(_fit(columns, width), _fit(rows, height))
    cell = (max(1, int(height * fit)), max(1, int(width * fit)))
    shape = (rows * cell[0] + (rows - 1) * gap, columns * cell[1] + (columns - 1) * gap, 3)
    canvas = np.full(shape, GROUND, np.uint8)
    for place, picture in enumerate(wall.pictures):
        pixels = picture.pixels if fit == 1.0 else _smaller(picture.pixels, fit)
        top = place // columns * (cell[0] + gap) + (cell[0] - pixels.shape[0]) // 2
        left = place % columns * (cell[1] + gap) + (cell[1] - pixels.shape[1]) // 2
        canvas[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return canvas


def _fit(count: int, side: int) -> tuple[float, int]:
    """By how much pictures must shrink so that so many of them stay within MAX_SIDE, and the gap between them then."""
    if count * side + (count - 1) * GAP <= MAX_SIDE:
        return 1.0, GAP
    gap = 1 if 2 * count <= MAX_SIDE else 0
    return (MAX_SIDE - (count - 1) * gap) / (count * side), gap


def _smaller(pixels: Image, fit: float) -> Image:
    size = (max(1, int(pixels.shape[1] * fit)), max(1, int(pixels.shape[0] * fit)))
    return np.array(Pillow.fromarray(np.ascontiguousarray(pixels)).resize(size, Pillow.Resampling.BOX))
