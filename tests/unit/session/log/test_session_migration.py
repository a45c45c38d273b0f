import json
import sqlite3

import pytest

from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import SessionError
from alienlab.domain.log_query import LogQuery
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.database import (
    APPLICATION_ID,
    DATABASE_FILE,
    MIGRATIONS,
    check_identity,
    migrate,
    open_for_writing,
)
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.records import COLUMNS
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import Session
from alienlab.session.png import write_png
from tests.fakes.recipes import make_image, make_provenance, make_recipe

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
    monkeypatch.setattr("alienlab.session.log.reading.MIGRATIONS", newer)
    monkeypatch.setattr("alienlab.session.log.reading.open_for_writing", lambda copy: open_for_writing(copy, newer))
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


def an_earlier_log(folder, version):
    """A session as the AlienLab of that version left it: two renders of a sweep, one more, and one from elsewhere."""
    (folder / "images").mkdir(parents=True)
    connection = open_for_writing(folder, MIGRATIONS[:version])
    recipes = {"a": OLD_SWEEP.base, "b": list(OLD_SWEEP.trials())[1].recipe, "c": make_recipe("a lamp", "conv_in:zero")}
    for number, (key, recipe) in enumerate(recipes.items(), start=1):
        name = f"{number:06d}.png"
        write_png(folder / "images" / name, make_image(number), recipe, SEEN)
        row = (number, number, name, f"r{key}", f"c{key}", *map(json.dumps, (recipe.to_json(), SEEN.to_json())))
        connection.execute(INSERT, row)
    connection.execute(INSERT, (9, 9, "000009.png", "r", "c", '{"kind": "of the future"}', "{}"))
    if version >= 2:
        connection.execute("INSERT INTO sweeps VALUES ('s', 1, 'done', ?)", (json.dumps(OLD_SWEEP.to_json()),))
        connection.execute("INSERT INTO sweeps VALUES ('t', 1, 'done', '{}')")
    if version >= 3:
        concept = json.dumps(Prompt("a lamp").to_json())
        connection.execute("INSERT INTO names VALUES ('beacon', 1, ?, '[\"\\u00e9lan\"]', 'cc')", (concept,))
    connection.close()
    return recipes


OLD_SWEEP = Sweep(id="s", title="tide", base=make_recipe("a cat", seed=0), axes=(kinds.seeds(range(3)),))
SEEN = make_provenance("dropped words: sea")
INSERT = f"INSERT INTO renders ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"


@pytest.mark.parametrize("opening", [Session.open, Session.open_read_only])
@pytest.mark.parametrize("earlier", range(1, len(MIGRATIONS)))
def test_a_log_of_every_earlier_version_is_searched_as_a_new_one(folder, earlier, opening):
    recipes = an_earlier_log(folder, earlier)
    with opening(folder) as session:
        assert [record.number for record in session.records()] == [3, 2, 1]
        for number, recipe in enumerate(recipes.values(), start=1):
            assert session.find_recipe(recipe).number == number
        found = {text: LogSearch(session).numbers(LogQuery.parse(text)) for text in SAID}
        has_sweeps, has_names = earlier >= 2, earlier >= 3
        assert found == {
            "": [9, 3, 2, 1],
            "cat": [2, 1],
            "dropped": [3, 2, 1],
            "op:zero": [3],
            "module:conv_in": [3],
            "sweep:tide": [2, 1] if has_sweeps else [],
            "tide": [2, 1] if has_sweeps else [],
            "beacon elan": [3] if has_names else [],
            "in:bin": [],
        }
        assert LogSearch(session).sweeps_of([3, 2, 1]) == ({2: "s", 1: "s"} if has_sweeps else {})
        assert LabelLog(session).of([1]) == {1: Label()}
        assert session.read("SELECT * FROM boards") == []


SAID = ("", "cat", "dropped", "op:zero", "module:conv_in", "sweep:tide", "tide", "beacon elan", "in:bin")


@pytest.mark.parametrize("earlier", range(1, len(MIGRATIONS)))
def test_what_was_brought_up_to_date_is_like_what_is_new(folder, tmp_path, earlier):
    recipes = an_earlier_log(folder, earlier)
    with Session.open(tmp_path / "new") as new, Session.open(folder) as old:
        for key, recipe in recipes.items():
            new.save(recipe, make_image(), SEEN, recipe_id=f"r{key}", computation_id=f"c{key}")
        assert schema(old) == schema(new)
        kept = "SELECT {} FROM {} WHERE number < 9 ORDER BY 1, 2"
        for columns, table in (("*", "lesions"), ("number, recipe_hash, intact_hash, binned", "renders")):
            query = kept.format(columns, table)
            assert old.read(query) == new.read(query) != []
        words = "SELECT rowid, prompt, negative, lesions, seen, noted, settings FROM words ORDER BY rowid"
        assert old.read(words) == new.read(words) != []


def schema(session):
    return session.read("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
