"""How a sheet is laid out, in whatever unit the page has: pixels or points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from alienlab.domain.differences import SEPARATOR
from alienlab.session.sheet_content import Sheet, SheetCell, SheetSection

MAX_CAPTION_LINES = 12
MAX_HEADING_LINES = 4
_MAX_TEXT = 4000
_INDENT = "   "
_AT_PUNCTUATION = re.compile(r"(?<=[:;,/])(?=.)|(?<=\.)(?!\d)")
"""Within a word too long for a line: not before a number, which belongs to what precedes it."""

Fits = Callable[[str], bool]
"""Whether a text fits on one line."""

_BREAKS: tuple[tuple[Callable[[str], Sequence[str]], str], ...] = (
    (lambda text: text.split(SEPARATOR), SEPARATOR),
    (lambda text: text.split(), " "),
    (lambda text: _AT_PUNCTUATION.split(text), ""),
    (lambda text: text, ""),
)
"""Ways to cut a text, the best first, and what joins the pieces on a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Measures of the grid. ``box`` is the room of an image: width and height."""

    columns: int
    column_width: float
    gutter: float
    box: tuple[float, float]
    caption_gap: float
    caption_line: float
    row_gap: float
    heading_line: float
    heading_gap: float

    @property
    def width(self) -> float:
        return self.columns * self.column_width + (self.columns - 1) * self.gutter


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Cells side by side, each with the lines of its caption."""

    cells: tuple[tuple[SheetCell, tuple[str, ...]], ...]
    height: float


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    lines: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class SectionLayout:
    """A section in rows."""

    heading: Heading | None
    rows: tuple[Row, ...]


def lay_out(sheet: Sheet, metrics: Metrics, *, caption_fits: Fits, heading_fits: Fits) -> list[SectionLayout]:
    """Every section with its captions wrapped and its rows measured."""
    return [
        SectionLayout(
            heading=_heading(section, metrics, heading_fits),
            rows=tuple(_rows(section, metrics, caption_fits)),
        )
        for section in sheet.sections
        if section.cells
    ]


def wrap(text: str, fits: Fits, *, most: int) -> tuple[str, ...]:
    """Lines that fit: broken between phrases, else at spaces, else at punctuation, else anywhere.

    Where there are more than ``most`` the last one ends in an ellipsis.
    """
    return _at_most(_lines(" ".join(_printable(text).split()), fits), fits, most)


def _heading(section: SheetSection, metrics: Metrics, fits: Fits) -> Heading | None:
    lines = wrap(section.heading, fits, most=MAX_HEADING_LINES)
    return Heading(lines, len(lines) * metrics.heading_line + metrics.heading_gap) if lines else None


def _rows(section: SheetSection, metrics: Metrics, fits: Fits) -> Iterator[Row]:
    for start in range(0, len(section.cells), metrics.columns):
        cells = tuple((cell, _caption(cell, fits)) for cell in section.cells[start : start + metrics.columns])
        lines = max(len(caption) for _, caption in cells)
        caption_height = metrics.caption_gap + lines * metrics.caption_line if lines else 0.0
        yield Row(cells, metrics.box[1] + caption_height)


def _caption(cell: SheetCell, fits: Fits) -> tuple[str, ...]:
    if len(cell.caption) == 1:
        return wrap(cell.caption[0], fits, most=MAX_CAPTION_LINES)
    lines: list[str] = []
    for text in cell.caption:
        first, *others = wrap(text, lambda line: fits(_INDENT + line), most=MAX_CAPTION_LINES) or ("",)
        lines += [first, *(_INDENT + other for other in others)]
    return _at_most(lines, fits, MAX_CAPTION_LINES)


def _lines(text: str, fits: Fits, level: int = 0) -> list[str]:
    """``text`` in lines that fit; a piece too long for one is cut at the next level."""
    cut, joint = _BREAKS[level]
    lines: list[str] = []
    for piece in filter(None, cut(text)):
        if lines and fits(lines[-1] + joint + piece):
            lines[-1] += joint + piece
        elif fits(piece) or level + 1 == len(_BREAKS):
            lines.append(piece)
        else:
            lines += _lines(piece, fits, level + 1)
    return lines


def _at_most(lines: Sequence[str], fits: Fits, most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and not fits(f"{last}…"):
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text[:_MAX_TEXT])
