"""The session log: every render with its image, written so that nothing is lost."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from alienlab.domain.brain import Provenance
from alienlab.domain.counting import counted
from alienlab.domain.errors import ImageError, SessionError
from alienlab.domain.events import Image
from alienlab.domain.recipe import Recipe
from alienlab.session.files import delete_for_good, remove_leftovers, write_atomically, writing
from alienlab.session.log.database import DATABASE_FILE, open_for_writing, speaking, transaction
from alienlab.session.log.indexing import index_render
from alienlab.session.log.lock import LOCK_FILE, SessionLock
from alienlab.session.log.reading import BLOBS_FOLDER, IMAGES_FOLDER, Change, SessionReader, is_session
from alienlab.session.log.records import COLUMNS, RenderRecord, to_row
from alienlab.session.log.values import now
from alienlab.session.png import Stamp, encode_png, is_whole, read_stamp

_LOG_FILES = tuple(f"{DATABASE_FILE}{suffix}" for suffix in ("", "-wal", "-shm"))
_OF_A_SESSION = {IMAGES_FOLDER, BLOBS_FOLDER, LOCK_FILE, *_LOG_FILES}
_OF_THE_DESKTOP = {".DS_Store", "Thumbs.db", "desktop.ini", ".directory"}
_NUMBERED = re.compile(r"(\d{6,12})\.png")
_INSERT = f"INSERT INTO renders ({COLUMNS}) VALUES ({', '.join('?' * len(COLUMNS.split(',')))})"
_FORGET_BINNED = (
    "INSERT OR IGNORE INTO discarded (file) SELECT file FROM renders WHERE binned IS NOT NULL",
    "INSERT INTO spent (highest) SELECT max(number) FROM renders WHERE binned IS NOT NULL HAVING count(*)",
    """DELETE FROM latents WHERE computation_id IN (SELECT computation_id FROM renders WHERE binned IS NOT NULL)
        AND computation_id NOT IN (SELECT computation_id FROM renders WHERE binned IS NULL)""",
)
_DELETE_BINNED = "DELETE FROM renders WHERE binned IS NOT NULL"


class Session(SessionReader):
    """A session open for writing; only one process, and one object in it, has it so at a time.

    A render is written to a temporary file, synced, renamed, then logged, then returned: whatever happens
    in between, there is no half image and no record without one. ``save`` may be called from any thread.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, resources: ExitStack) -> None:
        super().__init__(folder, connection, resources)
        self._findings: list[str] = []
        remove_leftovers(self._images)
        self._delete_discarded()
        self._adopt_images()
        self._note_missing()
        self._next_number = 1 + max(self._highest_number(), *map(_number_in_name, self._present), 0)

    @classmethod
    def open(cls, folder: Path) -> Session:
        """Open the session in a folder, which is made where it is missing.

        Raises SessionLocked where it is open elsewhere, and SessionError where the folder is read-only or
        holds other things, or where its log is damaged or of a newer version.
        """
        folder = folder.absolute()
        _check_folder(folder)
        resources = ExitStack()
        try:
            with writing(folder):
                (folder / IMAGES_FOLDER).mkdir(parents=True, exist_ok=True)
                resources.callback(SessionLock(folder).release)
                connection = resources.enter_context(contextlib.closing(open_for_writing(folder)))
                return cls(folder, connection, resources)
        except BaseException:
            resources.close()
            raise

    @property
    def findings(self) -> tuple[str, ...]:
        """What was found on opening that the user should know, a sentence each."""
        return tuple(self._findings)

    def save(
        self, recipe: Recipe, image: Image, provenance: Provenance, *, recipe_id: str, computation_id: str
    ) -> RenderRecord:
        """Keep a render. Raises DiskFull or SessionError; the session is then as it was before."""
        created = datetime.now(UTC)
        stamp = Stamp(
            recipe=recipe,
            provenance=provenance,
            recipe_id=recipe_id,
            computation_id=computation_id,
            created=created,
        )
        data = encode_png(image, stamp)
        number = self._take_number()
        record = _record(stamp, number, self._images / f"{number:06d}.png", created)
        try:
            write_atomically(record.file, data)
            self._log([record])
        except SessionError:
            with contextlib.suppress(OSError):
                record.file.unlink(missing_ok=True)
            self._give_back(number)
            raise
        return record

    def discard(self, numbers: Iterable[int]) -> list[int]:
        """Lay renders into the bin of the session, where they stay until it is emptied; return those that were not.

        May raise SessionError.
        """
        when = now()
        with self._turn:
            moved = sorted(set(numbers).intersection(self.numbers()))
            self.write("UPDATE renders SET binned = ? WHERE number = ?", [(when, number) for number in moved])
        return moved

    def take_back(self, numbers: Iterable[int]) -> list[int]:
        """Take renders out of the bin; return those that were in it. May raise SessionError."""
        with self._turn:
            moved = sorted(set(numbers).intersection(self.bin_numbers()))
            self.write("UPDATE renders SET binned = NULL WHERE number = ?", [(number,) for number in moved])
        return moved

    def empty_bin(self) -> int:
        """Delete the renders in the bin for good, with their labels and files; return how many. May raise SessionError.

        Should it be broken off after the records are gone, the files go when the session is opened next.
        """
        with self._turn, speaking(self._folder), transaction(self._database):
            gone = self._forget_binned()
        self._delete_discarded()  # others may read meanwhile
        return gone

    def write_together(self, changes: Iterable[Change]) -> None:
        """See ``SessionReader.write_together``. Raises DiskFull or SessionError."""
        with self._turn, speaking(self._folder), transaction(self._database):
            for statement, rows in changes:
                self._database.executemany(statement, rows)

    def _forget_binned(self) -> int:
        """Delete the records, and note their files as those that are to follow."""
        for statement in _FORGET_BINNED:
            self._database.execute(statement)
        return self._database.execute(_DELETE_BINNED).rowcount

    def _delete_discarded(self) -> None:
        """Delete the files whose records are gone; one that cannot be deleted is tried again on the next opening."""
        discarded = self._discarded_names()
        names = discarded - self._logged_names() if discarded else discarded
        deleted = delete_for_good(self._images / Path(name).name for name in names)
        self._present.difference_update(names)
        self.write("DELETE FROM discarded WHERE file = ?", [(file.name,) for file in deleted])

    def _take_number(self) -> int:
        with self._turn:
            _ = self._database  # a closed session takes nothing more
            number = self._next_number
            self._next_number += 1
            return number

    def _give_back(self, number: int) -> None:
        """A number that nothing was saved under, where it is the last one: a full disk is tried again and again."""
        with self._turn:
            if self._next_number == number + 1:
                self._next_number = number

    def _log(self, records: Sequence[RenderRecord]) -> None:
        rows = [to_row(record) for record in records]
        with self._turn, speaking(self._folder), transaction(self._database):
            self._database.executemany(_INSERT, rows)
            for record in records:
                index_render(self._database, record.number, record.recipe, record.provenance)
        self._present.update(row[2] for row in rows)

    def _adopt_images(self) -> None:
        """Log the images that have no record, from what they say of themselves."""
        unknown = sorted(self._present - self._logged_names() - self._discarded_names())
        if not unknown:
            return
        adopted: list[RenderRecord] = []
        strangers = 0
        taken, highest = self._numbers(), self._highest_number()
        for name in unknown:
            file = self._images / name
            number = _number_in_name(name)
            if number == 0 or number in taken:
                number = 1 + highest
            try:
                adopted.append(_adopted(file, number))
                taken.add(number)
                highest = max(highest, number)
            except ImageError:
                strangers += 1
        self._log(adopted)
        if adopted:
            self._findings.append(f"{counted(len(adopted), 'image')} without a record taken into the log.")
        if strangers:
            self._findings.append(
                f"{counted(strangers, 'file')} in {self._images} left alone: no whole image with a recipe."
            )

    def _note_missing(self) -> None:
        missing = len(self._logged_names() - self._present)
        if missing:
            self._findings.append(
                f"{counted(missing, 'record')} without an image: put the files back into {self._images}, "
                "or render them again."
            )

    def _numbers(self) -> set[int]:
        return {number for (number,) in self.read("SELECT number FROM renders")}

    def _logged_names(self) -> set[str]:
        return {name for (name,) in self.read("SELECT file FROM renders")}

    def _discarded_names(self) -> set[str]:
        return {name for (name,) in self.read("SELECT file FROM discarded")}

    def _highest_number(self) -> int:
        given = "SELECT number FROM renders UNION SELECT highest FROM spent"
        ((highest,),) = self.read(f"SELECT max(number) FROM ({given}) WHERE typeof(number) = 'integer'")
        return highest or 0


