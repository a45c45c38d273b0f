"""The captions that test a brain: compositions that are never drawn for training."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from alienlab.training.errors import TrainingError


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
