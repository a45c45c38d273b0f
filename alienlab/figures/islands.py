"""Figure C7: how far an island reaches in every direction."""

from __future__ import annotations

import math
from collections.abc import Sequence

from alienlab.domain.concepts import ConceptExpression, Ray
from alienlab.domain.counting import counted
from alienlab.domain.errors import SweepError
from alienlab.domain.space.archipelago import REACH
from alienlab.domain.space.islands import Edge, Island, Spot, Survey, look_around
from alienlab.figures.cells import cell, row, shared
from alienlab.figures.figure import Figure
from alienlab.figures.keeping import kept_shares, recognised_words
from alienlab.figures.studio import Shot, Studio
from alienlab.session.sheets.content import Sheet

_DIRECTIONS = 10
_ROWS = ("half-way", "last that holds", "first that does not", "twice as far")


def _island_size(studio: Studio) -> Sheet:
    survey = Survey(tuple(range(3 if studio.subject.is_quick else _DIRECTIONS)), REACH * studio.radius)
    edges = _edges(studio, survey)
    island = _island(studio, edges)
    places = [
        *((edge.direction, edge.radius / 2) for edge in edges),
        *((edge.direction, edge.inside) for edge in edges),
        *((edge.direction, edge.outside or survey.reach) for edge in edges),
        *((edge.direction, edge.radius * 2) for edge in edges),
    ]
    cells = [
        cell(studio, shot, f"{distance / studio.radius:.2f} R")
        for shot, (_, distance) in zip(_at(studio, places), places, strict=True)
    ]
    labels = [f"direction {edge.direction}" for edge in edges]
    told = f"{_told(island)} · {shared(_at(studio, [(0, 0.0)]))}"
    section = row("", cells, labels, rows=_ROWS)
    return Sheet(title="", common=told, sections=(section,), columns=len(edges))


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
    whole = island.log10_share - island.dimensions * math.log10(REACH)
    return (
        f"{island.concept} holds to {middle:.2f} R in the median of {counted(len(island.edges), 'direction')}, "
        f"half of them {low:.2f} to {high:.2f} R; unevenness {100 * island.unevenness:.0f} % · in "
        f"{island.dimensions:,} dimensions that is at least about {_power(island.log10_share)} of the ball of radius "
        f"R, in which prompts lie, and {_power(whole)} of the ball of radius {REACH:g} R, as far as was looked"
    )


def _power(exponent: float) -> str:
    """A power of ten."""
    return f"10^{exponent:,.0f}".replace("-", "−")


ISLANDS = (
    Figure(
        "C7",
        "The size of an island",
        "How far the concept holds in random directions: if it is about as far in all of them, the island is something "
        "like a ball. In so many dimensions a ball of half the radius is a vanishing part of the whole one.",
        _island_size,
    ),
)
