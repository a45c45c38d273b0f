"""What the plots of a sweep show, before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median

import numpy as np

from alienlab.app.sweeps.columns import SEVERITY, Column
from alienlab.domain.anatomy import Kind as ModuleKind
from alienlab.domain.effects import THRESHOLDS, Scale
from alienlab.domain.lesions import PluginOperation
from alienlab.domain.sweeps.results import Result, collapse
from alienlab.domain.sweeps.sweep import Axis, Kind, Sweep
from alienlab.ui.brain_map.gradient_bar import number_of

GOLDEN = 0.618034
"""Multiples of it, without their whole part, spread evenly."""
SCATTER = 0.5
"""How wide the points of a box are spread, where boxes are 1 apart."""
MOST_NAMED = 8
"""Trials whose names there is room for along an axis."""
LONGEST_NAME = 16
"""Letters of such a name."""
COLLAPSING = (Kind.PROGRESSIVE, Kind.DOSE)
"""Along these more and more is altered, until a concept is lost."""


AnyScale = Scale | Column
"""One of effects, or a column that a plugin has measured."""


class PlotKind(StrEnum):
    DEPTH = "By depth"
    KINDS = "By module kind"
    DAMAGE = "Damage curve"
    DOSE = "Dose response"
    LINE = "Along the line"
    TRIALS = "Trial by trial"

    @property
    def tip(self) -> str:
        return _TIPS[self]


_TIPS = {
    PlotKind.DEPTH: "Each module at its depth in the network",
    PlotKind.KINDS: "Quartiles and median of each kind of module, with its points",
    PlotKind.DAMAGE: "How the image changes as more and more modules are lesioned",
    PlotKind.DOSE: "How the image changes as the dose grows",
    PlotKind.LINE: "How the image changes from one prompt to the other",
    PlotKind.TRIALS: "Each trial in its place",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """A result in a plot."""

    x: float
    y: float
    result: Result


@dataclass(frozen=True, slots=True)
class Curve:
    """Dots that are joined, in order of x."""

    name: str
    dots: tuple[Dot, ...]
    collapse: float | None = None
    """Where the concept is lost for good; None where it is not, or nothing was known of it."""


@dataclass(frozen=True, slots=True)
class Box:
    """Quartiles of a kind of module, and the values within one and a half of their distance from them."""

    x: float
    kind: ModuleKind
    count: int
    whiskers: tuple[float, float]
    quartiles: tuple[float, float]
    median: float


@dataclass(frozen=True, slots=True)
class Guide:
    """A level that values are read against."""

    value: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    dots: tuple[Dot, ...]
    curves: tuple[Curve, ...] = ()
    boxes: tuple[Box, ...] = ()
    guides: tuple[Guide, ...]
    x_title: str
    y_title: str
    x_factor: float = 1.0
    x_unit: str = ""
    """What numbers along the axis are multiplied by before they are written."""
    ticks: tuple[tuple[float, str], ...] = ()
    """Names along the axis, in place of numbers."""


def plots_for(sweep: Sweep | None, results: Sequence[Result]) -> tuple[PlotKind, ...]:
    """Those that say something of a sweep, the one to begin with first."""
    if sweep is None:
        return ()
    kinds = {axis.kind for axis in sweep.axes}
    offered = {
        PlotKind.DAMAGE: Kind.PROGRESSIVE in kinds,
        PlotKind.DOSE: Kind.DOSE in kinds,
        PlotKind.LINE: Kind.LINE in kinds,
        PlotKind.DEPTH: any(result.depth is not None for result in results),
        PlotKind.KINDS: any(result.module is not None for result in results),
    }
    found = tuple(kind for kind, is_offered in offered.items() if is_offered)
    return found or (PlotKind.TRIALS,)


def plot_of(kind: PlotKind, sweep: Sweep, results: Sequence[Result], scale: AnyScale) -> Plot:
    """The results that are measured on ``scale``."""
    guides = guides_of(scale, results)
    match kind:
        case PlotKind.DEPTH:
            dots = _dots(results, scale, lambda result: result.depth)
            return Plot(dots=dots, guides=guides, x_title="Depth (modules from the latent)", y_title=titled(scale))
        case PlotKind.KINDS:
            return _kinds(results, scale, guides)
        case PlotKind.TRIALS:
            return _trials(sweep, results, scale, guides)
        case _:
            return _curves(kind, sweep, results, scale, guides)


def _trials(sweep: Sweep, results: Sequence[Result], scale: AnyScale, guides: tuple[Guide, ...]) -> Plot:
    """A few are named; of many the place is told."""
    places = {id(result): float(place) for place, result in enumerate(results)}
    title = " and ".join(axis.kind.axis for axis in sweep.axes).capitalize()
    names = tuple((float(place), shorten(result.trial.label)) for place, result in enumerate(results))
    return Plot(
        dots=_dots(results, scale, lambda result: places[id(result)]),
        guides=guides,
        x_title=title if len(results) <= MOST_NAMED else f"{title} (place in the sweep)",
        y_title=titled(scale),
        ticks=names if len(results) <= MOST_NAMED else (),
    )


def shorten(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def titled(scale: AnyScale) -> str:
    if isinstance(scale, Column):
        return scale.heading
    return f"{scale.heading} ({scale.unit})" if scale.unit else scale.heading


def guides_of(scale: AnyScale, results: Iterable[Result]) -> tuple[Guide, ...]:
    """Floor and spread; their medians where several intact images are measured against."""
    if isinstance(scale, Column):
        return ()
    effects = (result.effect for result in results if result.effect is not None)
    yardsticks = tuple(dict.fromkeys(effect.yardsticks for effect in effects if effect.yardsticks is not None))
    found = [
        *_level("numerical floor", [scale.floor(one) for one in yardsticks]),
        *_level("seed spread", [scale.spread(one) for one in yardsticks]),
    ]
    if scale is Scale.KEPT:
        found.append(Guide(THRESHOLDS.kept, "half of the concept"))
    return tuple(found)


def _level(name: str, values: Sequence[float | None]) -> list[Guide]:
    known = [value for value in values if value is not None]
    if not known:
        return []
    of_several = "" if max(known) - min(known) < 1e-9 else "median "
    return [Guide(median(known), f"{of_several}{name} {number_of(median(known))}")]


def _dots(results: Iterable[Result], scale: AnyScale, place: Callable[[Result], float | None]) -> tuple[Dot, ...]:
    """The strongest verdicts last: they are drawn over the others."""
    dots = []
    for result in results:
        x, y = place(result), _value(result, scale)
        if x is not None and y is not None:
            dots.append(Dot(x, y, result))
    return tuple(sorted(dots, key=_severity))


def _value(result: Result, scale: AnyScale) -> float | None:
    if isinstance(scale, Column):
        return scale.read(result)
    return None if result.effect is None else scale.of(result.effect)


def _severity(dot: Dot) -> int:
    return -1 if dot.result.effect is None else SEVERITY.index(dot.result.effect.verdict)


def _kinds(results: Iterable[Result], scale: AnyScale, guides: tuple[Guide, ...]) -> Plot:
    found: dict[ModuleKind, list[Dot]] = {}
    for dot in _dots(results, scale, lambda result: None if result.module is None else 0.0):
        if dot.result.module is not None:
            found.setdefault(dot.result.module.kind, []).append(dot)
    dots: list[Dot] = []
    boxes: list[Box] = []
    kinds = [kind for kind in ModuleKind if kind in found]
    for place, kind in enumerate(kinds):
        boxes.append(_box(float(place), kind, [dot.y for dot in found[kind]]))
        for number, dot in enumerate(found[kind]):
            dots.append(Dot(place + SCATTER * ((number * GOLDEN) % 1.0 - 0.5), dot.y, dot.result))
    ticks = tuple((float(place), f"{kind}, {len(found[kind])}") for place, kind in enumerate(kinds))
    return Plot(
        dots=tuple(dots),
        boxes=tuple(boxes),
        guides=guides,
        x_title="Kind of module, number of trials",
        y_title=titled(scale),
        ticks=ticks,
    )


def _box(x: float, kind: ModuleKind, values: Sequence[float]) -> Box:
    low, middle, high = (float(value) for value in np.percentile(values, (25, 50, 75)))
    reach = 1.5 * (high - low)
    inside = [value for value in values if low - reach <= value <= high + reach]
    return Box(x, kind, len(values), (min(inside), max(inside)), (low, high), middle)


_AXES = {
    PlotKind.DAMAGE: (Kind.PROGRESSIVE, "Modules that are lesioned", 1.0, "modules"),
    PlotKind.DOSE: (Kind.DOSE, "Dose (%)", 100.0, "%"),
    PlotKind.LINE: (Kind.LINE, "Position between the prompts (%)", 100.0, "%"),
}


def _curves(
    kind: PlotKind, sweep: Sweep, results: Sequence[Result], scale: AnyScale, guides: tuple[Guide, ...]
) -> Plot:
    wanted, title, factor, unit = _AXES[kind]
    axis = next(place for place, one in enumerate(sweep.axes) if one.kind is wanted)
    if kind is PlotKind.DOSE and (offered := _offered_dose(sweep.axes[axis])):
        title, factor, unit = f"Dose ({offered})", 1.0, ""
    named: dict[str, list[Result]] = {}
    for result in results:
        values = result.trial.values
        others = (value.label for place, value in enumerate(values) if place != axis)
        named.setdefault(" · ".join(part for part in (values[axis].series, *others) if part), []).append(result)
    curves = [_curve(name, found, scale, axis) for name, found in named.items()]
    if wanted in COLLAPSING:
        curves = [replace(one, collapse=_collapse(named[one.name], axis)) for one in curves]
    return Plot(
        dots=tuple(dot for one in curves for dot in one.dots),
        curves=tuple(curves),
        guides=guides,
        x_title=title,
        y_title=titled(scale),
        x_factor=factor,
        x_unit=unit,
    )


def _offered_dose(axis: Axis) -> str:
    """The operation of a plugin that is dosed; its amounts are no shares. Empty for AlienLab's own."""
    operations = (spec.treatment.operation for value in axis.values for spec in value.lesions)
    first = next(operations, None)
    return str(first) if isinstance(first, PluginOperation) else ""


def _curve(name: str, results: Sequence[Result], scale: AnyScale, axis: int) -> Curve:
    dots = _dots(results, scale, lambda result: result.trial.values[axis].number)
    return Curve(name, tuple(sorted(dots, key=lambda dot: dot.x)))


def _collapse(results: Sequence[Result], axis: int) -> float | None:
    kept = _dots(results, Scale.KEPT, lambda result: result.trial.values[axis].number)
    return collapse(sorted((dot.x, dot.y) for dot in kept))
