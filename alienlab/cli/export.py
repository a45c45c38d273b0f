"""The command that writes renders with an exporter of a plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from alienlab.cli.asking import asking, values_of
from alienlab.cli.known_plugins import known_plugins
from alienlab.cli.log_choice import FilterOption, known_anatomies
from alienlab.cli.opening import folder_of_session


def export(
    exporter: Annotated[str, typer.Argument(help="Exporter of a plugin: plugin/exporter, or its id alone.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.")],
    session: Annotated[str, typer.Option("--session", help="A session: a folder, or a name under the data folder.")] = (
        "default"
    ),
    query: FilterOption = None,
    param: Annotated[list[str] | None, typer.Option("--param", help="NAME=VALUE for the exporter; repeatable.")] = None,
) -> None:
    """Write a session's renders with an exporter of a plugin: all of them, or those that a filter lets through."""
    from alienlab.app.offers.exporting import check_file, exported_renders, write_with
    from alienlab.cli.log_choice import filtered
    from alienlab.domain.laboratories.declarations import Exporter
    from alienlab.session.log.reading import SessionReader

    found = known_plugins().find(Exporter, exporter)
    values = values_of(found, tuple(param or ()))
    output = output.absolute()
    check_file(found, output)
    with SessionReader.open_read_only(folder_of_session(session)) as log:
        records = log.records() if query is None else filtered(log, query, known_anatomies())
        renders = exported_renders(log, records)
        with asking(f"Writing {output.name}") as ask:
            write_with(found, renders, values, output, ask)
    print(output)
