"""Drawn paths in a session."""

import json
import sqlite3

import pytest

from alienlab.domain.concepts import DirectionsTo, Prompt, RandomDirections
from alienlab.domain.errors import RecipeError, SessionError
from alienlab.domain.space.drawing import MOST_CORNERS, Corner, Drawing, Ground
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.drawing_log import DrawingLog
from alienlab.session.log.store import Session

RANDOM = Ground("ab" * 32, Prompt("a cat"), RandomDirections(3))
THROUGH = Ground("cd" * 32, Prompt("a dog"), DirectionsTo(Prompt("a cat"), Prompt("a fox")))


def drawing(ground=RANDOM, corners=((0.0, 1.5), (-2.25, 1e-9))) -> Drawing:
    return Drawing(ground, tuple(Corner(x, y, is_round=x < 0) for x, y in corners))


def test_drawings_come_back_after_the_session_was_closed(folder):
    with Session.open(folder) as session:
        log = DrawingLog(session)
        log.keep("path 1", drawing())
        log.keep("a way", drawing(THROUGH))
        log.keep("gone", drawing())
        log.remove("gone")
        log.keep("path 1", drawing(corners=((1.0, 2.0),)))
    with Session.open_read_only(folder) as session:
        log = DrawingLog(session)
        assert [(record.name, record.drawing) for record in log.records()] == [
            ("path 1", drawing(corners=((1.0, 2.0),))),
            ("a way", drawing(THROUGH)),
        ]
        with pytest.raises(SessionError, match="reading alone"):
            log.keep("another", drawing())


@pytest.mark.parametrize(
    ("name", "text", "created"),
    [
        ("not JSON", "{", 1),
        ("no drawing", "[]", 1),
        ("nested", "[" * 50_000, 1),
        ("no place", json.dumps(drawing().to_json()).replace("1.5", "NaN"), 1),
        ("too far", json.dumps(drawing().to_json()).replace("1.5", "1" + "0" * 400), 1),
        ("a truth for a number", json.dumps(drawing().to_json()).replace("1.5", "true"), 1),
        ("a newer version", json.dumps(drawing().to_json() | {"version": 2}), 1),
        ("no plane", json.dumps(drawing().to_json() | {"plane": Prompt("a cat").to_json()}), 1),
        ("too many", json.dumps(drawing().to_json() | {"corners": [[0, 0, False]] * (MOST_CORNERS + 1)}), 1),
        ("too long", json.dumps(drawing().to_json()) + " " * 2**20, 1),
        ("before time", json.dumps(drawing().to_json()), -(2**62)),
        ("no time", json.dumps(drawing().to_json()), "x" * 3 + "9" * 30),
        ("bytes", b"\xff\xfe", 1),
        (b"\xff\xfe", json.dumps(drawing().to_json()), 1),
        ("two\nlines", json.dumps(drawing().to_json()), 1),
        ("", json.dumps(drawing().to_json()), 1),
        ("long" * 200, json.dumps(drawing().to_json()), 1),
    ],
)
def test_a_broken_row_is_left_out(folder, name, text, created):
    with Session.open(folder) as session:
        DrawingLog(session).keep("sound", drawing())
    with sqlite3.connect(folder / DATABASE_FILE) as database:
        database.execute("INSERT INTO drawings (name, created, drawing) VALUES (?, ?, ?)", (name, created, text))
    database.close()
    with Session.open(folder) as session:
        names = [record.name for record in DrawingLog(session).records()]
    assert "sound" in names
    assert names == ["sound"] or name == "no time"  # what has no time is read as the oldest


def test_a_path_of_too_many_corners_says_what_to_do():
    with pytest.raises(RecipeError, match="Begin another one"):
        drawing(corners=[(0.0, 0.0)] * (MOST_CORNERS + 1))
