"""Draws what is behind the figures."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from alienlab.training.world.colours import COLOURS, RGB, mixed
from alienlab.training.world.scenes import Background, Ground

OVERSAMPLING = 2
Painter = Callable[[ImageDraw.ImageDraw, int, random.Random], None]


def draw_background(background: Background, size: int, generator: random.Random) -> Image.Image:
    """An RGB picture of ``size`` × ``size`` pixels."""
    side = size * OVERSAMPLING
    colours = [varied(COLOURS[name], generator) for name in background.colours]
    if background.ground is Ground.PLAIN:
        return plain(colours[0], size, generator)
    if background.ground is Ground.GRADIENT:
        return gradient(colours[0], colours[1], size, generator.uniform(0, 2 * np.pi))
    if background.ground is Ground.STRIPES:
        image = _stripes(colours[0], colours[1], side, generator)
    elif background.ground is Ground.DOTS:
        image = _dots(colours[0], colours[1], side, generator)
    else:
        image = Image.new("RGB", (side, side))
        _SCENERY[background.ground](ImageDraw.Draw(image), side, generator)
    return image.resize((size, size), Image.Resampling.BOX)


def varied(colour: RGB, generator: random.Random, amount: int = 14) -> RGB:
    red, green, blue = (min(255, max(0, value + generator.randint(-amount, amount))) for value in colour)
    return red, green, blue


def plain(colour: RGB, size: int, generator: random.Random) -> Image.Image:
    """One colour, a little lighter at the top."""
    light = mixed(colour, (255, 255, 255), generator.uniform(0, 0.22))
    return gradient(light, colour, size, np.pi / 2)


def gradient(first: RGB, second: RGB, size: int, angle: float) -> Image.Image:
    axis = np.linspace(-1, 1, size, dtype=np.float32)
    ramp = np.cos(angle) * axis[None, :] + np.sin(angle) * axis[:, None]
    share = ((ramp - ramp.min()) / (ramp.max() - ramp.min()))[..., None]
    return _image(np.array(first) * (1 - share) + np.array(second) * share)


def _image(values: NDArray[np.floating]) -> Image.Image:
    return Image.fromarray(values.clip(0, 255).astype(np.uint8), "RGB")


def _stripes(first: RGB, second: RGB, side: int, generator: random.Random) -> Image.Image:
    y, x = np.mgrid[0:side, 0:side]
    angle = generator.choice((0.0, np.pi / 2, np.pi / 4, -np.pi / 4))
    width = side * generator.uniform(0.07, 0.12)
    band = ((np.cos(angle) * x + np.sin(angle) * y) / width + generator.random()) % 2 < 1
    return _image(np.where(band[..., None], first, second).astype(np.float32))


def _dots(first: RGB, second: RGB, side: int, generator: random.Random) -> Image.Image:
    y, x = np.mgrid[0:side, 0:side]
    pitch = side * generator.uniform(0.14, 0.2)
    row = np.floor(y / pitch)
    dx = (x / pitch + 0.5 * (row % 2)) % 1 - 0.5
    dot = dx**2 + ((y / pitch) % 1 - 0.5) ** 2 < generator.uniform(0.05, 0.09)
    return _image(np.where(dot[..., None], second, first).astype(np.float32))


def _sky(draw: ImageDraw.ImageDraw, side: int, top: RGB, bottom: RGB, end: float = 1.0) -> None:
    last = round(side * end)
    for y in range(last):
        draw.line((0, y, side, y), fill=mixed(top, bottom, y / max(1, last - 1)))


def _hill(draw: ImageDraw.ImageDraw, side: int, horizon: float, colour: RGB, generator: random.Random) -> None:
    phase, bend = generator.uniform(0, 6.28), generator.uniform(0.01, 0.04)
    line = [(x, side * (horizon + bend * np.sin(phase + 5 * x / side))) for x in range(0, side + 4, 4)]
    draw.polygon([*line, (side, side), (0, side)], fill=colour)


def _grass(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((108, 178, 240), generator), (208, 234, 250))
    horizon = generator.uniform(0.5, 0.68)
    _hill(draw, side, horizon, varied((120, 196, 84), generator), generator)
    _hill(draw, side, horizon + 0.14, varied((86, 168, 66), generator), generator)


def _snow(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((150, 182, 214), generator), (214, 226, 238))
    _hill(draw, side, generator.uniform(0.55, 0.7), (240, 245, 250), generator)
    for _ in range(26):
        _spot(draw, side, generator, (255, 255, 255), 0.008, 0.016)


def _beach(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((92, 184, 238), generator), (196, 232, 248), 0.5)
    horizon, shore = generator.uniform(0.42, 0.5), generator.uniform(0.62, 0.72)
    draw.rectangle((0, side * horizon, side, side), fill=varied((44, 146, 190), generator))
    _hill(draw, side, shore - 0.02, (226, 244, 246), generator)
    _hill(draw, side, shore + 0.02, varied((238, 212, 150), generator), generator)


def _sunset(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((92, 52, 128), generator), varied((252, 152, 72), generator), 0.72)
    x, radius = side * generator.uniform(0.2, 0.8), side * generator.uniform(0.09, 0.13)
    y = side * generator.uniform(0.5, 0.66)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(255, 226, 120))
    _hill(draw, side, 0.72, varied((62, 34, 70), generator), generator)


def _night(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((10, 14, 44), generator, 8), varied((40, 44, 104), generator, 10))
    for _ in range(30):
        _spot(draw, side, generator, (250, 246, 214), 0.006, 0.015)


def _city(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((148, 184, 222), generator), (224, 224, 226))
    x = 0.0
    while x < side:
        width, top = side * generator.uniform(0.12, 0.2), side * generator.uniform(0.2, 0.6)
        tower = varied((104, 112, 132), generator, 20)
        draw.rectangle((x, top, x + width, side), fill=tower)
        pane = width / 4
        for row in np.arange(top + pane, side, pane * 2):
            draw.rectangle((x + pane, row, x + 3 * pane, row + pane), fill=(206, 196, 158))
        x += width


def _sea(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((120, 196, 240), generator), (214, 238, 250), 0.5)
    for step in range(5):
        shade = mixed((60, 160, 210), (16, 74, 140), step / 4)
        _hill(draw, side, 0.46 + 0.11 * step, shade, generator)


def _mountains(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, varied((136, 190, 236), generator), (226, 236, 244))
    for _ in range(3):
        x, height = side * generator.uniform(0, 1), side * generator.uniform(0.35, 0.55)
        base, peak = side * 0.78, side * 0.78 - height
        draw.polygon([(x - height, base), (x, peak), (x + height, base)], fill=varied((112, 118, 136), generator))
        cap = height * 0.3
        draw.polygon([(x - cap, peak + cap), (x, peak), (x + cap, peak + cap)], fill=(244, 246, 250))
    _hill(draw, side, 0.76, varied((96, 150, 84), generator), generator)


def _forest(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    _sky(draw, side, (176, 214, 190), (206, 226, 190))
    for depth in range(2):
        green = mixed((84, 140, 100), (38, 96, 58), depth)
        for _ in range(7):
            x, width = side * generator.uniform(-0.1, 1.1), side * generator.uniform(0.1, 0.16)
            base = side * (0.66 + 0.12 * depth)
            draw.polygon([(x - width, base), (x, base - 4 * width), (x + width, base)], fill=varied(green, generator))
    _hill(draw, side, 0.76, varied((88, 122, 62), generator), generator)


def _room(draw: ImageDraw.ImageDraw, side: int, generator: random.Random) -> None:
    wall, floor = varied((222, 200, 172), generator, 24), varied((150, 104, 70), generator, 16)
    draw.rectangle((0, 0, side, side), fill=wall)
    draw.rectangle((0, side * 0.74, side, side), fill=floor)
    draw.rectangle((0, side * 0.72, side, side * 0.75), fill=(244, 240, 232))
    x = side * generator.choice((0.08, 0.66))
    draw.rectangle((x, side * 0.14, x + side * 0.26, side * 0.48), fill=(244, 240, 232))
    draw.rectangle((x + side * 0.03, side * 0.17, x + side * 0.23, side * 0.45), fill=(150, 204, 240))


def _spot(
    draw: ImageDraw.ImageDraw, side: int, generator: random.Random, colour: RGB, smallest: float, largest: float
) -> None:
    x, y = side * generator.random(), side * generator.random()
    radius = side * generator.uniform(smallest, largest)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


_SCENERY: dict[Ground, Painter] = {
    Ground.GRASS: _grass,
    Ground.SNOW: _snow,
    Ground.BEACH: _beach,
    Ground.SUNSET: _sunset,
    Ground.NIGHT: _night,
    Ground.CITY: _city,
    Ground.SEA: _sea,
    Ground.MOUNTAINS: _mountains,
    Ground.FOREST: _forest,
    Ground.ROOM: _room,
}
