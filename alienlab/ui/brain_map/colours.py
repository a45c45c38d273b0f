"""The colours of a map that is painted by effect, on a dark ground or a light one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import cmap

from alienlab.app.sweeps.measured_scale import MeasuredScale
from alienlab.domain.effect_scale import MAP, ON_DARK, ON_LIGHT, positions, reach_of
from alienlab.domain.effects import Effect, Scale, Verdict
from alienlab.ui.theme import Appearance, Theme

ENDS = {Appearance.DARK: ON_DARK, Appearance.LIGHT: ON_LIGHT}
"""Where on ``MAP`` no effect and the strongest one are: all between is at least 2:1 on ``surface``."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours (``#rrggbb``) for the values from ``low`` to ``high``, which differ; what is beyond has the last one."""

    low: float
    high: float
    colours: tuple[str, ...]
    is_exceeded: bool = False
    """Whether there are values above ``high``."""

    def share(self, value: float) -> float:
        """Where a value stands, from 0 at ``low`` to 1 at ``high``."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def colour(self, value: float) -> str:
        return self.colours[round(self.share(value) * (len(self.colours) - 1))]


@dataclass(frozen=True, slots=True)
class Colouring:
    """How the map is painted: by the values of a scale or, without a gradient, by verdict."""

    cells: Mapping[str, str]
    """Colours by path; what has no value on the scale is missing."""
    gradient: Gradient | None
    verdicts: Mapping[Verdict, tuple[str, ...]]
    """The paths of each verdict that occurs."""


def colouring_of(effects: Mapping[str, Effect], scale: Scale | MeasuredScale | None, theme: Theme) -> Colouring:
    """Colours for effects by path; ``scale`` None paints by verdict."""
    if scale is None:
        given = {path: effect.verdict for path, effect in effects.items()}
        verdicts = {verdict: tuple(path for path, own in given.items() if own is verdict) for verdict in Verdict}
        cells = {path: theme.verdicts[verdict] for path, verdict in given.items()}
        return Colouring(cells, None, {verdict: paths for verdict, paths in verdicts.items() if paths})
    if isinstance(scale, MeasuredScale):
        gradient = _measured_gradient(scale, theme)
        return Colouring({path: gradient.colour(value) for path, value in scale.values.items()}, gradient, {})
    values = {path: scale.of(effect) for path, effect in effects.items()}
    gradient = gradient_of(scale, values.values(), theme)
    known = {path: value for path, value in values.items() if value is not None and math.isfinite(value)}
    return Colouring({path: gradient.colour(value) for path, value in known.items()}, gradient, {})


def gradient_of(scale: Scale, values: Iterable[float | None], theme: Theme) -> Gradient:
    """For the range of ``values``, among which None and what is not finite count for nothing."""
    numbers = [value for value in values if value is not None and math.isfinite(value)]
    high = reach_of(scale, numbers)
    ramp = ramp_of(theme.appearance)
    return Gradient(0.0, high, ramp[::-1] if scale.is_reversed else ramp, max(numbers, default=0.0) > high)


def _measured_gradient(scale: MeasuredScale, theme: Theme) -> Gradient:
    low, high = scale.low, scale.high
    return Gradient(low, high, ramp_of(theme.appearance), max(scale.values.values(), default=low) > high)


@cache
def ramp_of(appearance: Appearance) -> tuple[str, ...]:
    """Colours from no effect to the strongest one."""
    colours = cmap.Colormap(MAP)
    return tuple(colours(place).hex.lower() for place in positions(ENDS[appearance]))


def name_on(colour: str, theme: Theme) -> str:
    """The colour of a name in a cell of this colour: that of the two which is read more easily."""
    return max((theme.on_kind, theme.on_deep), key=lambda name: _contrast(name, colour))


def _contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
