"""Random scenes: what is drawn how often, and what is never drawn."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from alienlab.training.world.catalogue import Catalogue, Entry, Family
from alienlab.training.world.colours import COLOURS
from alienlab.training.world.scenes import (
    CORE_GROUNDS,
    HAT_COLOURS,
    HAT_PATTERNS,
    Background,
    Figure,
    Ground,
    PartyHat,
    Pattern,
    Place,
    Scene,
    Size,
    Style,
)

FAVOURITES = {"cat": 4.0, "dog": 2.5}
"""How much more often than other heads: the experiments are about them."""


class Mixture(StrEnum):
    """What scenes are drawn for, which decides how often each kind comes."""

    IMAGINING = "imagining"
    """About three quarters are core scenes: heads with and without hats, core things, pairs and empty scenes, in the
    3D style. The rest adds other things, clothes, groups, colours, sizes, places, styles and patterns."""
    RECOGNISING = "recognising"
    """The same kinds, those more often that are hard to tell apart."""


SHARES = {
    Mixture.IMAGINING: {
        "hatted_head": 0.40,
        "bare_head": 0.12,
        "core_thing": 0.15,
        "pair": 0.05,
        "empty": 0.05,
        "other_thing": 0.07,
        "accessory": 0.04,
        "dressed": 0.03,
        "group": 0.01,
        "arranged": 0.03,
        "painted_figure": 0.02,
        "styled": 0.02,
        "pattern_alone": 0.01,
    },
    Mixture.RECOGNISING: {
        "hatted_head": 0.18,
        "bare_head": 0.06,
        "core_thing": 0.10,
        "pair": 0.12,
        "empty": 0.03,
        "other_thing": 0.10,
        "accessory": 0.05,
        "dressed": 0.05,
        "group": 0.04,
        "arranged": 0.10,
        "painted_figure": 0.11,
        "styled": 0.05,
        "pattern_alone": 0.01,
    },
}
"""Kinds of scenes, by the names of the sampler's methods."""


class SceneSampler:
    """Draws scenes in a mixture; none whose composition is among ``held_out``."""

    def __init__(
        self,
        catalogue: Catalogue,
        held_out: Collection[tuple[str, str, str]] = (),
        mixture: Mixture = Mixture.IMAGINING,
    ) -> None:
        self._catalogue, self._held_out = catalogue, frozenset(held_out)
        self._head_weights = [FAVOURITES.get(entry.name, 1.0) for entry in catalogue.heads]
        self._kinds = [getattr(self, kind) for kind in SHARES[mixture]]
        self._shares = list(SHARES[mixture].values())

    def scene(self, seed: int) -> Scene:
        """The scene with a number: the same on every machine."""
        generator = random.Random(seed)
        while True:
            make = generator.choices(self._kinds, self._shares)[0]
            scene = make(generator, seed)
            if scene.composition not in self._held_out:
                return scene

    def in_style(self, seed: int, style: Style) -> Scene:
        """A core scene in a drawing style."""
        generator = random.Random(seed)
        plain = generator.choice((self.hatted_head, self.bare_head, self.core_thing))(generator, seed)
        return replace(plain, style=style)

    def hatted_head(self, generator: random.Random, seed: int) -> Scene:
        figure = Figure(self._head(generator).name, hat=self._hat(generator))
        return Scene((figure,), self.background(generator), seed)

    def bare_head(self, generator: random.Random, seed: int) -> Scene:
        return Scene((Figure(self._head(generator).name),), self.background(generator), seed)

    def core_thing(self, generator: random.Random, seed: int) -> Scene:
        return Scene((Figure(generator.choice(self._catalogue.core_things).name),), self.background(generator), seed)

    def pair(self, generator: random.Random, seed: int) -> Scene:
        first, second = self._head(generator), self._head(generator)
        while second is first:
            second = self._head(generator)
        return Scene((Figure(first.name), Figure(second.name)), self.background(generator), seed)

    def empty(self, generator: random.Random, seed: int) -> Scene:
        return Scene((), self.background(generator), seed)

    def background(self, generator: random.Random) -> Background:
        """Two in five plain, the others scenes and patterns; a few outside the core."""
        draw = generator.random()
        if draw < 0.42:
            return Background(Ground.PLAIN, (generator.choice(list(COLOURS)),))
        if draw < 0.46:
            return Background(Ground.GRADIENT, tuple(generator.sample(list(COLOURS), 2)))
        if draw < 0.95:
            ground = generator.choice(CORE_GROUNDS)
        else:
            ground = generator.choice((Ground.SEA, Ground.MOUNTAINS, Ground.FOREST, Ground.ROOM))
        two_coloured = ground in (Ground.STRIPES, Ground.DOTS)
        return Background(ground, tuple(generator.sample(list(COLOURS), 2)) if two_coloured else ())

    def other_thing(self, generator: random.Random, seed: int) -> Scene:
        name = generator.choice(self._catalogue.other_things).name
        return Scene((Figure(name),), self.background(generator), seed)

    def accessory(self, generator: random.Random, seed: int) -> Scene:
        worn = generator.choice(("glasses", "sunglasses", "scarf", "bow"))
        return Scene((Figure(self._head(generator).name, worn=worn),), self.background(generator), seed)

    def dressed(self, generator: random.Random, seed: int) -> Scene:
        garment = generator.choice(self._catalogue.family(Family.GARMENT)).name
        return Scene((Figure(self._head(generator).name, garment=garment),), self.background(generator), seed)

    def group(self, generator: random.Random, seed: int) -> Scene:
        names = generator.sample([entry.name for entry in self._catalogue.heads], 3)
        return Scene(tuple(map(Figure, names)), self.background(generator), seed)

    def arranged(self, generator: random.Random, seed: int) -> Scene:
        """Small, large, on the left, on the right."""
        entry = generator.choice((self._head(generator), generator.choice(self._catalogue.core_things)))
        size = generator.choice((Size.SMALL, Size.LARGE, Size.SMALL))
        place = generator.choice((Place.LEFT, Place.RIGHT)) if size is Size.SMALL else Place.MIDDLE
        return Scene((Figure(entry.name),), self.background(generator), seed, size=size, place=place)

    def painted_figure(self, generator: random.Random, seed: int) -> Scene:
        entry = generator.choice((self._head(generator), generator.choice(self._catalogue.core_things)))
        figure = Figure(entry.name, colour=generator.choice(HAT_COLOURS))
        return Scene((figure,), self.background(generator), seed)

    def styled(self, generator: random.Random, seed: int) -> Scene:
        return self.in_style(seed, generator.choice([style for style in Style if style is not Style.SOLID]))

    def pattern_alone(self, generator: random.Random, seed: int) -> Scene:
        colours = tuple(generator.sample(list(COLOURS), 2))
        return Scene((), Background(Ground.GRADIENT, colours), seed, pattern=generator.choice(list(Pattern)))

    def _head(self, generator: random.Random) -> Entry:
        return generator.choices(self._catalogue.heads, self._head_weights)[0]

    def _hat(self, generator: random.Random) -> str | PartyHat:
        if generator.random() < 0.5:
            first, second = generator.sample(HAT_COLOURS, 2)
            return PartyHat((first, second), generator.choice(HAT_PATTERNS))
        return generator.choice(self._catalogue.hats).name
