"""The log's database: how it is opened, and how an older one is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from alienlab.domain.errors import SessionError
from alienlab.session.files import DiskFull, is_full
from alienlab.session.log.schema import MIGRATIONS, Migration
from alienlab.session.log.schema_check import is_ours

DATABASE_FILE = "session.sqlite"
APPLICATION_ID = 0x414C4142
"""``ALAB``: tells the log from any other SQLite file."""


def open_for_writing(folder: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the log, making or updating it as needed. Raises SessionError where it is not to be used."""
    with speaking(folder):
        connection = sqlite3.connect(folder / DATABASE_FILE, isolation_level=None, check_same_thread=False)
    connection.text_factory = _read_text
    try:
        with speaking(folder):
            version = check_identity(connection, folder, newest=len(migrations))
            check_schema(connection, folder, version, migrations)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, version, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """Open the log without a right to change it, also while another process writes.

    Raises sqlite3.Error where SQLite cannot, as in a folder that is read-only.
    """
    address = f"{(folder / DATABASE_FILE).absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.text_factory = _read_text
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def check_identity(connection: sqlite3.Connection, folder: Path, *, newest: int = len(MIGRATIONS)) -> int:
    """The version of its schema; 0 where it is empty. Raises SessionError for a foreign or newer one."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (application or version or tables):
        raise SessionError(f"{folder / DATABASE_FILE} is not a session of AlienLab. Choose another folder.")
    if version > newest:
        raise SessionError(
            f"The session '{folder.name}' was written by a newer AlienLab (format {version}; this one knows "
            f"{newest}). Update AlienLab to open it."
        )
    return version


def check_schema(
    connection: sqlite3.Connection, folder: Path, version: int, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Raises SessionError where another program changed how the log works."""
    if not is_ours(connection, version, migrations):
        raise SessionError(
            f"The log of the session '{folder.name}' was changed by another program, so it is not opened. "
            f"Move {DATABASE_FILE} out of {folder} and open the session again: the log is then rebuilt from its images."
        )


def migrate(connection: sqlite3.Connection, version: int, migrations: Sequence[Migration]) -> None:
    """Take the steps after ``version``, each one whole or not at all."""
    for number, steps in enumerate(migrations[version:], start=version + 1):
        with transaction(connection):
            for step in steps:
                if callable(step):
                    step(connection)
                else:
                    connection.execute(step)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit what is done within, or undo all of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have rolled back already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def speaking(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(error, folder) from error
    except (UnicodeDecodeError, OverflowError) as error:  # of its messages, and of numbers beyond 64 bits
        raise _damaged(folder) from error


def _sentence(error: sqlite3.Error, folder: Path) -> SessionError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(folder)):
        return DiskFull(folder)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return SessionError(f"{folder} cannot be written to. Choose another folder, or allow writing there.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(folder)
    return SessionError(f"The log of the session '{folder.name}' cannot be used: {error}.")


def _damaged(folder: Path) -> SessionError:
    return SessionError(
        f"The log of the session '{folder.name}' is damaged. Move {DATABASE_FILE} out of {folder} and open "
        "the session again: the log is then rebuilt from its images."
    )


def _read_text(data: bytes) -> str:
    """One text that is damaged does not keep the others from being read."""
    return data.decode("utf-8", "replace")
