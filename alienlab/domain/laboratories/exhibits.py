"""What an experiment shows: pictures, walls of them, films, clouds of points, plots and readings.

All are plain values of arrays, so that they travel between processes; the window and the command line show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.events import Image
from alienlab.domain.laboratories.parameters import Value


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: its title, and the values at its ends (left or bottom, right or top)."""

    title: str
    low: float
    high: float
    unit: str = ""


class Grip(StrEnum):
    """How a parameter is dragged in a picture or plot."""

    ACROSS = "across"
    """A vertical line at the parameter's value on the horizontal axis."""
    UP = "up"
    """A horizontal line at the parameter's value on the vertical axis."""
    POINT = "point"
    """A dot at a parameter of kind point."""
    BOX = "box"
    """A rectangle at a parameter of kind box."""


@dataclass(frozen=True, slots=True)
class Handle:
    """Something in a picture or plot that the user drags to set a parameter."""

    parameter: str
    grip: Grip


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """An image, with axes where its edges have values."""

    pixels: Image
    caption: str = ""
    x: Scale | None = None
    y: Scale | None = None
    handles: tuple[Handle, ...] = ()
    is_smooth: bool = False
    """Whether it is filtered when it is enlarged; cells and pixels are not."""
    sets: Mapping[str, Value] = field(default_factory=dict)
    """In a wall: the parameters that a click on it sets; empty where a click does nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """Pictures beside each other, row by row."""

    pictures: tuple[Picture, ...]
    columns: int
    row_titles: tuple[str, ...] = ()
    column_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """Pictures one after another."""

    frames: tuple[Image, ...]
    """All of one size."""
    captions: tuple[str, ...] = ()
    seconds: float = 0.1
    """How long each is shown."""
    is_smooth: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Coloured points in three dimensions, which the user turns."""

    points: NDArray[np.float32]
    """[n, 3], in the units of the axes."""
    colours: NDArray[np.uint8]
    """[n, 3]"""
    axes: tuple[Scale, Scale, Scale]
    turn: float = 30.0
    """Degrees about the vertical (third) axis from which it is seen at first."""
    tilt: float = 20.0
    """Degrees from above the horizontal."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A named line through points, or the points alone."""

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    is_line: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """Curves over one horizontal axis; a Scale with low = high = 0 fits itself to the curves."""

    title: str
    curves: tuple[Curve, ...]
    x: Scale
    y: Scale
    handles: tuple[Handle, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A number or word that was found."""

    name: str
    value: float | int | str
    unit: str = ""


Main = Picture | Wall | Film | Cloud | Plot
"""What becomes the render."""


@dataclass(frozen=True, slots=True, eq=False)
class Exhibit:
    """All that an experiment shows at one moment."""

    main: Main
    plots: tuple[Plot, ...] = ()
    """Beneath it."""
    readings: tuple[Reading, ...] = ()
    note: str = ""
    """A sentence on what is seen."""
