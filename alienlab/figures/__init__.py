"""The figures of the essay, each made by one command: what they are called, and the sheets they become."""

from alienlab.figures.experiments import Experiments
from alienlab.figures.figure import Figure, UnknownFigure
from alienlab.figures.gallery import Made
from alienlab.figures.making import make_gallery
from alienlab.figures.registry import FIGURES, figure_of
from alienlab.figures.studio import Studio, Subject

__all__ = [
    "FIGURES",
    "Experiments",
    "Figure",
    "Made",
    "Studio",
    "Subject",
    "UnknownFigure",
    "figure_of",
    "make_gallery",
]
