"""What a sheet is drawn on: pixels or points, told apart by nothing but this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from PIL import Image as Pillow

LEADING = 1.3
"""Height of a line, in sizes of its type."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width and height; tops are counted downwards."""


class Align(Enum):
    """What of a text stands at the place that is given."""

    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Type:
    """How large letters are, and whether they are bold."""

    size: float
    is_bold: bool = False

    @property
    def line(self) -> float:
        return self.size * LEADING


Measure = Callable[[str, Type], float]
"""Width of a text on one line."""


class Surface(Protocol):
    """Draws; colours are ``#rrggbb``."""

    @property
    def hairline(self) -> float:
        """The thinnest line that is seen."""
        ...

    def text(self, at: Point, text: str, kind: Type, ink: str, align: Align = Align.LEFT) -> None:
        """One line; ``at`` is its top."""
        ...

    def fill(self, box: Box, colour: str) -> None: ...

    def frame(self, box: Box, colour: str) -> None:
        """A hairline just outside the box."""
        ...

    def line(self, start: Point, end: Point, colour: str) -> None: ...

    def image(self, picture: Pillow.Image, box: Box) -> Box:
        """As large as it goes into the box, at its top left; return what it covers."""
        ...
