"""Figures C8 to C10: what is found at random points of concept space."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alienlab.domain.concepts import RandomPoint
from alienlab.domain.events import Image
from alienlab.domain.lesions import Operation
from alienlab.domain.recognition import Recognition
from alienlab.figures.cells import cell, counted, mosaic, on_all
from alienlab.figures.concept_space import plane_cell
from alienlab.figures.figure import Figure
from alienlab.figures.random_points import random_shots
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheet_content import Sheet, SheetCell, SheetSection

_SIDE = 7
_CENTRES = (4, 31)
"""Random points around which planes are laid."""
_EXTENT = 1.5
_POINTS = 98
_IN_A_ROW = 8
_FEWEST = 3
"""Images that make a kind of their own."""
_SURE = 0.5
_GRAINS = ((Operation.SCALE, 0.7), (Operation.NOISE, 0.5), (Operation.SCALE, 1.3))


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
    groups: dict[str, list[Shot]] = {}
    for shot, said in zip(shots, studio.recognise(shots), strict=True):
        groups.setdefault(_kind(said), []).append(shot)
    large = {kind: some for kind, some in groups.items() if len(some) >= _FEWEST}
    rest = [shot for kind, some in groups.items() if kind not in large for shot in some]
    ordered = sorted(large.items(), key=lambda entry: -len(entry[1]))
    sections = [_group(studio, kind, some) for kind, some in [*ordered, *([("others", rest)] if rest else [])]]
    told = f"{counted(len(shots), 'random point')}, each with a noise of its own · {shots[0].recipe.steps} steps"
    return Sheet(title="", common=told, sections=tuple(sections), columns=min(_IN_A_ROW, len(shots)))


def _kind(said: Recognition | None) -> str:
    """What an image seems to be: a thing, or something unknown on a ground."""
    if said is None:
        return "no image"
    word, share = said.subjects[0]
    if not said.is_lost:
        return f"like a {word}" if share >= _SURE else "perhaps something"
    ground = said.backgrounds[0][0] if said.backgrounds else ""
    return f"nothing known, on {ground}" if ground else "nothing known"


def _group(studio: Studio, kind: str, shots: Sequence[Shot]) -> SheetSection:
    said = studio.recognise(shots)
    cells = [cell(studio, shot, *_first(one)) for shot, one in zip(shots, said, strict=True)]
    return SheetSection(f"{kind} ({len(shots)})", tuple(cells))


def _first(said: Recognition | None) -> tuple[str, ...]:
    return said.parts[:1] if said is not None else ()


def _grain(studio: Studio) -> Sheet:
    minds = studio.few(_GRAINS, 1)
    sections = [_grain_section(studio, operation, amount) for operation, amount in minds]
    intact = random_shots(studio, _IN_A_ROW)[:_IN_A_ROW]
    first = _with_grain(studio, "The intact mind", intact)
    told = f"Random points, each with a noise of its own · {intact[0].recipe.steps} steps"
    return Sheet(title="", common=told, sections=(first, *sections), columns=min(_IN_A_ROW, len(intact)))


def _grain_section(studio: Studio, operation: Operation, amount: float) -> SheetSection:
    shots = random_shots(studio, _IN_A_ROW, lesions=on_all(operation, amount))
    done = {Operation.SCALE: "scaled to", Operation.NOISE: "replaced by randomness to"}[operation]
    return _with_grain(studio, f"All weights {done} {100 * amount:g} %", shots)


def _with_grain(studio: Studio, heading: str, shots: Sequence[Shot]) -> SheetSection:
    sizes = [grain_size(image) for image in studio.images(shots)]
    told = f": a light and a dark grain together measure {np.median(sizes):.1f} pixels" if sizes else ""
    return SheetSection(heading + told, tuple(cell(studio, shot) for shot in shots))


def grain_size(image: Image) -> float:
    """Wavelength in pixels about which the brightness varies most: spectral power spread evenly over octaves.

    The power in rings of the Fourier transform is weighted by frequency, so that slow changes of the ground, which
    every picture has, do not count more than what repeats; the strongest ring is taken.
    """
    grey = image.astype(np.float64).mean(axis=-1)
    window = np.hanning(grey.shape[0])[:, None] * np.hanning(grey.shape[1])
    power = np.abs(np.fft.fft2((grey - grey.mean()) * window)) ** 2
    frequency = np.hypot(np.fft.fftfreq(grey.shape[0])[:, None], np.fft.fftfreq(grey.shape[1]))
    edges = np.geomspace(2.0 / min(grey.shape), 0.5, 20)
    ring = np.digitize(frequency, edges)
    strongest = max(range(1, len(edges)), key=lambda one: power[ring == one].sum() if (ring == one).any() else 0.0)
    return float(1.0 / np.sqrt(edges[strongest - 1] * edges[strongest]))


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
        "Pictures at random points, put together by what the recogniser takes them for and by their ground. This mind "
        "knows heads, things and empty scenes, so what it makes up are mostly heads that almost are somebody's.",
        _kinds,
    ),
    Figure(
        "C10",
        "Grain",
        "Where the picture itself is lost, light and dark spots of one size remain, as if something had been blurred "
        "and sharpened over and over.",
        _grain,
    ),
)
