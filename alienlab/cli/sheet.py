"""The command that writes comparison sheets."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from alienlab.cli.log_choice import (
    FilterOption,
    SessionArgument,
    SweepOption,
    known_anatomies,
    looked_up,
)
from alienlab.cli.opening import folder_of_session
from alienlab.domain.errors import SessionError

_Choice = TypeVar("_Choice", bound=StrEnum)


def sheet(
    session: SessionArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="sheet.png, sheet.pdf or sheet.html")],
    query: FilterOption = None,
    sweep: SweepOption = None,
    columns: Annotated[int | None, typer.Option(min=1, help="Images in a row.")] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the sheet.")] = None,
    labels: Annotated[str, typer.Option(help="What stands beneath the images: captions, numbers or none.")] = (
        "captions"
    ),
    scale: Annotated[
        str | None, typer.Option(help="Measure to show: spreads, perceptual, structural, pixel, latent, kept, noise, …")
    ] = None,
    one_page: Annotated[
        bool, typer.Option("--one-page", help="Make the images as small as it takes to have all on one page.")
    ] = False,
    strip: Annotated[
        bool, typer.Option("--strip/--no-strip", help="Whether strips show where in the network lesions sit.")
    ] = True,
) -> None:
    """Write a labelled sheet of a session's images: of all, of those that a filter lets through, or of a sweep."""
    from alienlab.domain.effects import Scale
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.sheets.sheet import Labelling, SheetOptions, check_sheet_file, write_sheet

    check_sheet_file(output)
    options = SheetOptions(
        columns=columns,
        title=title,
        labels=_one_of(Labelling, labels, "--labels"),
        strip=strip,
        scale=None if scale is None else _one_of(Scale, scale, "--scale"),
        is_one_page=one_page,
    )
    with SessionReader.open_read_only(folder_of_session(session)) as log:
        write_sheet(looked_up(log, query, sweep, known_anatomies(), options), output)
    print(output)


def _one_of(kind: type[_Choice], text: str, option: str) -> _Choice:
    try:
        return kind(text)
    except ValueError:
        raise SessionError(f"{option} {text} is not known. Take one of: {', '.join(kind)}.") from None