def _check_folder(folder: Path) -> None:
    """Raises SessionError for a file, and for a folder that holds something else."""
    if folder.exists() and not folder.is_dir():
        raise SessionError(f"{folder} is a file. A session is a folder: choose another place or name.")
    if is_session(folder) or not folder.exists():
        return
    with writing(folder):
        names = {path.name for path in folder.iterdir()} - _OF_THE_DESKTOP
    was_a_session = LOCK_FILE in names and names <= _OF_A_SESSION
    if names and not was_a_session:
        raise SessionError(
            f"{folder} holds other files and no session. Choose an empty folder, or a new name for the session."
        )


def _record(stamp: Stamp, number: int, file: Path, created: datetime) -> RenderRecord:
    return RenderRecord(
        number=number,
        created=created,
        recipe=stamp.recipe,
        provenance=stamp.provenance,
        recipe_id=stamp.recipe_id,
        computation_id=stamp.computation_id,
        file=file,
    )


def _adopted(file: Path, number: int) -> RenderRecord:
    stamp = read_stamp(file)
    if not is_whole(file):
        raise ImageError(f"{file.name} is not whole.")
    created = stamp.created or datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return _record(stamp, number, file, created)


def _number_in_name(name: str) -> int:
    """0 where the name holds none."""
    match = _NUMBERED.fullmatch(name)
    return int(match[1]) if match else 0
