"""In which order modules are lesioned one after another."""

from __future__ import annotations

import random
from collections.abc import Mapping
from enum import StrEnum

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import SweepError


class Order(StrEnum):
    """Orders of a progressive sweep."""

    RANDOM = "random"
    DEPTH = "depth"
    """From the latent inwards."""
    END = "end"
    """From the last module to run."""
    LEAST = "least"
    """Least effect first."""
    MOST = "most"
    """Most effect first."""

    @property
    def needs_atlas(self) -> bool:
        return self in (Order.LEAST, Order.MOST)


def ordered(
    paths: tuple[str, ...], order: Order, anatomy: Anatomy, *, seed: int = 0, effects: Mapping[str, float] | None = None
) -> tuple[str, ...]:
    """``paths`` in an order. ``effects`` are those of an atlas; modules that it lacks come last.

    Raises SweepError where the order needs an atlas that is not there.
    """
    match order:
        case Order.RANDOM:
            return tuple(random.Random(seed).sample(paths, len(paths)))
        case Order.DEPTH:
            return tuple(sorted(paths, key=lambda path: (anatomy[path].depth, anatomy[path].order)))
        case Order.END:
            return tuple(sorted(paths, key=lambda path: -anatomy[path].order))
    known = effects or {}
    if not any(path in known for path in paths):
        raise SweepError(
            f"The order '{order} effect first' needs an atlas of this prompt and noise, which is not there. "
            "Run a knockout sweep first, or take the order random, depth or end."
        )
    sign = 1 if order is Order.LEAST else -1
    return tuple(sorted(paths, key=lambda path: (path not in known, sign * known.get(path, 0.0), anatomy[path].order)))


def coarse_to_fine(count: int) -> list[int]:
    """The numbers below ``count`` so that any beginning of the list covers the whole range evenly (van der Corput)."""
    bits = max(1, (count - 1).bit_length())
    reversed_bits = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(2**bits))
    return [number for number in reversed_bits if number < count]
