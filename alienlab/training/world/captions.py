"""A scene in words: a small grammar with synonyms and left-out parts."""

from __future__ import annotations

import random

from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.scenes import Background, Figure, Ground, PartyHat, Place, Scene, Size, Style

GROUND_PHRASES: dict[Ground, tuple[str, ...]] = {
    Ground.GRASS: ("on the grass", "on grass", "in a meadow"),
    Ground.SNOW: ("in the snow", "in snow", "in winter"),
    Ground.BEACH: ("on the beach", "at the beach"),
    Ground.SUNSET: ("at sunset", "in the evening"),
    Ground.NIGHT: ("at night", "under the stars", "in a starry night"),
    Ground.CITY: ("in the city", "in a city"),
    Ground.STRIPES: ("with stripes", "on a striped background"),
    Ground.DOTS: ("with dots", "on a dotted background"),
    Ground.SEA: ("on the sea", "at sea"),
    Ground.MOUNTAINS: ("in the mountains",),
    Ground.FOREST: ("in a forest", "in the woods"),
    Ground.ROOM: ("in a room", "indoors"),
}

EMPTY_PHRASES: dict[Ground, tuple[str, ...]] = {
    Ground.GRASS: ("grass", "a meadow"),
    Ground.SNOW: ("snow", "winter"),
    Ground.BEACH: ("a beach", "the beach"),
    Ground.SUNSET: ("a sunset", "the evening"),
    Ground.NIGHT: ("a starry night", "the night sky"),
    Ground.CITY: ("a city", "a city skyline"),
    Ground.STRIPES: ("stripes",),
    Ground.DOTS: ("dots",),
    Ground.SEA: ("the sea",),
    Ground.MOUNTAINS: ("mountains", "a landscape with mountains"),
    Ground.FOREST: ("a forest",),
    Ground.ROOM: ("an empty room", "a room"),
}

STYLE_PHRASES: dict[Style, tuple[str, ...]] = {
    Style.SOLID: ("",),
    Style.FLAT: ("a flat picture of ", "a flat drawing of "),
    Style.PENCIL: ("a pencil drawing of ", "a sketch of "),
    Style.DOTTED: ("a dotted picture of ", "a halftone picture of "),
    Style.PIXELATED: ("pixel art of ", "a pixelated picture of "),
    Style.PAINTED: ("a painting of ", "an oil painting of "),
}

PLURAL_LIKE = ("glasses", "sunglasses", "flowers", "books", "cherries", "grapes", "scissors")


class Captioner:
    """Writes captions; with ``plain`` the full one with the usual words, else with a chance of each variation."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def plain(self, scene: Scene) -> str:
        """The caption that leaves nothing out and takes the first of all synonyms."""
        return self._caption(scene, _First())

    def varied(self, scene: Scene, generator: random.Random) -> str:
        return self._caption(scene, _Varied(generator))

    def _caption(self, scene: Scene, words: _First) -> str:
        style = words.choose(STYLE_PHRASES[scene.style])
        if scene.pattern is not None:
            colours = " and ".join(scene.background.colours)
            return f"{style}a {scene.pattern} pattern" + (f" in {colours}" if words.keep(0.6) else "")
        if not scene.figures:
            return style + self._empty(scene.background, words)
        subject = " and ".join(self._figure(figure, scene, words) for figure in scene.figures)
        place = "" if scene.place is Place.MIDDLE else f" on the {scene.place}"
        return style + subject + place + self._ground(scene.background, words)

    def _figure(self, figure: Figure, scene: Scene, words: _First) -> str:
        size = "" if scene.size is Size.NORMAL else f"{scene.size} "
        colour = f"{figure.colour} " if figure.colour else ""
        noun = words.choose(self._catalogue[figure.name].words)
        text = words.article(size + colour + noun)
        if figure.hat is not None:
            joint = words.choose((" in ", " wearing ", " with "))
            text += joint + _with_article(self._hat(figure.hat, words))
        if figure.worn is not None:
            text += " with " + _with_article(words.choose(self._catalogue[figure.worn].words))
        if figure.garment is not None:
            text += words.choose((" in ", " wearing ")) + _with_article(
                words.choose(self._catalogue[figure.garment].words)
            )
        return text

    def _hat(self, hat: str | PartyHat, words: _First) -> str:
        if isinstance(hat, str):
            return words.choose(self._catalogue[hat].words)
        colour = f"{hat.colours[0]} " if words.keep(0.4) else ""
        return f"{colour}party hat"

    def _ground(self, background: Background, words: _First) -> str:
        if not words.keep(0.66):
            return ""
        if background.ground is Ground.PLAIN:
            colour = background.colours[0]
            return words.choose((f" on {colour}", f" on {_with_article(colour)} background"))
        if background.ground is Ground.GRADIENT:
            return f" on {' and '.join(background.colours)}"
        return " " + words.choose(GROUND_PHRASES[background.ground])

    def _empty(self, background: Background, words: _First) -> str:
        if background.ground is Ground.PLAIN:
            return words.choose((f"plain {background.colours[0]}", background.colours[0]))
        if background.ground is Ground.GRADIENT:
            return f"a gradient from {background.colours[0]} to {background.colours[1]}"
        return words.choose(EMPTY_PHRASES[background.ground])


class _First:
    """Choices of the plain caption."""

    def choose(self, phrases: tuple[str, ...]) -> str:
        return phrases[0]

    def keep(self, share: float) -> bool:
        """Whether a part is said at all; ``share`` of the varied captions say it."""
        return True

    def article(self, noun: str) -> str:
        return _with_article(noun)


class _Varied(_First):
    def __init__(self, generator: random.Random) -> None:
        self._generator = generator

    def choose(self, phrases: tuple[str, ...]) -> str:
        return phrases[0] if self._generator.random() < 0.6 else self._generator.choice(phrases)

    def keep(self, share: float) -> bool:
        return self._generator.random() < share

    def article(self, noun: str) -> str:
        return noun if self._generator.random() < 0.08 else _with_article(noun)


def _with_article(noun: str) -> str:
    if noun.split()[-1] in PLURAL_LIKE or noun.startswith(("planet earth", "a ")):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
