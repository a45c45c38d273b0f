import sqlite3

import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.database import (
    APPLICATION_ID,
    DATABASE_FILE,
    MIGRATIONS,
    check_identity,
    migrate,
    open_for_writing,
)
from alienlab.session.store import Session

STARS = ("ALTER TABLE renders ADD COLUMN starred INTEGER NOT NULL DEFAULT 0", "CREATE TABLE tags (name TEXT)")


def version(connection):
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_an_older_log_is_brought_up_to_date_and_keeps_its_records(folder, save):
    with Session.open(folder) as session:
        save(session)
    connection = open_for_writing(folder, (*MIGRATIONS, STARS))
    assert version(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT count(*), sum(starred) FROM renders").fetchone() == (1, 0)
    connection.close()
    again = open_for_writing(folder, (*MIGRATIONS, STARS))
    assert version(again) == len(MIGRATIONS) + 1
    again.close()


def test_a_step_is_taken_whole_or_not_at_all(folder, save):
    with Session.open(folder) as session:
        record = save(session)
    with pytest.raises(SessionError):
        open_for_writing(folder, (*MIGRATIONS, (*STARS, "CREATE TABLE renders (twice)")))
    with Session.open(folder) as session:
        assert session.records() == [record]
        columns = [row[1] for row in session._database.execute("PRAGMA table_info(renders)")]
        assert "starred" not in columns


def test_a_newer_log_is_refused_and_unchanged(folder, save):
    with Session.open(folder) as session:
        save(session)
    open_for_writing(folder, (*MIGRATIONS, STARS)).close()
    before = (folder / DATABASE_FILE).read_bytes()
    for opening in (Session.open, Session.open_read_only):
        with pytest.raises(SessionError, match=r"newer AlienLab.*Update"):
            opening(folder)
    assert (folder / DATABASE_FILE).read_bytes() == before


def test_an_older_log_is_read_without_being_changed(folder, save, monkeypatch):
    with Session.open(folder) as session:
        record = save(session)
    before = (folder / DATABASE_FILE).read_bytes()
    newer = (*MIGRATIONS, STARS)
    monkeypatch.setattr("alienlab.session.reading.MIGRATIONS", newer)
    monkeypatch.setattr("alienlab.session.reading.open_for_writing", lambda copy: open_for_writing(copy, newer))
    with Session.open_read_only(folder) as reader:
        assert reader.records() == [record]
        assert version(reader._database) == len(newer)
    assert (folder / DATABASE_FILE).read_bytes() == before


def test_an_interrupted_creation_is_taken_up_again(folder):
    folder.mkdir()
    (folder / DATABASE_FILE).write_bytes(b"")
    with Session.open(folder) as session:
        assert session.records() == []


def test_the_log_can_be_told_from_other_files(tmp_path):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    assert check_identity(connection, tmp_path) == 0
    migrate(connection, 0, MIGRATIONS)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert check_identity(connection, tmp_path) == len(MIGRATIONS)
    connection.close()
