"""How long a denoising step takes an image, in batches of each class."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from alienlab.domain.brain import Pace
from alienlab.engine.remembered import Remembered

LONGEST_PASS = 3.0
"""Seconds: a class whose pass would take longer is not tried; so large a network gains nothing from batches."""
REPEATS = 2


def measure_paces(step: Callable[[int], object], classes: Sequence[int]) -> tuple[Pace, ...]:
    """Time ``step(batch_class)``, one step of a full batch, from small to large, as long as that is quick and fits."""
    paces: list[Pace] = []
    for batch_class in classes:
        if paces and paces[-1].seconds * batch_class > LONGEST_PASS:
            break
        try:
            paces.append(Pace(batch_class, min(_timed(step, batch_class)) / batch_class))
        except RuntimeError as error:
            if not paces or "memory" not in str(error):
                raise
            break
    return tuple(paces)


def _timed(step: Callable[[int], object], batch_class: int) -> Iterable[float]:
    step(batch_class)
    for _ in range(REPEATS):
        start = time.perf_counter()
        step(batch_class)
        yield time.perf_counter() - start


def recall_paces(memory: Remembered) -> tuple[Pace, ...]:
    """What was measured before; empty where it was not."""
    try:
        return tuple(Pace(int(batch_class), float(seconds)) for batch_class, seconds in memory.recall()["paces"])
    except (KeyError, ValueError, TypeError):
        return ()


def remember_paces(memory: Remembered, paces: Iterable[Pace]) -> None:
    memory.remember({"paces": [[pace.batch_class, pace.seconds] for pace in paces]})
