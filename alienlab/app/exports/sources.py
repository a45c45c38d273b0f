"""What a sheet or an animation can be made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from alienlab.app.comparison import Tile, captions_of
from alienlab.domain.anatomy import Anatomy
from alienlab.domain.board import BoardState
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.sweep_log import SweepRecord
from alienlab.session.sheets.board_sheet import board_sheet
from alienlab.session.sheets.records import AnatomyOf
from alienlab.session.sheets.sheet import (
    Sheet,
    SheetCell,
    SheetOptions,
    SheetSection,
    default_columns,
    sheet_of,
    sweep_sheet,
)


class SourceKind(Enum):
    """Where images come from."""

    SELECTION = auto()
    """Renders that were picked one by one."""
    SWEEP = auto()
    BOARD = auto()
    FILTERED = auto()
    """Renders that a filter of the log shows."""
    SESSION = auto()
    CANVAS = auto()


MakeSheet = Callable[[SheetOptions, int | None], Sheet]
"""Makes a sheet of no more than so many images, or of all; raises AlienLabError where it cannot be made.

It reads files, and is called beside the UI thread.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSource:
    """Images that belong together."""

    kind: SourceKind
    name: str
    """As it stands in a list."""
    count: int
    """Number of images."""
    make: MakeSheet
    is_measured: bool
    """Whether effects can be shown beneath the images."""


_NAMES = {
    SourceKind.SELECTION: "Selected renders",
    SourceKind.FILTERED: "The filtered renders",
    SourceKind.SESSION: "The whole session",
}


def renders_source(
    session: SessionReader, numbers: Sequence[int], kind: SourceKind, *, anatomy_of: AnatomyOf
) -> SheetSource:
    """Renders of a session by their numbers."""

    def make(options: SheetOptions, most: int | None) -> Sheet:
        records = session.records_of(numbers[:most])
        return sheet_of(session, records=records, options=options, anatomy_of=anatomy_of)

    return SheetSource(kind=kind, name=_NAMES[kind], count=len(numbers), make=make, is_measured=True)


def sweep_source(session: SessionReader, record: SweepRecord, anatomy: Anatomy) -> SheetSource:
    """A sweep along its axes."""

    def make(options: SheetOptions, most: int | None) -> Sheet:
        return first_cells(sweep_sheet(session, record, anatomy=anatomy, options=options), most)

    name = f"Sweep “{record.sweep.title}”"
    return SheetSource(kind=SourceKind.SWEEP, name=name, count=record.sweep.size, make=make, is_measured=True)


def board_source(session: SessionReader, board: BoardState) -> SheetSource:
    """What is pinned, as it stands."""

    def make(options: SheetOptions, most: int | None) -> Sheet:
        return first_cells(_arranged(board_sheet(session, board, title=options.title), options), most)

    return SheetSource(kind=SourceKind.BOARD, name="Pinned images", count=len(board.pins), make=make, is_measured=False)


def canvas_source(tiles: Sequence[Tile], *, title: str) -> SheetSource:
    """What the canvas shows; ``tiles`` without an image are left out."""
    finished = [(tile, tile.image) for tile in tiles if tile.image is not None]

    def make(options: SheetOptions, most: int | None) -> Sheet:
        captions = captions_of([tile for tile, _ in finished])
        cells = tuple(SheetCell.of(image, lines) for (_, image), lines in zip(finished, captions.lines, strict=True))
        sheet = Sheet(
            title=title,
            common=captions.common,
            sections=(SheetSection("", cells),),
            columns=default_columns([len(cells)]),
        )
        return first_cells(_arranged(sheet, options), most)

    return SheetSource(
        kind=SourceKind.CANVAS, name="What the canvas shows", count=len(finished), make=make, is_measured=False
    )


def first_cells(sheet: Sheet, most: int | None) -> Sheet:
    """The sheet with no more than so many images, in whole sections and a part of one."""
    if most is None:
        return sheet
    sections: list[SheetSection] = []
    left = most
    for section in sheet.sections:
        if left > 0:
            sections.append(replace(section, cells=section.cells[:left]) if len(section.cells) > left else section)
        left -= len(section.cells)
    return replace(sheet, sections=tuple(sections))


def _arranged(sheet: Sheet, options: SheetOptions) -> Sheet:
    return replace(
        sheet,
        title=sheet.title if options.title is None else options.title,
        columns=sheet.columns if options.columns is None else options.columns,
        labels=options.labels,
        is_one_page=options.is_one_page,
    )
