"""Balls that roll: the ways of one and its neighbours, and many at once as a film."""

from __future__ import annotations

import math

import numpy as np

from alienlab.api import Curve, Exhibit, Film, Grip, Handle, Image, Picture, Plot, Reading, Scale, Values, Workbench
from alienlab_wells.landscape import EXTENT, Array, at, grid
from alienlab_wells.painting import colours_of, filmed, painted_landscape, with_rests, with_ways
from alienlab_wells.rolling import NOWHERE, Ends, ends, ways
from alienlab_wells.scene import Scene, scene_of

_SIDE, _FILM_SIDE = 540, 352
_FRAMES, _FRAME_SECONDS = 40, 0.1
_ON = 1.0
"""Seconds that are shown after a ball can no longer leave, besides those in which it slows down."""
_LONGEST_SHOWN = 60.0


def trajectories(values: Values, workbench: Workbench) -> Exhibit:
    """The way of a ball, and of neighbours that start beside it."""
    scene = scene_of(values, values.number("dose"), workbench)
    x, y = _fan(values)
    found = _ends(scene, x, y, values)
    seconds = _shown(float(found.seconds[0]), values)
    workbench.progress(0.5, "Rolling")
    places, energies = ways(scene.landscape, x, y, friction=values.number("friction"), seconds=seconds)
    pixels = _ground(scene, _SIDE, workbench)
    picture = Picture(
        with_ways(pixels, places, found.places),
        x=Scale("x", -EXTENT, EXTENT),
        y=Scale("y", -EXTENT, EXTENT),
        handles=(Handle("start", Grip.POINT),),
        is_smooth=True,
    )
    astray = float(np.mean(found.places[1:] != found.places[0])) if len(x) > 1 else 0.0
    times = np.linspace(0, seconds, len(places))
    return Exhibit(
        picture,
        (_energy_plot(times, energies[:, 0], scene), _distance_plot(times, places)),
        (
            Reading("comes to", scene.name(int(found.places[0]))),
            Reading("cannot leave after", _told(found, 0), "s"),
            Reading("neighbours that come elsewhere", round(100 * astray, 1), "%"),
        ),
        note="White is the way of the ball that can be dragged; its neighbours have the colours of their wells.",
    )


def film(values: Values, workbench: Workbench) -> Exhibit:
    """Many balls fall, each in the colour of the well that it comes to."""
    scene = scene_of(values, values.number("dose"), workbench)
    x, y = grid(math.isqrt(values.whole("balls")), np.float32)
    found = _ends(scene, x, y, values)
    seconds = _shown(float(np.percentile(found.seconds, 97)), values)
    workbench.progress(0.4, "Rolling")
    places, _ = ways(scene.landscape, x, y, friction=values.number("friction"), seconds=seconds)
    chosen = np.linspace(0, len(places) - 1, _FRAMES).round().astype(int)
    workbench.progress(0.7, "Painting")
    frames = filmed(_ground(scene, _FILM_SIDE, workbench), places[chosen], colours_of(found.places))
    captions = tuple(f"{number * scene.landscape.time_step():.1f} s" for number in chosen)
    return Exhibit(
        Film(frames, captions, seconds=_FRAME_SECONDS, is_smooth=True),
        (_settled_plot(found, scene, seconds),),
        shares(found, scene),
        note="Each ball has the colour of the well that it will come to: look at how they are mixed at first.",
    )


def shares(found: Ends, scene: Scene) -> tuple[Reading, ...]:
    """How many come to each well."""
    numbers, counts = np.unique(found.places, return_counts=True)
    order = sorted(zip(numbers.tolist(), counts.tolist(), strict=True), key=lambda one: (one[0] == NOWHERE, one[0]))
    return tuple(
        Reading(f"come to {scene.name(number)}", round(100 * count / len(found.places), 1), "%")
        for number, count in order
    )


def _ground(scene: Scene, side: int, workbench: Workbench) -> Image:
    return workbench.remember(
        ("ground", scene.landscape, scene.wells, side),
        lambda: with_rests(painted_landscape(scene.landscape, side), scene.rests, scene.numbers),
    )


def _fan(values: Values) -> tuple[Array, Array]:
    """The start first, then its neighbours on a circle around it."""
    x, y = at(values.numbers("start"))
    number, spread = values.whole("neighbours"), values.number("spread")
    angles = np.arange(number) * (2 * np.pi / max(1, number))
    return np.append(x, x + spread * np.cos(angles)), np.append(y, y + spread * np.sin(angles))


def _ends(scene: Scene, x: Array, y: Array, values: Values) -> Ends:
    found = ends(
        scene.landscape, scene.rests, x, y, friction=values.number("friction"), longest=values.number("seconds")
    )
    return Ends(scene.numbered(found.places), found.seconds)


def _shown(until: float, values: Values) -> float:
    """Seconds: until it is caught, and until it hardly moves."""
    friction = max(values.number("friction"), 0.01)
    return min(until + _ON + min(2.0 / friction, 8.0), values.number("seconds"), _LONGEST_SHOWN)


def _told(found: Ends, ball: int) -> float | str:
    return "more" if found.places[ball] == NOWHERE else round(float(found.seconds[ball]), 1)


def _energy_plot(times: Array, energies: Array, scene: Scene) -> Plot:
    curves = [Curve("energy", times, energies.astype(np.float64))]
    if scene.rests:
        rim = min(rest.rim for rest in scene.rests)
        curves.append(Curve("too little to leave every well", times[[0, -1]], np.full(2, rim)))
    return Plot("Energy of the ball", tuple(curves), x=Scale("time", 0, float(times[-1]), "s"), y=Scale("energy", 0, 0))


def _distance_plot(times: Array, places: Array) -> Plot:
    away = (
        np.sqrt(((places[:, 1:] - places[:, :1]) ** 2).sum(axis=2))
        if places.shape[1] > 1
        else np.zeros((len(times), 1))
    )
    furthest = np.log10(np.maximum(away.max(axis=1), 1e-9))
    return Plot(
        "Distance of the furthest neighbour",
        (Curve("distance", times, furthest.astype(np.float64)),),
        x=Scale("time", 0, float(times[-1]), "s"),
        y=Scale("power of ten", 0, 0),
    )


def _settled_plot(found: Ends, scene: Scene, seconds: float) -> Plot:
    """How many can no longer leave each well, over time."""
    times = np.linspace(0, seconds, 121)
    curves = []
    for number in np.unique(found.places[found.places != NOWHERE]).tolist():
        caught = np.sort(found.seconds[found.places == number])
        counts = np.searchsorted(caught, times, side="right") / len(found.places)
        curves.append(Curve(scene.name(number), times, 100 * counts))
    return Plot(
        "Balls that can no longer leave",
        tuple(curves),
        x=Scale("time", 0, seconds, "s"),
        y=Scale("share", 0, 100, "%"),
    )
