"""What there is in the world: the sprites, by name and family."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from alienlab.training.errors import TrainingError


class Family(StrEnum):
    HEAD = "head"
    HAT = "hat"
    WORN = "worn"
    GARMENT = "garment"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sprite and the words for it.

    ``core`` things are drawn often. ``width`` of a hat is relative to its wearer, ``overlap`` the share of its
    height that covers the head.
    """

    name: str
    sprite: str
    family: Family
    synonyms: tuple[str, ...] = ()
    core: bool = True
    width: float = 1.0
    overlap: float = 0.0

    @property
    def words(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


class Catalogue:
    """The entries of ``catalogue.json`` in a folder with ``sprites/CODEPOINT.webp``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = folder / "catalogue.json"
        try:
            listed = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise TrainingError(f"The world's catalogue {file} is missing. Restore resources/world.") from None
        self._entries = {entry.name: entry for entry in map(_entry, listed)}
        self._find_sprites()

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def family(self, family: Family) -> tuple[Entry, ...]:
        return tuple(entry for entry in self if entry.family is family)

    @cached_property
    def heads(self) -> tuple[Entry, ...]:
        return self.family(Family.HEAD)

    @cached_property
    def hats(self) -> tuple[Entry, ...]:
        return self.family(Family.HAT)

    @cached_property
    def core_things(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.family(Family.THING) if entry.core)

    @cached_property
    def other_things(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.family(Family.THING) if not entry.core)

    def sprite_file(self, entry: Entry) -> Path:
        return self.folder / "sprites" / f"{entry.sprite}.webp"

    def _find_sprites(self) -> None:
        missing = [entry for entry in self if not self.sprite_file(entry).is_file()]
        if missing:
            raise TrainingError(
                f"{len(missing)} sprites of the world are missing, the first is {self.sprite_file(missing[0])} "
                f"({missing[0].name}). Restore resources/world/sprites."
            )


def _entry(listed: dict) -> Entry:
    return Entry(**{**listed, "family": Family(listed["family"]), "synonyms": tuple(listed.get("synonyms", ()))})
