"""Landscapes, basins and ways as pixels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw

from alienlab.api import Image, colour_map
from alienlab_wells.landscape import EXTENT, Array, Landscape, grid
from alienlab_wells.resting import Rest
from alienlab_wells.rolling import NOWHERE, Ends

COLOURS = np.array(
    [
        (70, 160, 235),
        (245, 150, 55),
        (95, 195, 110),
        (225, 85, 105),
        (165, 125, 220),
        (240, 215, 90),
        (80, 205, 205),
        (235, 140, 200),
        (190, 155, 115),
        (205, 210, 215),
        (150, 190, 70),
        (120, 120, 200),
    ],
    np.float64,
)
"""Of the wells."""
_NOWHERE = np.array((30, 32, 38), np.float64)
_DARKEST = 0.2
_RELIEF = "matlab:bone"
_HIGHEST = 82.0
"""Heights above this percentile look alike."""
_LEVELS = 14


def colours_of(numbers: Array) -> NDArray[np.float64]:
    """[..., 3]"""
    return np.where((numbers == NOWHERE)[..., None], _NOWHERE, COLOURS[numbers % len(COLOURS)])


def painted_basins(found: Ends, side: int) -> Image:
    """A colour for each well, darker where it takes longer; at least ``side`` pixels a side."""
    detail = round(len(found.places) ** 0.5)
    caught = found.seconds[found.places != NOWHERE]
    slow = float(np.percentile(caught, 97)) if len(caught) else 1.0
    shades = 1 - (1 - _DARKEST) * np.clip(found.seconds / max(slow, 1e-6), 0, 1) ** 0.8
    pixels = np.rint(colours_of(found.places) * shades[:, None]).astype(np.uint8).reshape(detail, detail, 3)
    times = max(1, round(side / detail))
    return pixels.repeat(times, axis=0).repeat(times, axis=1)


def painted_landscape(landscape: Landscape, side: int) -> Image:
    """Deep places are dark; lines of equal height."""
    x, y = grid(side, np.float32)
    heights = landscape.height(x, y).reshape(side, side)
    low, high = float(heights.min()), float(np.percentile(heights, _HIGHEST))
    shares = np.clip((heights - low) / max(high - low, 1e-9), 0, 1)
    levels = np.floor(shares * _LEVELS)
    edges = np.zeros_like(shares, bool)
    edges[1:] |= levels[1:] != levels[:-1]
    edges[:, 1:] |= levels[:, 1:] != levels[:, :-1]
    tones = 0.06 + 0.34 * shares**0.8 + 0.09 * edges
    return colour_map(tones, _RELIEF)


def with_rests(pixels: Image, rests: Sequence[Rest], numbers: Sequence[int]) -> Image:
    """A ring at each resting place, in the colour of its well."""
    painted = Pillow.fromarray(np.ascontiguousarray(pixels))
    pen = ImageDraw.Draw(painted)
    for rest, number in zip(rests, numbers, strict=True):
        x, y = (float(one) for one in _pixels(np.array([[rest.x, rest.y]]), painted.width)[0])
        colour = tuple(int(part) for part in COLOURS[number % len(COLOURS)])
        pen.ellipse([x - 6, y - 6, x + 6, y + 6], fill=(16, 18, 22), outline=(255, 255, 255), width=1)
        pen.ellipse([x - 3, y - 3, x + 3, y + 3], fill=colour)
    return np.array(painted)


def with_ways(pixels: Image, ways: Array, numbers: Array, *, first_width: int = 3) -> Image:
    """Ways [steps, balls, 2] in the colours of their wells; the first ball's lies above the others, and is thicker."""
    painted = Pillow.fromarray(np.ascontiguousarray(pixels))
    pen = ImageDraw.Draw(painted)
    for ball in reversed(range(ways.shape[1])):
        line = [(float(x), float(y)) for x, y in _pixels(ways[:, ball], painted.width)]
        colour = tuple(int(part) for part in colours_of(numbers[ball : ball + 1])[0])
        if ball == 0:
            pen.line(line, fill=(12, 14, 18), width=first_width + 3, joint="curve")
            pen.line(line, fill=(255, 255, 255), width=first_width, joint="curve")
        else:
            pen.line(line, fill=colour, width=1)
    return np.array(painted)


def filmed(pixels: Image, ways: Array, colours: NDArray[np.float64]) -> tuple[Image, ...]:
    """Balls at [frames, balls, 2] as dots with fading tails."""
    side = pixels.shape[0]
    glow = np.zeros(pixels.shape, np.float32)
    frames: list[Image] = []
    for places in ways:
        glow *= 0.72
        columns, rows = np.rint(_pixels(places, side)).astype(np.int64).T
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                seen = (rows + down >= 0) & (rows + down < side) & (columns + right >= 0) & (columns + right < side)
                glow[rows[seen] + down, columns[seen] + right] = colours[seen]
        frames.append(np.maximum(pixels, glow.astype(np.uint8)))
    return tuple(frames)


def _pixels(places: Array, side: int) -> NDArray[np.float64]:
    """[n, 2]: columns and rows of places (x, y)."""
    return np.stack([(places[:, 0] / EXTENT + 1) / 2, (1 - places[:, 1] / EXTENT) / 2], axis=1) * side - 0.5
