"""The experiment that shows where attractors split, and Feigenbaum's ratio."""

from __future__ import annotations

import numpy as np

from alienlab.api import AlienLabError, Curve, Exhibit, Picture, Plot, Reading, Scale, Values, Workbench
from alienlab_maps.diagram import counted
from alienlab_maps.maps import Map, map_of
from alienlab_maps.painting import painted_counts, thickened
from alienlab_maps.splitting import Cascade, cascade

_WIDTH, _HEIGHT = 1000, 560
_SETTLE, _KEPT = 1500, 260
_NEAREST = 4.4
"""The last power of ten of the distance below the end of the cascade."""
_FAINTEST = 0.16
_RULE = np.array((150, 205, 235), np.float64)


def splits(values: Values, workbench: Workbench) -> Exhibit:
    """Superstable parameters, the ratio of their distances, and the cascade seen through a logarithm."""
    one, number = map_of(values.text("map")), values.whole("splits")
    if one.delta is None:
        raise AlienLabError("The tent has no round top, and goes from one value to chaos at once. Choose another map.")
    found = workbench.remember(
        ("cascade", one.id, number),
        lambda: cascade(one, number, advance=lambda share: workbench.progress(share, "Finding where it splits")),
    )
    return Exhibit(
        _picture(one, found, workbench), (_ratio_plot(one, found), _distance_plot(found)), _readings(one, found)
    )


def _picture(one: Map, found: Cascade, workbench: Workbench) -> Picture:
    """On an axis on which each split is as far from the next."""
    furthest = -float(np.log10(found.end - found.superstable[0] + 0.15 * (found.end - found.superstable[0])))
    powers = np.linspace(furthest, _NEAREST, _WIDTH)
    counts = workbench.remember(
        ("cascade picture", one.id, found.end),
        lambda: counted(
            one,
            found.end - 10.0**-powers,
            (0.0, 1.0),
            _HEIGHT,
            settle=_SETTLE,
            kept=_KEPT,
            start=one.top,
            random=workbench.random,
            advance=lambda share: workbench.progress(share, "Following values"),
        ),
    )
    pixels = painted_counts(thickened(counts, 2), _KEPT, logarithmic=True, faintest=_FAINTEST).copy()
    for a in found.splits:
        place = -np.log10(found.end - a)
        column = round((place - furthest) / (_NEAREST - furthest) * (_WIDTH - 1))
        pixels[::6, column : column + 1] = pixels[3::6, column : column + 1] = _RULE
    return Picture(
        pixels,
        x=Scale(f"t, where a = {found.end:.6f} − 10⁻ᵗ", furthest, _NEAREST),
        y=Scale("x", 0, 1),
        caption="The dotted lines are where the attractor splits: on this axis at equal distances.",
    )


def _ratio_plot(one: Map, found: Cascade) -> Plot:
    assert one.delta is not None
    numbers = np.arange(2, 2 + len(found.ratios), dtype=np.float64)
    return Plot(
        "Ratio of one distance to the next",
        (
            Curve("found", numbers, np.array(found.ratios)),
            Curve("limit", np.array([2.0, numbers[-1]]), np.full(2, one.delta)),
        ),
        x=Scale("split", 2, max(3, float(numbers[-1]))),
        y=Scale("ratio", 0, 0),
    )


def _distance_plot(found: Cascade) -> Plot:
    distances = np.log10(np.diff(np.array(found.superstable)))
    return Plot(
        "Distance between superstable parameters",
        (Curve("distance", np.arange(1, len(distances) + 1, dtype=np.float64), distances),),
        x=Scale("split", 1, len(distances)),
        y=Scale("power of ten", 0, 0),
    )


def _readings(one: Map, found: Cascade) -> tuple[Reading, ...]:
    assert one.delta is not None
    ratio = found.ratios[-1]
    return (
        Reading("Feigenbaum's ratio", f"{ratio:.6f}"),
        Reading(f"difference from the limit, {one.delta:.6f}", round(100 * (ratio / one.delta - 1), 4), "%"),
        Reading("no end of splits at", f"{found.end:.9f}"),
        *(Reading(f"{2**n} to {2 ** (n + 1)} values at", f"{a:.9f}") for n, a in enumerate(found.splits)),
        *(Reading(f"superstable with {2**n} values", f"{a:.9f}") for n, a in enumerate(found.superstable)),
    )
