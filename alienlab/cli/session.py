"""Commands of ``alienlab`` about sessions as a whole. Each imports what it needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alienlab.cli.log_choice import SessionArgument, known_anatomies
from alienlab.cli.opening import folder_of_session
from alienlab.cli.progress_bar import progress_bar
from alienlab.domain.counting import counted

if TYPE_CHECKING:
    from alienlab.session.log.reading import SessionReader

session_app = typer.Typer(
    help="Sessions: what is in them, and how they come and go.", no_args_is_help=True, rich_markup_mode=None
)


@session_app.command("list")
def list_sessions() -> None:
    """List the sessions in the data folder: name, renders, and when the last one was made."""
    from alienlab.domain.errors import SessionError
    from alienlab.session.log.reading import SessionReader, is_session
    from alienlab.session.paths import AppPaths

    place = AppPaths.of_user().sessions
    folders = sorted(place.iterdir(), key=lambda folder: folder.name.casefold()) if place.is_dir() else []
    for folder in (folder for folder in folders if is_session(folder) and not folder.name.startswith(".")):
        try:
            with SessionReader.open_read_only(folder) as session:
                print(f"{folder.name}\t{counted(len(session), 'render')}\t{_last(session)}")
        except SessionError as error:
            print(f"{folder.name}\tcannot be read: {error}")


@session_app.command()
def info(session: SessionArgument) -> None:
    """Say what a session holds, and whether anything is missing."""
    from alienlab.domain.recipe import DiffusionRecipe, LabRecipe
    from alienlab.session.log.labels import LabelLog
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.log.sweep_log import SweepLog

    with SessionReader.open_read_only(folder_of_session(session)) as log:
        records = log.records()
        recipes = [record.recipe for record in records]
        missing = sum(record.missing for record in records)
        files = [file for file in log.folder.rglob("*") if file.is_file()]
        facts = {
            "name": log.name,
            "folder": str(log.folder),
            "renders": f"{len(log):,}" + (f" ({missing:,} without an image)" if missing else ""),
            "in the bin": f"{len(log.bin_numbers()):,}",
            "sweeps": f"{len(SweepLog(log).records()):,}",
            "labelled": f"{len(LabelLog(log).all()):,}",
            "brains": _listed(recipe.brain[:10] for recipe in recipes if isinstance(recipe, DiffusionRecipe)),
            "laboratories": _listed(recipe.laboratory for recipe in recipes if isinstance(recipe, LabRecipe)),
            "first render": _time(records[-1].created) if records else "none",
            "last render": _last(log),
            "size": f"{sum(file.stat().st_size for file in files) / 1e6:.1f} MB",
        }
    for name, fact in facts.items():
        print(f"{name}\t{fact}")


@session_app.command()
def export(
    session: SessionArgument,
    output: Annotated[Path, typer.Option("-o", "--output", help="ZIP file to write.")],
) -> None:
    """Write a session with all its images into one ZIP file; it may be open meanwhile."""
    from alienlab.session.bundles.bundle import export_session

    with _progress("Exporting") as progress:
        export_session(folder_of_session(session), output, progress=progress)
    print(output)


@session_app.command("import")
def import_archive(
    archive: Annotated[Path, typer.Argument(help="A ZIP file that a session was exported to.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder to make; by default one under the data folder.")
    ] = None,
) -> None:
    """Unpack an exported session into a folder of its own, after checking everything in it."""
    from alienlab.session.bundles.bundle import import_session
    from alienlab.session.paths import AppPaths

    place = AppPaths.of_user().sessions if to is None else to.absolute().parent
    with _progress("Importing") as progress:
        folder = import_session(archive, place, name=None if to is None else to.absolute().name, progress=progress)
    print(folder)


@session_app.command()
def dump(
    session: SessionArgument,
    output: Annotated[str, typer.Option("-o", "--output", help="File to write, or - for standard output.")],
    only: Annotated[
        str, typer.Option("--filter", help="Which renders, as in the log: cat op:zero tag:good is:starred in:bin …")
    ] = "",
) -> None:
    """Write all that is known of a session's renders as JSON Lines, one object for each, oldest first."""
    from alienlab.domain.log_query import LogQuery
    from alienlab.session.bundles.dump import dump_session, every_number, lines
    from alienlab.session.log.reading import SessionReader
    from alienlab.session.log.search import LogSearch

    query = LogQuery.parse(only)
    with SessionReader.open_read_only(folder_of_session(session)) as log:
        numbers = sorted(LogSearch(log, known_anatomies()).numbers(query)) if only.strip() else every_number(log)
        if output == "-":
            for line in lines(log, numbers):
                sys.stdout.write(f"{line}\n")
            return
        with _progress("Writing") as progress:
            dump_session(log, Path(output), numbers=numbers, progress=progress)
    print(output)


@session_app.command("empty-bin")
def empty_bin(session: SessionArgument) -> None:
    """Delete the renders in a session's bin for good, with their images."""
    from alienlab.domain.errors import SessionError
    from alienlab.session.log.reading import is_session
    from alienlab.session.log.store import Session

    folder = folder_of_session(session)
    if not is_session(folder):
        raise SessionError(f"There is no session in {folder}.")
    with Session.open(folder) as log:
        print(f"{counted(log.empty_bin(), 'render')} deleted")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names))) or "none"


def _last(session: SessionReader) -> str:
    newest = session.records(limit=1)
    return _time(newest[0].created) if newest else "none"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], object]]:
    with progress_bar(what) as change:
        yield lambda done, total: change(completed=done, total=total)
