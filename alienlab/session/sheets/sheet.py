"""Comparison sheets: a labelled grid that a person can read, as PNG, PDF or HTML."""

from __future__ import annotations

from pathlib import Path

from PIL import Image as Pillow

from alienlab.domain.errors import SessionError
from alienlab.session.log.reading import SessionReader
from alienlab.session.sheets.content import Labelling, Sheet, SheetCell, SheetSection, default_columns
from alienlab.session.sheets.html import write_sheet_html
from alienlab.session.sheets.pdf import write_sheet_pdf
from alienlab.session.sheets.png import draw_sheet_png, write_sheet_png
from alienlab.session.sheets.records import SheetOptions, sheet_of
from alienlab.session.sheets.sweep import sweep_sheet

__all__ = [
    "Labelling",
    "Sheet",
    "SheetCell",
    "SheetOptions",
    "SheetSection",
    "check_sheet_file",
    "default_columns",
    "draw_sheet",
    "session_sheet",
    "sheet_of",
    "sweep_sheet",
    "write_sheet",
]

_WRITERS = {".png": write_sheet_png, ".pdf": write_sheet_pdf, ".html": write_sheet_html}


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write the kind of file that the suffix says; raises SessionError for any other suffix."""
    check_sheet_file(path)
    _WRITERS[path.suffix.lower()](sheet, path)


def check_sheet_file(path: Path) -> None:
    """Raises SessionError for a file that a sheet cannot be written to."""
    if path.suffix.lower() not in _WRITERS:
        raise SessionError(f"A sheet cannot be written as '{path.name}'. End the name in .png, .pdf or .html.")


def draw_sheet(sheet: Sheet, *, most_pixels: int, least_width: int = 1) -> Pillow.Image:
    """A picture of the sheet for a preview: of no more than ``most_pixels``, unless it has to be so wide."""
    return draw_sheet_png(sheet, most_pixels=most_pixels, least_width=least_width)


def session_sheet(session: SessionReader, path: Path, *, columns: int | None = None, title: str | None = None) -> None:
    """Write a sheet of all the renders of a session."""
    write_sheet(sheet_of(session, options=SheetOptions(columns=columns, title=title)), path)
