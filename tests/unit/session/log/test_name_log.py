"""Named points in a session."""

import sqlite3
from pathlib import Path

import pytest

from alienlab.domain.concepts import Between, Combination, Prompt, RandomPoint
from alienlab.domain.errors import RecipeError, SessionError
from alienlab.domain.space.named import LONGEST_NAME, NamedPoint, checked_name, checked_tags
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.name_log import NameLog
from alienlab.session.log.store import Session

HAT = NamedPoint("all hat, no cat", Between(Prompt("a cat"), Prompt("a hat"), 1.5), ("hats", "strange"), "c0ffee")
NOISE = NamedPoint("Rauschen ist schön", RandomPoint(7))


def test_names_come_back_in_the_order_they_were_given(folder: Path) -> None:
    with Session.open(folder) as session:
        NameLog(session).add(NOISE)
        NameLog(session).add(HAT)
    with Session.open_read_only(folder) as session:
        assert NameLog(session).points() == [NOISE, HAT]
        with pytest.raises(SessionError, match="reading alone"):
            NameLog(session).remove(HAT.name)


def test_a_renamed_point_keeps_its_place_and_a_removed_one_goes(session: Session) -> None:
    log = NameLog(session)
    log.add(HAT)
    log.add(NOISE)
    renamed = NamedPoint("hat", HAT.concept, ("hats",), HAT.computation_id)
    log.change(HAT.name, renamed)
    assert log.points() == [renamed, NOISE]
    assert log.has("hat")
    assert not log.has(HAT.name)
    log.remove("hat")
    assert log.points() == [NOISE]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("concept", "{"),
        ("concept", '{"kind": "dream"}'),
        ("concept", "[]"),
        ("concept", "[" * 100_000),
        ("tags", '"hats"'),
        ("tags", "[1]"),
        ("tags", "null"),
        ("name", 'a "quoted" one'),
        ("name", ""),
        ("name", "x" * (LONGEST_NAME + 1)),
    ],
)
def test_what_cannot_be_understood_is_left_out(folder: Path, column: str, value: str) -> None:
    with Session.open(folder) as session:
        NameLog(session).add(HAT)
        NameLog(session).add(NOISE)
    connection = sqlite3.connect(folder / DATABASE_FILE)
    with connection:
        connection.execute(f"UPDATE names SET {column} = ? WHERE name = ?", (value, HAT.name))
    connection.close()
    with Session.open(folder) as session:
        assert NameLog(session).points() == [NOISE]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Write a name"),
        ("x" * 61, "61 letters"),
        ('a "b"', "double quotes"),
        ("bell\a", "control characters"),
        ("ALL HAT", "“all hat” is taken"),
    ],
)
def test_names_that_cannot_be_say_why(text: str, sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence):
        checked_name(text, ["all hat"])


def test_names_and_tags_are_kept_without_spare_spaces() -> None:
    assert checked_name("  all   hat ") == "all hat"
    assert checked_tags([" hats", "", "Hats", "strange  things "]) == ("hats", "strange things")
    with pytest.raises(RecipeError, match="too many"):
        checked_tags(map(str, range(21)))
    with pytest.raises(RecipeError, match="spare spaces"):
        NamedPoint(" hat", Combination.mean(Prompt("a hat")))
