"""The command that writes comparison sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from alienlab.cli.opening import folder_of_session


def sheet(
    session: Annotated[str, typer.Argument(help="A session: a folder, or a name under the data folder.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="sheet.png or sheet.pdf")],
    columns: Annotated[int | None, typer.Option(min=1, help="Images in a row.")] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the sheet.")] = None,
) -> None:
    """Write a labelled comparison sheet of a session's images."""
    from alienlab.session.reading import SessionReader
    from alienlab.session.sheet import SheetOptions, sheet_of, write_sheet

    with SessionReader.open_read_only(folder_of_session(session)) as log:
        write_sheet(sheet_of(log, options=SheetOptions(columns=columns, title=title)), output)
    print(output)
