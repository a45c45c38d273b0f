"""Draws a scene."""

from __future__ import annotations

import random

from PIL import Image, ImageFilter

from alienlab.training.world.backgrounds import draw_background
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.colours import COLOURS
from alienlab.training.world.party_hats import BRIM, draw_party_hat
from alienlab.training.world.patterns import draw_pattern
from alienlab.training.world.scenes import Figure, PartyHat, Place, Scene, Size
from alienlab.training.world.sprites import load_sprite, recoloured, scaled, scalp
from alienlab.training.world.styles import in_style

WIDTHS = {Size.SMALL: (0.26, 0.34), Size.NORMAL: (0.54, 0.66), Size.LARGE: (0.78, 0.88)}
"""Of a figure that stands alone, as shares of the picture's side."""

PARTY_HAT_WIDTH = 0.6


class SceneArtist:
    """Draws scenes as square RGB pictures of ``size`` pixels."""

    def __init__(self, catalogue: Catalogue, size: int = 128) -> None:
        self._catalogue, self._size = catalogue, size

    def draw(self, scene: Scene) -> Image.Image:
        """The same scene gives the same picture."""
        generator = random.Random(scene.seed ^ 0x5EED)
        if scene.pattern is not None:
            canvas = draw_pattern(scene.pattern, scene.background, self._size, generator)
        else:
            canvas = draw_background(scene.background, self._size, generator)
        places = self._places(scene, generator)
        for figure, (x, y, width) in zip(scene.figures, places, strict=True):
            self._draw_figure(canvas, figure, x, y, width, generator)
        return in_style(canvas, scene.style)

    def _places(self, scene: Scene, generator: random.Random) -> list[tuple[float, float, float]]:
        """For each figure the centre and the width, in shares of the picture's side."""
        count = len(scene.figures)
        if count == 0:
            return []
        if count == 1:
            width = generator.uniform(*WIDTHS[scene.size])
            centre = {Place.LEFT: 0.24, Place.MIDDLE: 0.5, Place.RIGHT: 0.76}[scene.place]
            return [(centre + generator.uniform(-0.05, 0.05), self._height(scene, generator), width)]
        width = {2: 0.42, 3: 0.31}.get(count, 0.3) * generator.uniform(0.92, 1.0)
        step = 1 / count
        return [
            (step * (index + 0.5) + generator.uniform(-0.02, 0.02), 0.56 + generator.uniform(-0.05, 0.05), width)
            for index in range(count)
        ]

    def _height(self, scene: Scene, generator: random.Random) -> float:
        """A hat needs room above its wearer, a garment below."""
        figure = scene.figures[0]
        if figure.garment is not None:
            return 0.36 + generator.uniform(-0.03, 0.03)
        middle = 0.63 if figure.hat is not None else 0.54
        return middle + generator.uniform(-0.04, 0.04)

    def _draw_figure(
        self, canvas: Image.Image, figure: Figure, x: float, y: float, width: float, generator: random.Random
    ) -> None:
        if figure.garment is not None:
            width *= 0.82
        file = self._catalogue.sprite_file(self._catalogue[figure.name])
        sprite = load_sprite(file)
        span = width * self._size * sprite.width / max(sprite.size)
        body = scaled(sprite, span)
        if figure.colour is not None:
            body = recoloured(body, COLOURS[figure.colour])
        left, top = x * self._size - body.width / 2, y * self._size - body.height / 2
        if figure.garment is not None:
            self._below(canvas, figure.garment, x * self._size, top + body.height * 0.9, body.width * 1.25)
        _cast_shadow(canvas, body, left, top)
        _paste(canvas, body, left, top)
        if figure.worn is not None:
            self._wear(canvas, figure.worn, body, left, top)
        if figure.hat is not None:
            crown = top + scalp(file) * body.height
            self._put_on(canvas, figure.hat, left + body.width / 2, crown, body.width, generator)

    def _put_on(
        self, canvas: Image.Image, hat: str | PartyHat, x: float, crown: float, wearer: float, generator: random.Random
    ) -> None:
        if isinstance(hat, PartyHat):
            picture = scaled(draw_party_hat(hat, generator), wearer * PARTY_HAT_WIDTH)
            base = crown + picture.height * (1 - BRIM) + wearer * 0.05
        else:
            entry = self._catalogue[hat]
            picture = scaled(load_sprite(self._catalogue.sprite_file(entry)), wearer * entry.width)
            base = crown + picture.height * entry.overlap + wearer * 0.04
        picture = picture.rotate(generator.uniform(-8, 8), Image.Resampling.BICUBIC, expand=False)
        _paste(canvas, picture, x - picture.width / 2, base - picture.height)

    def _wear(self, canvas: Image.Image, worn: str, body: Image.Image, left: float, top: float) -> None:
        width, height = {"scarf": (0.6, 0.86), "bow": (0.4, -0.02)}.get(worn, (0.72, 0.36))
        picture = scaled(load_sprite(self._catalogue.sprite_file(self._catalogue[worn])), body.width * width)
        _paste(canvas, picture, left + (body.width - picture.width) / 2, top + body.height * height)

    def _below(self, canvas: Image.Image, garment: str, x: float, top: float, width: float) -> None:
        picture = scaled(load_sprite(self._catalogue.sprite_file(self._catalogue[garment])), width)
        _paste(canvas, picture, x - picture.width / 2, top)


def _paste(canvas: Image.Image, picture: Image.Image, left: float, top: float) -> None:
    canvas.paste(picture, (round(left), round(top)), picture)


def _cast_shadow(canvas: Image.Image, body: Image.Image, left: float, top: float) -> None:
    """A soft shadow, a little down and to the right."""
    shift = max(1, body.width // 24)
    alpha = body.getchannel("A").filter(ImageFilter.BoxBlur(shift)).point(lambda value: value * 0.3)
    canvas.paste((20, 20, 30), (round(left) + shift, round(top) + shift), alpha)
