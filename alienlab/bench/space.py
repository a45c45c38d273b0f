"""Measures concept space: a plane by a script, and a plane in the window."""

from __future__ import annotations

import time

from alienlab.bench.launch import measure_watched
from alienlab.domain.concepts import Prompt, RandomDirections
from alienlab.domain.space.walks import plane_walk
from alienlab.lab import Lab

SIZE, STEPS, EXTENT = 11, 12, 3.0


def measure_space() -> dict[str, float]:
    """Takes about a minute."""
    return {"plane_seconds": _plane_seconds(), **measure_watched("alienlab.bench.space_window")}


def _plane_seconds() -> float:
    walk = plane_walk(Prompt("a cat in a party hat"), RandomDirections(1), size=SIZE, extent=EXTENT)
    with Lab() as lab:
        lab.walk(plane_walk(Prompt("a cat"), RandomDirections(1), size=2, extent=EXTENT), steps=1)  # to warm up
        start = time.perf_counter()
        lab.walk(walk, seed=7, steps=STEPS)
        return time.perf_counter() - start
