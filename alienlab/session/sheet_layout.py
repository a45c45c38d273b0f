"""How a sheet is laid out, in whatever unit the page has: pixels or points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alienlab.session.sheet_content import Sheet, SheetCell, SheetSection

MAX_CAPTION_LINES = 12
MAX_HEADING_LINES = 4
_MAX_TEXT = 4000
_PIECE = re.compile(r"[^.:;,/·=@]*[.:;,/·=@]*")

Fits = Callable[[str], bool]
"""Whether a text fits on one line."""


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
    """Lines that fit: broken at spaces, and within a word that is too long at its punctuation.

    Where there are more than ``most`` the last one ends in an ellipsis.
    """
    lines: list[str] = []
    line = ""
    for word in _printable(text).split():
        candidate = f"{line} {word}" if line else word
        if fits(candidate):
            line = candidate
            continue
        lines += [line] if line else []
        *full, line = _broken(word, fits)
        lines += full
    lines += [line] if line else []
    return tuple(lines) if len(lines) <= most else (*lines[: most - 1], _shortened(lines[most - 1], fits))


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
    lines = [line for text in cell.caption for line in wrap(text, fits, most=MAX_CAPTION_LINES)]
    if len(lines) <= MAX_CAPTION_LINES:
        return tuple(lines)
    return (*lines[: MAX_CAPTION_LINES - 1], _shortened(lines[MAX_CAPTION_LINES - 1], fits))


def _broken(word: str, fits: Fits) -> list[str]:
    parts = [""]
    for piece in _PIECE.findall(word):
        if fits(parts[-1] + piece):
            parts[-1] += piece
            continue
        if fits(piece):
            parts.append(piece)
            continue
        for letter in piece:
            if parts[-1] and not fits(parts[-1] + letter):
                parts.append("")
            parts[-1] += letter
    return [part for part in parts if part] or [""]


def _shortened(line: str, fits: Fits) -> str:
    while line and not fits(f"{line}…"):
        line = line[:-1]
    return f"{line.rstrip()}…"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text[:_MAX_TEXT])
