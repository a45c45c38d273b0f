"""A map as a curve, and the way of one start between it and the diagonal."""

from __future__ import annotations

import numpy as np

from alienlab.api import Curve, Exhibit, Grip, Handle, Plot, Scale, Values, Workbench
from alienlab_maps.density import attractor_readings, fate, orbit_plot
from alienlab_maps.maps import map_of
from alienlab_maps.orbits import Numbers, attractors, orbit

_POINTS = 401


def cobweb(values: Values, workbench: Workbench) -> Exhibit:
    """Up or down to the curve, across to the diagonal, and again."""
    one, a = map_of(values.text("map")), values.number("a")
    way = orbit(one, a, values.number("start"), values.whole("steps"))
    x = np.linspace(0, 1, _POINTS)
    again = one.step(one.step(x, a), a)
    across, up = _stairs(way)
    found = attractors(one, a)
    attracting = np.array(found.values)
    plot = Plot(
        f"x → {one.formula}",
        (
            Curve("the map", x, np.asarray(one.step(x, a), np.float64)),
            Curve("the way of one start", across, up),
            Curve("the map twice", x, np.asarray(again, np.float64)),
            Curve("unchanged", np.array([0.0, 1.0]), np.array([0.0, 1.0])),
            Curve("attractor", attracting, attracting, is_line=False),
        ),
        x=Scale("x", 0, 1),
        y=Scale("next x", 0, 1),
        handles=(Handle("start", Grip.ACROSS),),
    )
    note = "Where the map crosses the diagonal more steeply than 45°, values move away, and come to where the map "
    return Exhibit(
        plot,
        (orbit_plot(way),),
        attractor_readings(found),
        note=f"{fate(found)} {note}applied twice crosses it: two values in turn.",
    )


def _stairs(way: Numbers) -> tuple[Numbers, Numbers]:
    across = np.repeat(way[:-1], 2)
    up = np.empty_like(across)
    up[0::2], up[1::2] = way[:-1], way[1:]
    up[0] = 0.0
    return np.append(across, way[-1]), np.append(up, way[-1])
