"""The measures of a sheet: what they are read from, and how far the colour bar reaches."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from alienlab.domain.effect_scale import reach_of
from alienlab.domain.effects import Effect, Measures, Scale, Yardsticks
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.sweep_log import SweepLog
from alienlab.session.sheets.content import SheetScale


class Effects:
    """The effects that sweeps of a session have measured; each reference is read once."""

    def __init__(self, session: SessionReader) -> None:
        self._log = SweepLog(session)
        self._measures: dict[str, Mapping[str, Measures]] = {}
        self._yardsticks: dict[str, Yardsticks | None] = {}

    def of(self, key: str, reference: str) -> Effect | None:
        """Of a computation beside its intact one, both by id; None where one of them was not measured."""
        if reference not in self._measures:
            self._measures[reference] = self._log.measures(reference) if reference else {}
            self._yardsticks[reference] = self._log.yardsticks(reference) if reference else None
        known = self._measures[reference]
        if key not in known or reference not in known:
            return None
        return Effect(known[key], known[reference], self._yardsticks[reference])


def value_of(effect: Effect | None, scale: Scale | None) -> float | None:
    """None also for what is not finite."""
    value = None if effect is None or scale is None else scale.of(effect)
    return value if value is not None and math.isfinite(value) else None


def all_measures(effect: Effect | None) -> dict[str, float]:
    """What can be told of an effect, by the heading of its scale."""
    values = ((scale.heading, value_of(effect, scale)) for scale in Scale)
    return {heading: value for heading, value in values if value is not None}


def scale_for(scale: Scale | None, values: Iterable[float | None]) -> SheetScale | None:
    """A bar from 0 to what has the last colour, as the brain map has it; None without a scale, or without values."""
    numbers = [value for value in values if value is not None]
    if scale is None or not numbers:
        return None
    return SheetScale(
        heading=scale.heading,
        unit=scale.unit,
        low=0.0,
        high=reach_of(scale, numbers),
        is_reversed=scale.is_reversed,
    )
