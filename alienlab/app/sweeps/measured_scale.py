"""A measure of a plugin as a scale that the map is painted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alienlab.domain.laboratories.declarations import Measure


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredScale:
    """What was measured of single modules, and the range in which they are painted."""

    measure: Measure
    values: Mapping[str, float] = field(repr=False)
    """By module path; a module that is not measured is missing."""

    @property
    def heading(self) -> str:
        return self.measure.name

    @property
    def unit(self) -> str:
        """Empty for a plain number."""
        return self.measure.unit

    @property
    def tip(self) -> str:
        return f"{self.measure.summary.rstrip('.')} (measured by the plugin {self.measure.plugin})"

    @property
    def low(self) -> float:
        """As the measure declares it, or of the values."""
        declared = self.measure.low
        return min(self.values.values(), default=0.0) if declared is None else declared

    @property
    def high(self) -> float:
        """Above ``low``."""
        declared = self.measure.high
        high = max(self.values.values(), default=0.0) if declared is None else declared
        return high if high > self.low else self.low + 1.0

    def told(self, path: str) -> str:
        """In words what was measured of a module; empty where nothing was."""
        value = self.values.get(path)
        return "" if value is None else f"{self.heading} {value:.4g} {self.unit}".rstrip()
