"""What stands on a comparison sheet: images in sections, with captions that say what differs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from alienlab.domain.errors import SessionError
from alienlab.domain.events import Image
from alienlab.domain.lesions import AnyOperation

MAX_COLUMNS = 40
_MOST_DECIMALS = 4
_WIDE = 6
_WIDER = 8
_MANY = 36
"""Cells in a section from which on it gets more columns."""


class Labelling(StrEnum):
    """What stands beneath an image."""

    CAPTIONS = "captions"
    """What differs, in words; numbers where there is no room for words."""
    NUMBERS = "numbers"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class StripMark:
    """Where in the network a lesion sits: a stretch of all modules in execution order, as shares from 0 to 1."""

    start: float
    end: float
    operation: AnyOperation


@dataclass(frozen=True, slots=True)
class SheetRegion:
    """A stretch of all modules in execution order, as shares from 0 to 1, and what it is called."""

    start: float
    end: float
    name: str
    """Its last word stands for it where there is no room for more."""

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be called, the longest first."""
        return tuple(dict.fromkeys((self.name, *self.name.split()[-1:])))


@dataclass(frozen=True, slots=True)
class SheetScale:
    """The measure that a sheet shows beneath its images, and the colour bar for it."""

    heading: str
    unit: str
    """Empty for a plain number."""
    low: float
    high: float
    """Above ``low``."""
    is_reversed: bool = False
    """Whether a small value is the strong effect."""

    def share(self, value: float) -> float:
        """Where a value stands on the bar, from 0 at ``low`` to 1 at ``high``."""
        return min(max((value - self.low) / self._reach, 0.0), 1.0)

    def text(self, value: float) -> str:
        """The value with as many decimals as tell neighbours on the bar apart."""
        decimals = min(max(0, 2 - math.floor(math.log10(self._reach))), _MOST_DECIMALS)
        return f"{value:.{decimals}f}".replace("-", "−")

    @property
    def _reach(self) -> float:
        """A bar of no length is one of a single colour."""
        return self.high - self.low if self.high > self.low else 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SheetCell:
    """An image with its caption. Sizes are in pixels."""

    load: Callable[[], Image]
    """Reads the image when it is drawn; an AlienLabError leaves an empty frame."""
    width: int
    height: int
    caption: tuple[str, ...]
    number: str = ""
    """Stands for the caption where numbers are wanted, or there is no room for words."""
    strip: tuple[StripMark, ...] | None = None
    """Drawn beneath the image as the anatomy with these marks; None draws nothing, () an intact one."""
    value: float | None = None
    """On the sheet's scale; None where it was not measured."""
    measures: Mapping[str, float] = field(default_factory=dict)
    """By heading: what an HTML sheet can be sorted by."""

    @classmethod
    def of(cls, image: Image, caption: tuple[str, ...], *, number: str = "") -> SheetCell:
        """A cell for an image that is at hand."""
        height, width = image.shape[:2]
        return cls(load=lambda: image, width=width, height=height, caption=caption, number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAxes:
    """What is varied along the columns and down the rows of a section, such as a plane or a dose series."""

    columns: tuple[str, ...]
    """A label for each column; as many as the section has columns."""
    rows: tuple[str, ...] = ()
    """A label for each row; empty where the rows mean nothing."""
    across: str = ""
    """What the columns vary; empty where the labels say it."""
    down: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SheetSection:
    """Cells that belong together, in rows of their own. The heading may be empty."""

    heading: str
    cells: tuple[SheetCell, ...]
    axes: SheetAxes | None = None
    """For cells that fill a grid of rows; None where they only follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """Raises SessionError where there is nothing to show, or the number of columns is out of range."""

    title: str
    common: str
    """What all the images share."""
    sections: tuple[SheetSection, ...]
    columns: int
    scale: SheetScale | None = None
    """With it a colour bar is drawn, and every measured cell shows its value."""
    labels: Labelling = Labelling.CAPTIONS
    regions: tuple[SheetRegion, ...] = ()
    """What the strips are divided into; drawn once, as their legend."""
    is_one_page: bool = False
    """Whether a PDF makes the images as small as it takes to have them all on one page."""
    are_columns_free: bool = False
    """Whether a page may take other columns, so that the images are larger."""

    def __post_init__(self) -> None:
        if not any(section.cells for section in self.sections):
            raise SessionError(f"There is nothing to show on the sheet '{self.title}': render something first.")
        if not 1 <= self.columns <= MAX_COLUMNS:
            raise SessionError(f"A sheet of {self.columns} columns cannot be made. Take 1 to {MAX_COLUMNS}.")

    @property
    def cells(self) -> tuple[SheetCell, ...]:
        return tuple(cell for section in self.sections for cell in section.cells)


def default_columns(lengths: Sequence[int]) -> int:
    """Enough for the longest section in one row; where that is too wide, rows of about equal length."""
    longest = max(lengths, default=1)
    rows = math.ceil(longest / (_WIDE if longest <= _MANY else _WIDER))
    return math.ceil(longest / rows)
