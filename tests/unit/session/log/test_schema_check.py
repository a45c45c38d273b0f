import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.store import Session
from tests.fakes.recipes import make_image, make_provenance, make_recipe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Session.open(tmp_path / "session") as session:
        session.save(make_recipe(), make_image(), make_provenance(), recipe_id="r", computation_id="c")
        return session.folder


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TRIGGER theirs AFTER INSERT ON renders BEGIN DELETE FROM renders; END"],
        ["CREATE VIEW theirs AS SELECT * FROM renders"],
        ["ALTER TABLE renders RENAME TO others", "CREATE VIEW renders AS SELECT * FROM others"],
        ["ALTER TABLE renders ADD COLUMN theirs AS (hex(zeroblob(100000000)))"],
        ["DROP TRIGGER words_of_renders"],
        ["DROP INDEX renders_by_recipe"],
        ["PRAGMA user_version = -1"],
    ],
)
def test_a_log_that_another_program_changed_is_not_opened(folder: Path, statements: list[str]):
    change(folder, *statements)
    for open_session in (Session.open, SessionReader.open_read_only):
        with pytest.raises(SessionError, match="was changed by another program"):
            open_session(folder)


def test_after_the_advice_is_followed_the_images_are_in_the_log_again(folder: Path):
    change(folder, "CREATE VIEW theirs AS SELECT 1")
    (folder / DATABASE_FILE).unlink()
    with Session.open(folder) as session:
        assert [record.computation_id for record in session.records()] == ["c"]


def test_tables_that_another_program_added_are_left_alone(folder: Path):
    change(folder, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (7)")
    with Session.open(folder) as session:
        assert len(session) == 1
        assert session.read("SELECT x FROM theirs") == [(7,)]
