"""What commands that look back take from a session: filtered renders, a sweep, and the anatomies that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.opening import brain_source
from alienlab.domain.errors import SessionError, SweepError

if TYPE_CHECKING:
    from pathlib import Path

    from alienlab.domain.anatomy import Anatomy
    from alienlab.session.brains.anatomies import KnownAnatomies
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.log.records import RenderRecord
    from alienlab.session.log.sweep_log import SweepRecord
    from alienlab.session.sheets.sheet import Sheet, SheetOptions

SessionArgument = Annotated[str, typer.Argument(help="A session: a folder, or a name under the data folder.")]
FilterOption = Annotated[
    str | None, typer.Option("--filter", help="Renders to take, such as: party hat op:zero verdict:noise is:starred")
]
SweepOption = Annotated[str | None, typer.Option("--sweep", help="A sweep to take: its id, or words of its title.")]


def known_anatomies() -> KnownAnatomies:
    """Of brains at hand, without torch."""
    from alienlab.engine.brains.folder import hash_of, inspect
    from alienlab.engine.brains.source import resolve
    from alienlab.session.brains.anatomies import KnownAnatomies
    from alienlab.session.paths import AppPaths

    def hash_of_folder(folder: Path) -> str:
        return hash_of(inspect(resolve(brain_source(str(folder)))))

    return KnownAnatomies(AppPaths.of_user(), hash_of_folder)


def looked_up(
    log: SessionReader,
    query: str | None,
    sweep: str | None,
    anatomies: KnownAnatomies,
    options: SheetOptions | None = None,
) -> Sheet:
    """A sheet of a sweep, of the renders that a query lets through, or of all where neither is given.

    Raises SessionError where both are given, or nothing is found, and QueryError or SweepError.
    """
    from alienlab.session.sheets.sheet import SheetOptions, sheet_of, sweep_sheet

    options = options or SheetOptions()
    if query is not None and sweep is not None:
        raise SessionError("Give either --filter or --sweep, not both.")
    if sweep is not None:
        record = sweep_called(log, sweep)
        return sweep_sheet(log, record, anatomy=_anatomy_for(record, anatomies), options=options)
    records = None if query is None else filtered(log, query, anatomies)
    return sheet_of(log, records=records, options=options, anatomy_of=anatomies)


def filtered(log: SessionReader, query: str, anatomies: KnownAnatomies) -> list[RenderRecord]:
    """At least one."""
    from alienlab.domain.log_query import LogQuery
    from alienlab.session.log.search import LogSearch

    records = log.records_of(LogSearch(log, anatomies).numbers(LogQuery.parse(query)))
    if not records:
        raise SessionError(f"No render of the session '{log.name}' is let through by the filter {query}.")
    return records


def sweep_called(log: SessionReader, wanted: str) -> SweepRecord:
    """The newest sweep of this id or with these words in its title. Raises SweepError where there is none."""
    from alienlab.session.log.sweep_log import SweepLog

    records = SweepLog(log).records()
    words = wanted.casefold().split()
    for record in records:
        title = record.sweep.title.casefold()
        if record.sweep.id == wanted or (words and all(word in title for word in words)):
            return record
    known = ", ".join(f"“{record.sweep.title}”" for record in records)
    raise SweepError(
        f"The session '{log.name}' has no sweep called “{wanted}”. "
        + (f"It has {known}." if known else "It has none at all.")
    )


def _anatomy_for(record: SweepRecord, anatomies: KnownAnatomies) -> Anatomy:
    """Raises SweepError where the brain of a sweep is not at hand."""
    anatomy = anatomies(record.sweep.base.brain)
    if anatomy is None:
        raise SweepError(
            f"The sweep “{record.sweep.title}” was made with a brain that is not at hand. "
            "Open that brain once with AlienLab, so that it is known, and try again."
        )
    return anatomy
