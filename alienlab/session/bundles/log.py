"""The log in an archive of a session: how it gets there, and what is checked before it is trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from alienlab.domain.errors import SessionError, StoppedByUser
from alienlab.session.bundles.entries import indistinct, is_portable
from alienlab.session.log.database import DATABASE_FILE, check_identity, speaking
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.schema_check import is_ours

_INSTRUCTIONS = 100_000
"""Of SQLite's machine, between two looks at whether to stop."""
_BROKEN = (sqlite3.Error, ValueError, OverflowError)


def copy_log(session: Path, folder: Path) -> dict[str, str]:
    """Copy the log of a session into ``folder``, as it is at one moment, also while another writes to it.

    Returns the name of each image file in the session with its name in the copy, which every file system takes.
    """
    with (
        SessionReader.open_read_only(session) as reader,
        speaking(session),
        closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as copy,
    ):
        reader.copy_log(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        names = _portable_names(copy)
        copy.execute("VACUUM")
        return names


def check_log(folder: Path, name: str, is_cancelled: Callable[[], bool]) -> None:
    """Raises SessionError where the log in ``folder`` is damaged, foreign, newer, or holds what ours does not."""
    address = f"{(folder / DATABASE_FILE).absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.set_progress_handler(is_cancelled, _INSTRUCTIONS)
            connection.execute("PRAGMA trusted_schema = OFF")
            version = check_identity(connection, folder.with_name(name))
            if version == 0:
                raise SessionError(f"The log in the archive '{name}' is empty, so there is no session in it.")
            if not is_ours(connection, version):
                raise SessionError(f"The log in the archive '{name}' is not as AlienLab makes it. Take another copy.")
            problems = connection.execute("PRAGMA quick_check(1)").fetchone()
            if problems is None or problems[0] != "ok":
                raise SessionError(_damaged(name))
    except _BROKEN as error:
        if is_cancelled():
            raise StoppedByUser from error
        raise SessionError(_damaged(name)) from error


def _portable_names(copy: sqlite3.Connection) -> dict[str, str]:
    """Give images with names that not every file system takes, or tells apart, other ones, in the copy."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for number, file in copy.execute("SELECT number, file FROM renders ORDER BY number").fetchall():
        name = Path(str(file)).name
        stays = is_portable(name) and name.lower().endswith(".png") and indistinct(name) not in taken
        names[name] = name if stays else f"{number:06d}-image.png"
        taken.add(indistinct(names[name]))
        if names[name] != name:
            copy.execute("UPDATE renders SET file = ? WHERE number = ?", (names[name], number))
    return names


def _damaged(name: str) -> str:
    return f"The log in the archive '{name}' is damaged, so it is not imported. Take another copy of it."
