"""The captions that test a brain: compositions that are never drawn for training."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from alienlab.training.errors import TrainingError
from alienlab.training.world.catalogue import Catalogue, Family
from alienlab.training.world.colours import COLOURS
from alienlab.training.world.scenes import HAT_COLOURS, HAT_PATTERNS, Background, Figure, Ground, PartyHat, Scene


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A caption with what it says; ``attribute`` is empty where it says none."""

    caption: str
    subject: str
    attribute: str
    background: str

    @property
    def composition(self) -> tuple[str, str, str]:
        return self.subject, self.attribute, self.background


def held_out_captions(world: Path) -> tuple[HeldOut, ...]:
    """Those in ``held_out.json`` of the world's folder; raise TrainingError where it is missing."""
    file = world / "held_out.json"
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TrainingError(f"The list of held-out captions {file} is missing. Restore resources/world.") from None
    return tuple(HeldOut(**entry) for entry in listed)


def held_out_compositions(world: Path) -> frozenset[tuple[str, str, str]]:
    return frozenset(entry.composition for entry in held_out_captions(world))


def scene_of(entry: HeldOut, catalogue: Catalogue, seed: int) -> Scene:
    """A scene that the caption describes, for comparison with what a brain imagines."""
    generator = random.Random(seed)
    return Scene((_figure(entry, catalogue, generator),), _background(entry.background, generator), seed)


def _figure(entry: HeldOut, catalogue: Catalogue, generator: random.Random) -> Figure:
    if entry.attribute == "party hat":
        first = re.search(r"(\w+) party hat", entry.caption)
        assert first is not None
        second = generator.choice([colour for colour in HAT_COLOURS if colour != first[1]])
        return Figure(entry.subject, hat=PartyHat((first[1], second), generator.choice(HAT_PATTERNS)))
    if entry.attribute in COLOURS:
        return Figure(entry.subject, colour=entry.attribute)
    if not entry.attribute:
        return Figure(entry.subject)
    if catalogue[entry.attribute].family is Family.HAT:
        return Figure(entry.subject, hat=entry.attribute)
    return Figure(entry.subject, worn=entry.attribute)


def _background(name: str, generator: random.Random) -> Background:
    if name in COLOURS:
        return Background(Ground.PLAIN, (name,))
    ground = Ground(name)
    two_coloured = ground in (Ground.STRIPES, Ground.DOTS)
    return Background(ground, tuple(generator.sample(list(COLOURS), 2)) if two_coloured else ())
