"""Figures C1 to C6: lines and planes through concept space. What is at random points: ``galleries``."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.concepts import ConceptExpression, Prompt, RandomDirections, Way
from alienlab.domain.space.walks import evenly, grid, on_line, on_plane
from alienlab.figures.cells import cell, mosaic, row, shared
from alienlab.figures.figure import Figure
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheets.content import Sheet, SheetAxes, SheetCell, SheetSection

_DOG, _CAT, _PLANE = "a dog", "a cat", "a plane"
_BETWEEN = evenly(0.0, 1.0, 11)
_BEYOND = evenly(0.0, 3.0, 13)
_ISLAND = 3.0
"""Extent of the planes around the subject, in units of R: the concept fades at one to two of them."""
_ZOOMS = (0.75, _ISLAND, 12.0)


def _line(studio: Studio) -> Sheet:
    return _line_sheet(studio, _DOG, _CAT, _BETWEEN)


def _beyond(studio: Studio) -> Sheet:
    return _line_sheet(studio, _DOG, _CAT, _BEYOND)


def _far_apart(studio: Studio) -> Sheet:
    return _line_sheet(studio, _PLANE, _CAT, _BETWEEN)


def _line_sheet(studio: Studio, start: str, end: str, positions: Sequence[float]) -> Sheet:
    """The same line with two noises, a row for each."""
    places = studio.few(positions, 4)
    seeds = (studio.seed, studio.seed + 1)
    points = [on_line(Prompt(start), Prompt(end), place, Way.STRAIGHT) for place in places]
    shots = studio.shoot([studio.recipe(point, seed=seed) for seed in seeds for point in points])
    cells = [cell(studio, shot) for shot in shots]
    names = {0.0: start, 1.0: end}
    labels = [names.get(place, f"{place:.3g}") for place in places]
    section = row("", cells, labels, across=f"from {start} to {end}", rows=[f"noise {seed}" for seed in seeds])
    return Sheet(title="", common=f"{studio.steps} steps", sections=(section,), columns=len(places))


def _cat_island(studio: Studio) -> Sheet:
    size = _size(studio, 11)
    steps = evenly(-_ISLAND, _ISLAND, size)
    shots = _plane(studio, studio.prompt, 1, size, _ISLAND)
    axes = SheetAxes(
        columns=tuple(map(_in_radii, steps)),
        rows=tuple(map(_in_radii, reversed(steps))),
        across="a random direction",
        down="another",
    )
    section = SheetSection("", tuple(cell(studio, shot) for shot in shots), axes)
    return Sheet(title="", common=_told(studio), sections=(section,), columns=size, is_one_page=True)


def _other_planes(studio: Studio) -> Sheet:
    cells = [
        plane_cell(studio, studio.prompt, seed, _ISLAND, f"plane {seed}, {_ISLAND:g} R to each side")
        for seed in studio.few((2, 3, 4), 1)
    ]
    return _planes_sheet(studio, cells)


def _zoom(studio: Studio) -> Sheet:
    cells = [
        plane_cell(studio, studio.prompt, 1, extent, f"{extent:g} R to each side") for extent in studio.few(_ZOOMS, 2)
    ]
    return _planes_sheet(studio, cells)


def _planes_sheet(studio: Studio, cells: Sequence[SheetCell]) -> Sheet:
    section = SheetSection("", tuple(cells))
    return Sheet(title="", common=_told(studio), sections=(section,), columns=len(cells))


def plane_cell(studio: Studio, origin: ConceptExpression, seed: int, extent: float, *caption: str) -> SheetCell:
    """A plane as one picture, its origin in the middle; it reaches ``extent`` radii R of the space to each side."""
    size = _size(studio, 7)
    return SheetCell.of(mosaic(studio, _plane(studio, origin, seed, size, extent), size), caption)


def _plane(studio: Studio, origin: ConceptExpression, seed: int, size: int, extent: float) -> list[Shot]:
    """``size`` × ``size`` shots of the plane of a seed, row by row from the top left."""
    radius = studio.radius
    return studio.shoot(
        [
            studio.recipe(on_plane(origin, RandomDirections(seed), x * radius, y * radius), wide=True)
            for x, y in grid(size, extent)
        ]
    )


def _size(studio: Studio, size: int) -> int:
    return 3 if studio.subject.is_quick else size


def _told(studio: Studio) -> str:
    shots = studio.shoot([studio.recipe(wide=True)])
    return f"R = {studio.radius:.3g}, how far the points of prompts lie from their mean · {shared(shots)}"


def _in_radii(place: float) -> str:
    return f"{place:.3g} R".replace("-", "−") if place else "0"


CONCEPT_SPACE = (
    Figure("C1", "On a line", "Pictures on the way from one concept to another, with the same noise.", _line),
    Figure(
        "C2", "Beyond", "The same line does not end at the second concept; what lies past it soon is strange.", _beyond
    ),
    Figure("C3", "Far apart", "Between two things that have nothing in common the change is a sudden one.", _far_apart),
    Figure(
        "C4",
        "An island",
        "A square cut out of concept space around the point of the prompt, along two random directions: what was asked "
        "for in the middle, warped versions of it around, then parts of it, then patterns.",
        _cat_island,
    ),
    Figure(
        "C5",
        "Other planes",
        "Other directions through the same point lead to other pictures, and to the same kind of shore.",
        _other_planes,
    ),
    Figure("C6", "Zoom", "One plane from near and from afar: the island is all there is, or hardly to be seen.", _zoom),
)
