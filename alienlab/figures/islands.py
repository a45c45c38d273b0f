"""Figure C7: how far an island reaches in every direction."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.concepts import ConceptExpression, Ray
from alienlab.domain.errors import SweepError
from alienlab.domain.space.archipelago import REACH
from alienlab.domain.space.islands import Edge, Island, Spot, Survey, look_around
from alienlab.figures.cells import cell, counted, row, shared
from alienlab.figures.figure import Figure
from alienlab.figures.keeping import kept_shares, recognised_words
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheet_content import Sheet

_DIRECTIONS = 10


def _island_size(studio: Studio) -> Sheet:
    survey = Survey(tuple(range(3 if studio.subject.is_quick else _DIRECTIONS)), REACH * studio.radius)
    edges = _edges(studio, survey)
    island = _island(studio, edges)
    names = [f"direction {edge.direction}" for edge in edges]
    inside = _at(studio, [(edge.direction, edge.inside) for edge in edges])
    outside = _at(studio, [(edge.direction, edge.outside or survey.reach) for edge in edges])
    last = [
        cell(studio, shot, f"{edge.inside / studio.radius:.2f} R") for shot, edge in zip(inside, edges, strict=True)
    ]
    first = [
        cell(studio, shot, f"{edge.outside / studio.radius:.2f} R" if edge.outside else "not lost so far")
        for shot, edge in zip(outside, edges, strict=True)
    ]
    return Sheet(
        title="",
        common=f"{_told(island)} · {shared(_at(studio, [(0, 0.0)]))}",
        sections=(
            row("The last image in which it holds", last, names),
            row("The first in which it does not", first, names),
        ),
        columns=len(edges),
    )


def _edges(studio: Studio, survey: Survey) -> list[Edge]:
    """Look along all directions together. Raises ConceptLost as ``look_around``."""
    look = look_around(survey)
    spots = next(look)
    while True:
        try:
            spots = look.send(_kept_at(studio, spots))
        except StopIteration as end:
            return end.value


def _kept_at(studio: Studio, spots: Sequence[Spot]) -> list[float | None]:
    intact = studio.recipe(wide=True)
    shots = studio.shoot([intact, *(studio.recipe(_point(studio, spot), wide=True) for spot in spots)])
    return kept_shares(studio, shots)[1:]


def _at(studio: Studio, places: Sequence[tuple[int, float]]) -> list[Shot]:
    return studio.shoot([studio.recipe(_point(studio, Spot(*place)), wide=True) for place in places])


def _point(studio: Studio, spot: Spot) -> ConceptExpression:
    return Ray(studio.prompt, spot.direction, spot.distance) if spot.distance else studio.prompt


def _island(studio: Studio, edges: Sequence[Edge]) -> Island:
    words = recognised_words(studio.recognise(_at(studio, [(0, 0.0)]))[0])
    if not words:
        raise SweepError("The recogniser knows nothing in the picture of this prompt. Take another one for C7.")
    dimensions = studio.lab.info.tokens * studio.lab.info.dims
    return Island(studio.prompt.text, " with ".join(words), studio.seed, tuple(edges), studio.radius, dimensions)


def _told(island: Island) -> str:
    low, middle, high = (radius / island.space_radius for radius in island.quartiles)
    return (
        f"{island.concept} holds to {middle:.2f} R in the median of {counted(len(island.edges), 'direction')} "
        f"(half of them {low:.2f} to {high:.2f} R), unevenness {100 * island.unevenness:.0f} % · at least about "
        f"10^{island.log10_share:,.0f} of a ball of radius R in {island.dimensions:,} dimensions"
    )


ISLANDS = (
    Figure(
        "C7",
        "The size of an island",
        "In every direction the concept is lost at about the same distance, so the island is something like a ball. "
        "In a space of that many dimensions even a ball nearly as wide as the space is a vanishing part of it.",
        _island_size,
    ),
)
