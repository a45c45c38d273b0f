"""Which well each start comes to, and how lesions of the landscape move that."""

from __future__ import annotations

import numpy as np

from alienlab.api import (
    Curve,
    Exhibit,
    Grip,
    Handle,
    Image,
    Picture,
    Plot,
    Reading,
    Scale,
    Values,
    Wall,
    Workbench,
)
from alienlab_wells.falls import shares
from alienlab_wells.landscape import EXTENT, Array, at
from alienlab_wells.painting import painted_basins, with_rests, with_ways
from alienlab_wells.rolling import NOWHERE, Ends, ways
from alienlab_wells.scene import Scene, basins_of, scene_of

_SIDE, _WALL_SIDE = 540, 240
_WALL_DETAIL, _WALL_COLUMNS = 48, 4
_COARSE = (48, 120)
"""Details that are shown first where more is wanted."""
_WAY_SECONDS = 40.0


def basins(values: Values, workbench: Workbench) -> Exhibit:
    """The colour of each start is that of the well that it comes to."""
    scene = scene_of(values, values.number("dose"), workbench)
    wanted = values.whole("detail")
    for detail in _COARSE:
        if 2 * detail <= wanted:
            workbench.show(_exhibit(scene, _kept(scene, values, detail, workbench), values))
    return _exhibit(scene, _kept(scene, values, wanted, workbench), values)


def doses(values: Values, workbench: Workbench) -> Exhibit:
    """A wall of basins for a growing dose of a lesion, and what moved."""
    amounts = np.round(np.linspace(0, values.number("highest"), values.whole("pictures")), 2).tolist()
    intact: Ends | None = None
    pictures: list[Picture] = []
    moved: list[float] = []
    parts: list[Array] = []
    wells = 0
    for place, dose in enumerate(amounts):
        workbench.progress(place / len(amounts), f"Dose {dose:g}")
        scene = scene_of(values, dose, workbench)
        found = basins_of(scene, values, _WALL_DETAIL, workbench, f"Dose {dose:g}")
        intact = intact or found
        wells = scene.wells
        moved.append(100 * float(np.mean(found.places != intact.places)))
        parts.append(_parts(found, wells))
        caption = f"{dose:g}: {moved[-1]:.0f} % moved" if place else "intact"
        pictures.append(Picture(painted_basins(found, _WALL_SIDE), caption, sets={"dose": dose}))
    columns = min(_WALL_COLUMNS, len(pictures))
    return Exhibit(
        Wall(tuple(pictures), columns=columns),
        (_moved_plot(amounts, moved), _parts_plot(amounts, np.array(parts), wells)),
        (
            Reading("moved at the highest dose", round(moved[-1], 1), "%"),
            Reading("first dose at which 5 % moved", _first(amounts, moved, 5.0)),
        ),
        note="Each picture shows which well every start comes to; a click on one takes its dose.",
    )


def _kept(scene: Scene, values: Values, detail: int, workbench: Workbench) -> Ends:
    """Not computed anew while the ball is dragged."""
    key = (scene.landscape, detail, values.number("friction"), values.number("seconds"))
    return workbench.remember(key, lambda: basins_of(scene, values, detail, workbench, "Letting balls roll"))


def _exhibit(scene: Scene, found: Ends, values: Values) -> Exhibit:
    caught = found.seconds[found.places != NOWHERE]
    typical = round(float(np.median(caught)), 1) if len(caught) else "none"
    picture = Picture(
        _painted(scene, found, values),
        x=Scale("x of the start", -EXTENT, EXTENT),
        y=Scale("y of the start", -EXTENT, EXTENT),
        handles=(Handle("start", Grip.POINT),),
    )
    return Exhibit(
        picture,
        (_times_plot(found),),
        (*shares(found, scene), Reading("half are caught after", typical, "s")),
        note="Colours are wells, and dark starts take long. The white line is the way of the ball that can be dragged.",
    )


def _painted(scene: Scene, found: Ends, values: Values) -> Image:
    point, friction = values.numbers("start"), values.number("friction")
    x, y = (np.array([one]) for one in at(point))
    until = min(_seconds_at(found, point) + 2 / max(friction, 0.25), _WAY_SECONDS)
    places, _ = ways(scene.landscape, x, y, friction=friction, seconds=until)
    pixels = with_ways(painted_basins(found, _SIDE), places, np.zeros(1, np.int64), first_width=2)
    return with_rests(pixels, scene.rests, scene.numbers)


def _seconds_at(found: Ends, point: tuple[float, ...]) -> float:
    """Of the nearest start that was followed."""
    detail = round(len(found.places) ** 0.5)
    column, row = (min(int(share * detail), detail - 1) for share in point)
    return float(found.seconds[row * detail + column])


def _parts(found: Ends, wells: int) -> Array:
    """Shares of each well of the intact landscape, and of new ones together."""
    counts = np.bincount(np.minimum(found.places[found.places != NOWHERE], wells), minlength=wells + 1)
    return 100 * counts / len(found.places)


def _first(amounts: list[float], moved: list[float], share: float) -> float | str:
    return next((dose for dose, part in zip(amounts, moved, strict=True) if part >= share), "none")


def _times_plot(found: Ends) -> Plot:
    times, counts = np.unique(found.seconds[found.places != NOWHERE], return_counts=True)
    rolling = 100 * (1 - np.cumsum(counts) / len(found.places))
    return Plot(
        "Balls that can still leave",
        (Curve("share", times.astype(np.float64), rolling),),
        x=Scale("time", 0, float(times[-1]) if len(times) and times[-1] > 0 else 1.0, "s"),
        y=Scale("share", 0, 100, "%"),
    )


def _moved_plot(amounts: list[float], moved: list[float]) -> Plot:
    return Plot(
        "Starts that come to another well than before",
        (Curve("share", np.array(amounts), np.array(moved)),),
        x=Scale("dose", 0, max(amounts)),
        y=Scale("share", 0, 100, "%"),
        handles=(Handle("dose", Grip.ACROSS),),
    )


def _parts_plot(amounts: list[float], parts: Array, wells: int) -> Plot:
    curves = [Curve(f"well {number + 1}", np.array(amounts), parts[:, number]) for number in range(wells)]
    if parts[:, wells].any():
        curves.append(Curve("new wells", np.array(amounts), parts[:, wells]))
    return Plot(
        "Starts that come to each well", tuple(curves), x=Scale("dose", 0, max(amounts)), y=Scale("share", 0, 100, "%")
    )
