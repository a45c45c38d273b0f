"""All figures, in the order of the essay."""

from __future__ import annotations

from alienlab.figures.altered_minds import ALTERED_MINDS
from alienlab.figures.concept_space import CONCEPT_SPACE
from alienlab.figures.figure import Figure, UnknownFigure
from alienlab.figures.galleries import GALLERIES
from alienlab.figures.generating import GENERATING
from alienlab.figures.islands import ISLANDS
from alienlab.figures.rulial import RULIAL
from alienlab.figures.simple_systems import SIMPLE_SYSTEMS
from alienlab.figures.wide_lesions import WIDE_LESIONS


def _by_number(*groups: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """The figures of one letter."""
    figures = [figure for group in groups for figure in group]
    return tuple(sorted(figures, key=lambda figure: int(figure.id[1:])))


FIGURES: tuple[Figure, ...] = (
    *_by_number(GENERATING),
    *_by_number(CONCEPT_SPACE, ISLANDS, GALLERIES),
    *_by_number(ALTERED_MINDS, WIDE_LESIONS),
    *_by_number(RULIAL),
    *_by_number(SIMPLE_SYSTEMS),
)


def figure_of(name: str) -> Figure:
    """The figure of this id, in large or small letters. Raises UnknownFigure, naming all there are."""
    for figure in FIGURES:
        if figure.id.casefold() == name.strip().casefold():
            return figure
    known = ", ".join(figure.id for figure in FIGURES)
    raise UnknownFigure(f"There is no figure '{name}'. Take one of {known}; or all.")
