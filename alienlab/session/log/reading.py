"""Reading a session: what ``alienlab sheet`` needs, and what every open session can do."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from alienlab.domain.errors import ImageError, SessionError
from alienlab.domain.events import Image
from alienlab.domain.recipe import Recipe
from alienlab.session.files import writing
from alienlab.session.log.database import (
    DATABASE_FILE,
    check_identity,
    check_schema,
    open_for_reading,
    open_for_writing,
    speaking,
)
from alienlab.session.log.indexing import family_hash, recipe_hash
from alienlab.session.log.records import COLUMNS, RenderRecord, from_row
from alienlab.session.log.schema import MIGRATIONS
from alienlab.session.png import read_pixels

Change = tuple[str, Iterable[tuple[Any, ...]]]
"""A statement, and the rows that it is carried out for."""

IS_IMAGINED = "CASE WHEN json_valid(recipe) THEN json_extract(recipe, '$.kind') = 'diffusion' ELSE 0 END"
"""What holds of a row of ``renders`` that a brain made, in SQL."""
IMAGES_FOLDER = "images"
BLOBS_FOLDER = "blobs"
"""Holds images from outside."""


class SessionReader:
    """The renders of a session. Calls from several threads take turns; images are read side by side."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, resources: ExitStack) -> None:
        """``resources`` are let go on closing; the connection is one of them."""
        self._folder = folder
        self._connection: sqlite3.Connection | None = connection
        self._resources = resources
        self._turn = threading.RLock()
        self._images = folder / IMAGES_FOLDER
        self._present = image_names(self._images)

    @classmethod
    def open_read_only(cls, folder: Path) -> SessionReader:
        """Open a session to look at it: without the lock, and also where nothing may be written.

        Raises SessionError where there is none, or none that can be read.
        """
        folder = folder.absolute()
        if not is_session(folder):
            raise SessionError(f"There is no session in {folder}.")
        resources = ExitStack()
        try:
            connection = resources.enter_context(closing(_connect(folder, resources)))
            return SessionReader(folder, connection, resources)
        except BaseException:
            resources.close()
            raise

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def name(self) -> str:
        return self._folder.name

    def __len__(self) -> int:
        """Number of records, without those in the bin."""
        return len(self.numbers())

    def owns(self, record: RenderRecord) -> bool:
        """Whether a record is of this session, and not of another one."""
        return record.file.parent == self._images

    def numbers(self) -> list[int]:
        """Of all records, newest first, without those in the bin; none of them is read."""
        binned = set(self.bin_numbers())
        rows = self.read("SELECT number FROM renders")  # unordered it is read from an index alone
        return sorted((number for (number,) in rows if number not in binned), reverse=True)

    def bin_numbers(self) -> list[int]:
        """Of the records in the bin, newest first."""
        rows = self.read("SELECT number FROM renders WHERE binned IS NOT NULL ORDER BY number DESC")
        return [number for (number,) in rows]

    def record(self, number: int) -> RenderRecord | None:
        """Also from the bin; None where there is none, or one that this version cannot understand."""
        return next(iter(self.records_of([number])), None)

    def records_of(self, numbers: Sequence[int]) -> list[RenderRecord]:
        """In this order, also from the bin. Those for which ``record`` gives None are left out."""
        query = f"SELECT {COLUMNS} FROM renders WHERE number IN (SELECT value FROM json_each(?))"
        found = {record.number: record for record in self._select(query, json.dumps(list(numbers)))}
        return [found[number] for number in numbers if number in found]

    def records(self, limit: int | None = None, offset: int = 0) -> list[RenderRecord]:
        """Newest first, without the bin; no image is read. ``limit`` and ``offset`` give a page of them."""
        query = f"SELECT {COLUMNS} FROM renders WHERE binned IS NULL ORDER BY number DESC LIMIT ? OFFSET ?"
        return self._select(query, -1 if limit is None else limit, offset)

    def newest_imagined(self) -> RenderRecord | None:
        """The newest render of a brain, without the bin; None where there are only pictures of laboratories."""
        query = f"SELECT {COLUMNS} FROM renders WHERE binned IS NULL AND {IS_IMAGINED} ORDER BY number DESC LIMIT 1"
        return next(iter(self._select(query)), None)

    def find(self, computation_id: str) -> RenderRecord | None:
        """The newest render of this computation whose image is there, and not in the bin."""
        query = f"SELECT {COLUMNS} FROM renders WHERE computation_id = ? AND binned IS NULL ORDER BY number DESC"
        found = self._select(query, computation_id) if computation_id else []
        return next((record for record in found if record.file.is_file()), None)

    def find_recipe(self, recipe: Recipe) -> RenderRecord | None:
        """The newest render of exactly this recipe whose image is there, and not in the bin."""
        query = f"SELECT {COLUMNS} FROM renders WHERE recipe_hash = ? AND binned IS NULL ORDER BY number DESC"
        found = self._select(query, recipe_hash(recipe))
        return next((record for record in found if record.recipe == recipe and record.file.is_file()), None)

    def beside(self, record: RenderRecord, *, limit: int) -> list[RenderRecord]:
        """The newest other renders of the same prompt and noise, or of the same experiment; without the bin."""
        query = (
            f"SELECT {COLUMNS} FROM renders WHERE intact_hash = ? AND binned IS NULL AND number <> ? "
            "ORDER BY number DESC LIMIT ?"
        )
        return self._select(query, family_hash(record.recipe), record.number, limit)

    def has(self, computation_id: str) -> bool:
        """Whether an image of this computation is there, and not in the bin."""
        rows = self.read("SELECT file FROM renders WHERE computation_id = ? AND binned IS NULL", computation_id)
        return any((self._images / Path(name).name).is_file() for (name,) in rows)

    def files(self) -> dict[str, str]:
        """For each computation id the file of its newest image that is not in the bin."""
        rows = self.read("SELECT computation_id, file FROM renders WHERE binned IS NULL ORDER BY number")
        return {key: str(self._images / Path(name).name) for key, name in rows}

    def load_image(self, record: RenderRecord) -> Image:
        """The image of a render. Raises ImageError where it is gone or damaged."""
        if not record.file.is_file():
            raise ImageError(
                f"The image of render {record.number} is gone: {record.file}. "
                "Put it back, or render it again from its record."
            )
        return read_pixels(record.file)

    def read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Rows of a query, for what else is kept in the session's database."""
        with self._turn, speaking(self._folder):
            return self._database.execute(query, values).fetchall()

    def copy_log(self, target: sqlite3.Connection) -> None:
        """Copy the log as it is at one moment, also while another writes to it."""
        with self._turn, speaking(self._folder):
            self._database.backup(target)

    def revision(self) -> tuple[int, int]:
        """Another one after anything was written to the log, here or by another process."""
        with self._turn, speaking(self._folder):
            elsewhere = self._database.execute("PRAGMA data_version").fetchone()[0]
            return self._database.total_changes, elsewhere

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Carry out a statement for each row, all or none. Raises SessionError where it is open for reading alone."""
        self.write_together([(statement, rows)])

    def write_together(self, changes: Iterable[Change]) -> None:
        """Carry out several statements, each for its rows, all or none. Raises SessionError as ``write``."""
        raise SessionError(f"The session '{self.name}' is open for reading alone. Open it for writing.")

    def close(self) -> None:
        """Let go of the session; a second call does nothing."""
        with self._turn:
            self._connection = None
            self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            raise SessionError(f"The session '{self.name}' is closed. Open it again.")
        return self._connection

    def _select(self, query: str, *values: str | int) -> list[RenderRecord]:
        rows = self.read(query, *values)
        decoded = (from_row(row, self._images, self._present) for row in rows)
        return [record for record in decoded if record is not None]


def is_session(folder: Path) -> bool:
    """Whether a folder looks like a session."""
    return (folder / DATABASE_FILE).is_file()


def image_names(images: Path) -> set[str]:
    """Names of the PNG files in a folder; none where there is no folder."""
    try:
        with os.scandir(images) as entries:
            return {entry.name for entry in entries if entry.name.endswith(".png") and not entry.name.startswith(".")}
    except OSError:
        return set()


def _connect(folder: Path, resources: ExitStack) -> sqlite3.Connection:
    """On the log itself; or, where that is not possible, on a copy brought up to date."""
    with speaking(folder):
        try:
            connection = open_for_reading(folder)
        except sqlite3.OperationalError:
            return open_for_writing(_copy_of_log(folder, resources))
    try:
        with speaking(folder):
            version = check_identity(connection, folder)
            check_schema(connection, folder, version)
    except BaseException:
        connection.close()
        raise
    if version == len(MIGRATIONS):
        return connection
    connection.close()
    return open_for_writing(_copy_of_log(folder, resources))


def _copy_of_log(folder: Path, resources: ExitStack) -> Path:
    """A temporary folder with the database and what is not yet merged into it."""
    copy = Path(resources.enter_context(TemporaryDirectory(prefix="alienlab-")))
    with writing(copy):
        for suffix in ("", "-wal"):
            source = folder / f"{DATABASE_FILE}{suffix}"
            if source.is_file():
                shutil.copyfile(source, copy / source.name)
    return copy
