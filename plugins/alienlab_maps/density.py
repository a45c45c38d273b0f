"""Values of many starts, step by step down the page."""

from __future__ import annotations

import numpy as np

from alienlab.api import Curve, Exhibit, Grip, Handle, Image, Picture, Plot, Reading, Scale, Values, Wall, Workbench
from alienlab_maps.maps import Map, map_of
from alienlab_maps.orbits import Attractors, Numbers, attractors, densities, histories, orbit, spread_starts
from alienlab_maps.painting import painted_counts, with_trace

_BINS, _HEIGHT = 720, 480
_WALL_BINS, _WALL_HEIGHT, _WALL_COLUMNS = 200, 150, 4
_BRIGHTEST = 0.25
"""The share of all starts that is brightest where brightness is in proportion to their number."""
_CURVE_BINS = 200


def density(values: Values, workbench: Workbench) -> Exhibit:
    """Where many starts are after each step."""
    one, a, steps = map_of(values.text("map")), values.number("a"), values.whole("steps")
    start = values.number("start")
    row_height = max(1, round(_HEIGHT / (steps + 1)))
    history = _history(one, a, values, workbench)
    pixels = _painted(history, _BINS, row_height, logarithmic=values.switch("logarithmic"))
    trace = orbit(one, a, start, steps)
    found = attractors(one, a)
    picture = Picture(
        with_trace(pixels, trace, row_height),
        x=Scale("x", 0, 1),
        y=Scale("step", steps, 0),
        handles=(Handle("start", Grip.ACROSS),),
    )
    return Exhibit(
        picture,
        (orbit_plot(trace), _last_plot(history[-1], steps)),
        attractor_readings(found),
        note=f"{fate(found)} The bright blue dots are the values of one start, which can be dragged.",
    )


def wall(values: Values, workbench: Workbench) -> Exhibit:
    """The same starts for growing ``a``."""
    one, steps = map_of(values.text("map")), values.whole("steps")
    row_height = max(1, round(_WALL_HEIGHT / (steps + 1)))
    low, high = ordered(values.number("low"), values.number("high"), least=1e-3)
    pictures: list[Picture] = []
    parameters = np.round(np.linspace(low, high, values.whole("pictures")), 3).tolist()
    for place, a in enumerate(parameters):
        workbench.progress(place / len(parameters), f"a = {a:g}")
        history = _history(one, a, values, workbench)
        pixels = _painted(history, _WALL_BINS, row_height, logarithmic=values.switch("logarithmic"))
        number = len(attractors(one, a).values)
        caption = f"a = {a:g}: {number} {'value' if number == 1 else 'values'}" if number else f"a = {a:g}: no cycle"
        pictures.append(Picture(pixels, caption, sets={"a": a}))
    return Exhibit(
        Wall(tuple(pictures), columns=_WALL_COLUMNS),
        note="Each picture is the density of values down the page; a click on one takes its a.",
    )


def attractor_readings(found: Attractors) -> tuple[Reading, ...]:
    values = ", ".join(f"{value:.4f}" for value in found.values[:8]) + (", …" if len(found.values) > 8 else "")
    number: int | str = len(found.values) or ("still settling" if found.is_slow else "no cycle found")
    return (
        Reading("values it settles to", number),
        *((Reading("values", values),) if values else ()),
        *((Reading("attractors", len(found.cycles)),) if len(found.cycles) > 1 else ()),
        Reading("Lyapunov exponent", round(found.exponent, 4), "per step"),
    )


def fate(found: Attractors) -> str:
    """What becomes of the starts, in a sentence."""
    match len(found.cycles), len(found.values):
        case 0, _ if found.is_slow:
            return "Here the attractor is about to change, and values settle very slowly."
        case 0, _:
            return "Values never settle: they are spread over bands, and small differences grow."
        case 1, 1:
            return "Every start comes to the same value."
        case 1, number:
            return f"Every start comes to the same {number} values, in turn."
        case cycles, _:
            return f"There are {cycles} attractors: it depends on the start which of them it comes to."


def orbit_plot(values: Numbers) -> Plot:
    return Plot(
        "Values of one start",
        (Curve("x", np.arange(len(values), dtype=np.float64), values),),
        x=Scale("step", 0, max(1, len(values) - 1)),
        y=Scale("x", 0, 1),
    )


def ordered(one: float, other: float, *, least: float) -> tuple[float, float]:
    """Lower and higher, at least so far apart."""
    low, high = sorted((one, other))
    return (low, high) if high - low >= least else (max(0.0, high - least), max(0.0, high - least) + least)


def _history(one: Map, a: float, values: Values, workbench: Workbench) -> Numbers:
    """The same noise for every ``a``, so that pictures differ by ``a`` alone."""
    random = np.random.default_rng(workbench.seed)
    starts = spread_starts(values.whole("starts"))
    return histories(one, a, starts, values.whole("steps"), noise=values.number("noise"), random=random)


def _painted(history: Numbers, bins: int, row_height: int, *, logarithmic: bool) -> Image:
    starts = history.shape[1]
    full = starts if logarithmic else max(1, round(starts * _BRIGHTEST))
    rows = painted_counts(densities(history, bins), full, logarithmic=logarithmic)
    return np.repeat(rows, row_height, axis=0)


def _last_plot(values: Numbers, steps: int) -> Plot:
    shares = densities(values[None], _CURVE_BINS)[0] / len(values)
    return Plot(
        f"Starts after step {steps}",
        (Curve("share", spread_starts(_CURVE_BINS), shares),),
        x=Scale("x", 0, 1),
        y=Scale("share of the starts", 0, float(shares.max()) * 1.05),
    )
