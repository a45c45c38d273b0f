"""Sheets and films that are written with progress, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alienlab.domain.errors import StoppedByUser
from alienlab.domain.events import Image
from alienlab.session.sheets.content import Sheet, SheetCell

Progress = Callable[[int, int], object]
"""Told how many images are read, and of how many."""
IsStopped = Callable[[], bool]


class _Stop(Exception):
    """No AlienLabError: that would leave an empty frame on the sheet."""


def watched(sheet: Sheet, write: Callable[[Sheet], object], *, progress: Progress, is_stopped: IsStopped) -> None:
    """Let ``write`` write a sheet; it reads each image once. Raises StoppedByUser, and what ``write`` raises."""
    total, read = len(sheet.cells), 0

    def watch(load: Callable[[], Image]) -> Image:
        nonlocal read
        if is_stopped():
            raise _Stop
        image = load()
        read += 1
        progress(min(read, total), total)
        return image

    def cell_of(cell: SheetCell) -> SheetCell:
        return replace(cell, load=lambda: watch(cell.load))

    sections = tuple(replace(section, cells=tuple(map(cell_of, section.cells))) for section in sheet.sections)
    try:
        write(replace(sheet, sections=sections))
    except _Stop:
        raise StoppedByUser from None
