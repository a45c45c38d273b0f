"""What a plugin that offers a sweep is given and returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModuleSummary:
    """A module of the open brain."""

    path: str
    kind: str
    role: str
    stage: str
    level: int
    order: int
    parameters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepValue:
    """A place on the axis of a sweep: what it changes in the recipe."""

    label: str
    number: float
    """Its coordinate in plots."""
    lesions: tuple[str, ...] = ()
    """Added to those of the recipe, in their text form."""
    prompt: str | None = None
    """A prompt, or a formula of concept space that begins with ``=``."""
    seed: int | None = None
    module: str | None = None
    """Module or region that stands for it on the map."""
    series: str = ""
    """What belongs to one curve, where there are several."""
