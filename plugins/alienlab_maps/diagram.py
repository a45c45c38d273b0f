"""What values settle to, for every ``a`` at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from alienlab.api import Curve, Exhibit, Grip, Handle, Image, Picture, Plot, Scale, Values, Workbench
from alienlab_maps.density import attractor_readings, fate, orbit_plot, ordered
from alienlab_maps.maps import Map, map_of
from alienlab_maps.orbits import Numbers, attractors, densities, disturbed, exponents, orbit, spread_starts
from alienlab_maps.painting import painted_counts, thickened

_SHOWN_STEPS = 100
_MARKER_STEPS, _MARKER_STARTS, _MARKER_BINS = 120, 400, 200
_FAINTEST = 0.12
_BRIGHTEST = 12
"""Where this part of the values of one a is in one pixel, it is brightest."""
_NARROWEST = 1e-6
_PARAMETERS, _EXPONENT_STEPS = 1200, 500


def bifurcation(values: Values, workbench: Workbench) -> Exhibit:
    """The diagram, and what happens at the marker."""
    one, a = map_of(values.text("map")), values.number("a")
    across = ordered(values.number("low"), values.number("high"), least=_NARROWEST)
    up = ordered(values.number("bottom"), values.number("top"), least=_NARROWEST)
    found = attractors(one, a)
    picture = Picture(
        _painted(one, across, up, values, workbench),
        x=Scale("a", *across),
        y=Scale("x", *up),
        handles=(Handle("a", Grip.ACROSS),),
    )
    return Exhibit(
        picture,
        (orbit_plot(orbit(one, a, values.number("start"), _SHOWN_STEPS)), _marker_plot(one, a)),
        attractor_readings(found),
        note=f"{fate(found)} Drag the line to another a; narrow the ranges of a and x to look closer.",
    )


def lyapunov(values: Values, workbench: Workbench) -> Exhibit:
    """How fast small differences grow, for every ``a``."""
    one, a = map_of(values.text("map")), values.number("a")
    across = ordered(values.number("low"), values.number("high"), least=_NARROWEST)
    parameters = np.linspace(*across, _PARAMETERS)
    grown = workbench.remember(("exponents", one.id, across), lambda: exponents(one, parameters, steps=_EXPONENT_STEPS))
    floor = -2.0
    plot = Plot(
        "Growth of small differences",
        (
            Curve("Lyapunov exponent", parameters, np.maximum(grown, floor)),
            Curve("neither grows nor shrinks", np.array(across), np.zeros(2)),
        ),
        x=Scale("a", *across),
        y=Scale("Lyapunov exponent", floor, max(0.8, float(grown.max()) * 1.1), "per step"),
        handles=(Handle("a", Grip.ACROSS),),
    )
    found = attractors(one, a)
    return Exhibit(
        plot,
        (orbit_plot(orbit(one, a, values.number("start"), _SHOWN_STEPS)), _difference_plot(one, a, values)),
        attractor_readings(found),
        note="Below 0 differences die out: there is an attractor of a few values. It touches 0 where it splits, and "
        "above 0 there is chaos.",
    )


def counted(
    one: Map,
    parameters: Numbers,
    up: tuple[float, float],
    rows: int,
    *,
    settle: int,
    kept: int,
    start: float,
    noise: float = 0.0,
    random: np.random.Generator,
    advance: Callable[[float], None] = lambda share: None,
) -> NDArray[np.int64]:
    """[rows, parameters]: how many of ``kept`` values, after ``settle`` steps, are in each part of the range ``up``,
    the highest in the first row.
    """
    x = np.full(len(parameters), start)
    for step in range(settle):
        if step % 100 == 0:
            advance(step / (settle + kept))
        x = disturbed(one.step(x, parameters), noise, random)
    columns = np.arange(len(parameters))
    places = np.empty((kept, len(parameters)), np.int64)
    fineness = rows / (up[1] - up[0])
    for step in range(kept):
        if step % 100 == 0:
            advance((settle + step) / (settle + kept))
        x = disturbed(one.step(x, parameters), noise, random)
        row = np.clip(np.floor((up[1] - x) * fineness), -1, rows).astype(np.int64)
        places[step] = (row + 1) * len(parameters) + columns
    counts = np.bincount(places.ravel(), minlength=(rows + 2) * len(parameters))
    return counts.reshape(rows + 2, len(parameters))[1:-1]


def _painted(
    one: Map, across: tuple[float, float], up: tuple[float, float], values: Values, workbench: Workbench
) -> Image:
    """Kept while the marker is dragged, as it does not depend on it."""
    width, kept, settle = values.whole("detail"), values.whole("kept"), values.whole("settle")
    start, noise = values.number("start"), values.number("noise")

    def paint(columns: int) -> Image:
        counts = counted(
            one,
            np.linspace(*across, columns),
            up,
            columns * 3 // 5,
            settle=settle,
            kept=kept,
            start=start,
            noise=noise,
            random=np.random.default_rng(workbench.seed),
            advance=lambda share: workbench.progress(share, "Following values"),
        )
        full = max(1, kept // _BRIGHTEST)
        return painted_counts(thickened(counts, full), full, logarithmic=True, faintest=_FAINTEST)

    seed = workbench.seed if noise else 0
    key = ("diagram", one.id, across, up, width, kept, settle, start, noise, seed)
    return workbench.remember(key, lambda: paint(width))


def _marker_plot(one: Map, a: float) -> Plot:
    """The density that many starts come to."""
    x = spread_starts(_MARKER_STARTS)
    shares = np.zeros(_MARKER_BINS)
    for step in range(2 * _MARKER_STEPS):
        x = one.step(x, a)
        if step >= _MARKER_STEPS:
            shares += densities(x[None], _MARKER_BINS)[0]
    shares /= _MARKER_STARTS * _MARKER_STEPS
    return Plot(
        "Where values are in the end",
        (Curve("share", spread_starts(_MARKER_BINS), shares),),
        x=Scale("x", 0, 1),
        y=Scale("share of the values", 0, float(shares.max()) * 1.05),
    )


def _difference_plot(one: Map, a: float, values: Values) -> Plot:
    """Of two starts that differ in the ninth digit."""
    start = values.number("start")
    near = orbit(one, a, min(start + 1e-9, 1.0), _SHOWN_STEPS)
    apart = np.log10(np.maximum(np.abs(near - orbit(one, a, start, _SHOWN_STEPS)), 1e-16))
    return Plot(
        "Two starts that differ by 10⁻⁹",
        (Curve("difference", np.arange(len(apart), dtype=np.float64), apart),),
        x=Scale("step", 0, _SHOWN_STEPS),
        y=Scale("difference, power of ten", -16, 0),
    )
