"""Comparison sheets: a labelled grid that a person can read, as PNG or PDF."""

from __future__ import annotations

from pathlib import Path

from alienlab.domain.errors import SessionError
from alienlab.session.reading import SessionReader
from alienlab.session.sheet_content import Sheet, SheetCell, SheetSection, default_columns, sheet_of
from alienlab.session.sheet_pdf import write_sheet_pdf
from alienlab.session.sheet_png import write_sheet_png

__all__ = ["Sheet", "SheetCell", "SheetSection", "default_columns", "session_sheet", "sheet_of", "write_sheet"]

_WRITERS = {".png": write_sheet_png, ".pdf": write_sheet_pdf}


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write the kind of file that the suffix says; raises SessionError for any other suffix."""
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise SessionError(f"A sheet cannot be written as '{path.name}'. End the name in .png or .pdf.")
    writer(sheet, path)


def session_sheet(session: SessionReader, path: Path, *, columns: int | None = None, title: str | None = None) -> None:
    """Write a sheet of all the renders of a session."""
    write_sheet(sheet_of(session, columns=columns, title=title), path)
