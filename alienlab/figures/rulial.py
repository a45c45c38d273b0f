"""Figures R1 and R2: what stays of a concept when the mind changes, and how much a mind can imagine."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.concepts import Ray
from alienlab.domain.counting import counted
from alienlab.domain.lesions import LesionSpec, Operation
from alienlab.domain.space.breadth import Breadth
from alienlab.figures.cells import KEPT, cell, on_all, percents, shared
from alienlab.figures.figure import Figure
from alienlab.figures.keeping import is_kept, kept_shares
from alienlab.figures.random_points import random_shots
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheets.content import Sheet, SheetAxes, SheetSection

_DISTANCES = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""In units of R."""
_DOSES = (0.0, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2)
_DIRECTION = 1
_POINTS = 24
_SHOWN = 12
_MINDS: tuple[tuple[str, tuple[LesionSpec, ...]], ...] = (
    ("Intact mind", ()),
    ("With 8 % randomness in every weight", on_all(Operation.NOISE, 0.08)),
    ("Without the attention to the text", (LesionSpec.parse("*.attn2.*:zero"),)),
)


def _is_kept(studio: Studio) -> Sheet:
    distances, doses = studio.few(_DISTANCES, 3), studio.few(_DOSES, 3)
    recipes = [
        studio.recipe(
            Ray(studio.prompt, _DIRECTION, distance * studio.radius) if distance else None,
            lesions=on_all(Operation.NOISE, dose),
            wide=True,
        )
        for dose in doses
        for distance in distances
    ]
    shots = studio.shoot(recipes)
    shares = kept_shares(studio, shots)
    cells = [
        cell(studio, shot, "boundary" if is_edge else "", value=share)
        for shot, share, is_edge in zip(shots, shares, boundary(shares, len(distances)), strict=True)
    ]
    axes = SheetAxes(
        columns=tuple(f"{distance:g} R" if distance else "at the prompt" for distance in distances),
        rows=percents(doses),
        across="distance from the point of the prompt",
        down="randomness",
    )
    told = f"{sum(map(is_kept, shares))} of {len(shares)} keep it · {shared(shots[:1])}"
    section = SheetSection("", tuple(cells), axes)
    return Sheet(title="", common=told, sections=(section,), columns=len(distances), scale=KEPT, is_one_page=True)


def boundary(shares: Sequence[float | None], columns: int) -> list[bool]:
    """Which images of a grid, row by row, still keep the concept beside one, to the right or below, that does not."""
    kept = list(map(is_kept, shares))

    def is_edge(place: int) -> bool:
        right = [place + 1] if place % columns < columns - 1 else []
        below = [place + columns] if place + columns < len(kept) else []
        return kept[place] and not all(kept[other] for other in (*right, *below))

    return [is_edge(place) for place in range(len(kept))]


def _extent(studio: Studio) -> Sheet:
    sections = [section for name, lesions in studio.few(_MINDS, 2) for section in _mind(studio, name, lesions)]
    told = f"{studio.wide_steps} steps, each picture with a noise of its own · different pictures: the Vendi score"
    columns = max(len(section.cells) for section in sections)
    return Sheet(title="", common=told, sections=tuple(sections), columns=columns)


def _mind(studio: Studio, name: str, lesions: Sequence[LesionSpec]) -> list[SheetSection]:
    """Pictures of prompts, then of random points, with how varied each of the two are."""
    prompted, random = _prompted(studio, lesions), random_shots(studio, _POINTS, lesions=lesions)
    return [
        _varied(studio, f"{name}, at {counted(len(prompted), 'prompt')}", prompted),
        _varied(studio, f"{name}, at {counted(len(random), 'random point')}", random),
    ]


def _varied(studio: Studio, heading: str, shots: Sequence[Shot]) -> SheetSection:
    return SheetSection(f"{heading}: {_told(studio, shots)}", tuple(cell(studio, shot) for shot in shots[:_SHOWN]))


def _prompted(studio: Studio, lesions: Sequence[LesionSpec]) -> list[Shot]:
    texts = studio.few((studio.lab.info.prompts or (studio.prompt.text,))[:_POINTS], 3)
    return studio.shoot(
        [
            studio.recipe(text, seed=studio.seed + place, lesions=tuple(lesions), wide=True)
            for place, text in enumerate(texts)
        ]
    )


def _told(studio: Studio, shots: Sequence[Shot]) -> str:
    """The effective number of different pictures."""
    said = [one for one in studio.recognise(shots) if one is not None]
    images = studio.images(shots)
    if len(images) < 2:
        return "too few pictures to measure"
    breadth = Breadth.of(studio.lab.embed(images), said)
    return f"{breadth.vendi:.1f} different pictures, {counted(len(breadth.concepts), 'thing')} recognised"


RULIAL = (
    Figure(
        "R1",
        "Is the concept kept?",
        "How far prompt and network may change together until the picture is no longer seen as what it was: the prompt "
        "along a random direction, the network by randomness in every weight. Pictures at the boundary say so.",
        _is_kept,
    ),
    Figure(
        "R2",
        "The extent of a mind",
        "How many different things a mind imagines, at prompts and at random points: broad in the intact one, narrower "
        "where words no longer reach it.",
        _extent,
    ),
)
