"""Figures C8 to C10: what is found at random points of concept space."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alienlab.domain.concepts import RandomPoint
from alienlab.domain.counting import counted
from alienlab.domain.lesions import Operation
from alienlab.domain.recognition import Recognition
from alienlab.domain.space.breadth import SURE
from alienlab.figures.cells import cell, mosaic, on_all
from alienlab.figures.concept_space import plane_cell
from alienlab.figures.figure import Figure
from alienlab.figures.random_points import random_shots
from alienlab.figures.studio import Shot, Studio
from alienlab.figures.texture import grain_size, regularity
from alienlab.session.sheets.content import Sheet, SheetCell, SheetSection

_SIDE = 7
_CENTRES = (4, 31)
"""Random points around which planes are laid."""
_EXTENT = 1.5
_POINTS = 98
_IN_A_ROW = 8
_KINDS_IN_A_ROW = 10
_REGULAR = 0.3
"""Regularity from which a texture is seen at once."""
_ONE_COLOUR = " background"
_PATTERNS = ("dots", "stripes", "checks", "gradient", "rays", "pattern")
_SEEN = "Seen as something known, rightly or not"
_PERHAPS = "Perhaps something"
_PLAIN = "Something unknown on one colour"
_PATTERNED = "Something unknown on a pattern or a gradient"
_LANDSCAPE = "Something unknown in a landscape, a city or a room"
_UNKNOWN = "Something unknown"
_TEXTURE = "A repeated texture"
_NO_IMAGE = "No image"
_KINDS = (_SEEN, _PERHAPS, _PLAIN, _PATTERNED, _LANDSCAPE, _UNKNOWN, _TEXTURE, _NO_IMAGE)
_GRAINS = ((Operation.SCALE, 0.7), (Operation.NOISE, 0.5))


def _endless(studio: Studio) -> Sheet:
    side = 2 if studio.subject.is_quick else _SIDE
    shots = random_shots(studio, side * side)[: side * side]
    gallery = SheetCell.of(mosaic(studio, shots, side), (f"points 0 to {side * side - 1}, each with its own noise",))
    planes = [
        plane_cell(
            studio, RandomPoint(number), 1, _EXTENT, f"a plane around point {number}, {_EXTENT:g} R to each side"
        )
        for number in studio.few(_CENTRES, 1)
    ]
    told = f"R = {studio.radius:.3g}, how far the points of prompts lie from their mean · {shots[0].recipe.steps} steps"
    cells = (gallery, *planes)
    return Sheet(title="", common=told, sections=(SheetSection("", cells),), columns=len(cells))


def _kinds(studio: Studio) -> Sheet:
    shots = random_shots(studio, _POINTS)
    groups: dict[str, list[SheetCell]] = {kind: [] for kind in _KINDS}
    for shot, said in zip(shots, studio.recognise(shots), strict=True):
        kind = _kind(studio, shot, said)
        named = said.parts[:1] if said is not None and not said.is_lost else ()
        groups[kind].append(cell(studio, shot, *named))
    sections = [SheetSection(f"{kind} ({len(some)})", tuple(some)) for kind, some in groups.items() if some]
    told = f"{counted(len(shots), 'random point')}, each with a noise of its own · {shots[0].recipe.steps} steps"
    return Sheet(title="", common=told, sections=tuple(sections), columns=min(_KINDS_IN_A_ROW, len(shots)))


def _kind(studio: Studio, shot: Shot, said: Recognition | None) -> str:
    """What an image seems to be: a thing, a texture, or something unknown on a ground."""
    if shot.record is None or said is None:
        return _NO_IMAGE
    if not said.is_lost and said.subjects[0][1] >= SURE:
        return _SEEN
    if regularity(studio.session.load_image(shot.record)) >= _REGULAR:
        return _TEXTURE
    if not said.is_lost:
        return _PERHAPS
    ground = said.backgrounds[0][0] if said.backgrounds else ""
    if not ground:
        return _UNKNOWN
    return _PLAIN if ground.endswith(_ONE_COLOUR) else _PATTERNED if ground in _PATTERNS else _LANDSCAPE


def _grain(studio: Studio) -> Sheet:
    shots = [shot for shot in random_shots(studio, _POINTS) if shot.record is not None]
    regular = sorted(shots, key=lambda shot: -regularity(studio.images([shot])[0]))[:_IN_A_ROW]
    sections = (
        _with_grain(studio, f"The intact mind, at those of {len(shots)} points where most repeats", regular),
        *(_grain_section(studio, operation, amount) for operation, amount in studio.few(_GRAINS, 1)),
    )
    told = f"Random points, each with a noise of its own · {studio.wide_steps} steps"
    return Sheet(title="", common=told, sections=sections, columns=min(_IN_A_ROW, len(regular)))


def _grain_section(studio: Studio, operation: Operation, amount: float) -> SheetSection:
    shots = random_shots(studio, _IN_A_ROW, lesions=on_all(operation, amount))
    done = {Operation.SCALE: "scaled to", Operation.NOISE: "mixed with randomness,"}[operation]
    return _with_grain(studio, f"All weights {done} {100 * amount:g} %", shots)


def _with_grain(studio: Studio, heading: str, shots: Sequence[Shot]) -> SheetSection:
    sizes = [grain_size(image) for image in studio.images(shots)]
    told = f": a light and a dark grain together measure about {np.median(sizes):.0f} pixels" if sizes else ""
    return SheetSection(heading + told, tuple(cell(studio, shot) for shot in shots))


GALLERIES = (
    Figure(
        "C8",
        "An endless gallery",
        "There are always more points, and around each of them a neighbourhood that looks like it.",
        _endless,
    ),
    Figure(
        "C9",
        "Kinds",
        "Pictures at random points, sorted by what they seem to be: by what the recogniser takes them for, by their "
        "ground, and by whether something repeats in them.",
        _kinds,
    ),
    Figure(
        "C10",
        "Grain",
        "Light and dark spots of one size come again and again, as if something had been blurred and sharpened over "
        "and over: behind what the intact mind makes of some points, and everywhere where a picture is lost.",
        _grain,
    ),
)
