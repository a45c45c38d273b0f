"""What stands on a comparison sheet: images in sections, with captions that say what differs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from alienlab.domain.differences import SEPARATOR, captions, common
from alienlab.domain.errors import SessionError
from alienlab.domain.events import Image
from alienlab.domain.lesions import Operation
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.reading import SessionReader
from alienlab.session.records import RenderRecord

MAX_COLUMNS = 40
_WIDE = 6
_WIDER = 8
_MANY = 36
"""Cells in a section from which on it gets more columns."""


@dataclass(frozen=True, slots=True)
class StripMark:
    """Where in the network a lesion sits: a stretch of all modules in execution order, as shares from 0 to 1."""

    start: float
    end: float
    operation: Operation


@dataclass(frozen=True, slots=True)
class SheetScale:
    """The measure that a sheet shows beneath its images, and the colour bar for it."""

    heading: str
    unit: str
    """Empty for a plain number."""
    low: float
    high: float
    is_reversed: bool = False
    """Whether a small value is the strong effect."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SheetCell:
    """An image with its caption. Sizes are in pixels."""

    load: Callable[[], Image]
    """Reads the image when it is drawn; an AlienLabError leaves an empty frame."""
    width: int
    height: int
    caption: tuple[str, ...]
    strip: tuple[StripMark, ...] | None = None
    """Drawn beneath the image as the anatomy with these marks; None draws nothing, () an intact one."""
    value: float | None = None
    """On the sheet's scale; None where it was not measured."""
    measures: Mapping[str, float] = field(default_factory=dict)
    """By heading: what an HTML sheet can be sorted by."""

    @classmethod
    def of(cls, image: Image, caption: tuple[str, ...]) -> SheetCell:
        """A cell for an image that is at hand."""
        return cls(load=lambda: image, width=image.shape[1], height=image.shape[0], caption=caption)


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

    def __post_init__(self) -> None:
        if not any(section.cells for section in self.sections):
            raise SessionError(f"There is nothing to show on the sheet '{self.title}': render something first.")
        if not 1 <= self.columns <= MAX_COLUMNS:
            raise SessionError(f"A sheet of {self.columns} columns cannot be made. Take 1 to {MAX_COLUMNS}.")

    @property
    def cells(self) -> tuple[SheetCell, ...]:
        return tuple(cell for section in self.sections for cell in section.cells)


def sheet_of(
    session: SessionReader,
    *,
    records: Sequence[RenderRecord] | None = None,
    title: str | None = None,
    columns: int | None = None,
) -> Sheet:
    """A sheet of these records, or of all, the oldest first.

    Images of the same prompt and noise make a section that begins with the intact one. Raises SessionError
    where there are none.
    """
    chosen = _without_repeats(session.records() if records is None else records)
    sections = tuple(_sections(session, chosen))
    return Sheet(
        title=session.name if title is None else title,
        common=common([record.recipe for record in chosen]),
        sections=sections,
        columns=default_columns([len(section.cells) for section in sections]) if columns is None else columns,
    )


def default_columns(lengths: Sequence[int]) -> int:
    """Enough for the longest section in one row; where that is too wide, rows of about equal length."""
    longest = max(lengths, default=1)
    rows = math.ceil(longest / (_WIDE if longest <= _MANY else _WIDER))
    return math.ceil(longest / rows)


def _without_repeats(records: Sequence[RenderRecord]) -> list[RenderRecord]:
    """Oldest first, of equal recipes one whose image is there."""
    kept: dict[DiffusionRecipe, RenderRecord] = {}
    for record in sorted(records, key=lambda record: record.number):
        earlier = kept.get(record.recipe)
        if earlier is None or (earlier.missing and not record.missing):
            kept[record.recipe] = record
    return list(kept.values())


def _sections(session: SessionReader, records: Sequence[RenderRecord]) -> list[SheetSection]:
    groups: dict[DiffusionRecipe, list[RenderRecord]] = {}
    for record in records:
        groups.setdefault(record.recipe.intact, []).append(record)
    headings = captions(list(groups)) if len(groups) > 1 else [()] * len(groups)
    sections = [
        _section(session, SEPARATOR.join(heading), group)
        for heading, group in zip(headings, groups.values(), strict=True)
        if len(group) > 1
    ]
    return [*sections, *_section_of_singles(session, records, groups)]


def _section(session: SessionReader, heading: str, group: list[RenderRecord]) -> SheetSection:
    ordered = sorted(group, key=lambda record: (bool(record.recipe.lesions), record.number))
    lines = captions([record.recipe for record in ordered])
    return SheetSection(
        heading, tuple(_cell(session, record, caption) for record, caption in zip(ordered, lines, strict=True))
    )


def _section_of_singles(
    session: SessionReader, records: Sequence[RenderRecord], groups: dict[DiffusionRecipe, list[RenderRecord]]
) -> list[SheetSection]:
    """What has nothing to be compared with, together; captions say all that is not common to the sheet."""
    lines = captions([record.recipe for record in records])
    cells = tuple(
        _cell(session, record, caption)
        for record, caption in zip(records, lines, strict=True)
        if len(groups[record.recipe.intact]) == 1
    )
    heading = "Single images" if len(cells) < len(records) else ""
    return [SheetSection(heading, cells)] if cells else []


def _cell(session: SessionReader, record: RenderRecord, caption: tuple[str, ...]) -> SheetCell:
    return SheetCell(
        load=lambda: session.load_image(record),
        width=record.recipe.width,
        height=record.recipe.height,
        caption=caption,
    )
