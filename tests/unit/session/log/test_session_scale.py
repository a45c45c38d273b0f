"""A large session opens and answers without reading its records."""

from __future__ import annotations

import time

import pytest

from alienlab.domain.log_query import LogQuery
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.session.log import reading
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import Session
from tests.fakes.sessions import make_session

MANY = 20_000
OPENING = 0.3
"""Seconds of a processor that opening the log of ``MANY`` renders may take."""


def test_opening_and_searching_read_no_record(folder, monkeypatch):
    make_session(folder, 500, measured=True)

    def refuse(*_):
        pytest.fail("a record was read")

    with monkeypatch.context() as patched:
        patched.setattr(DiffusionRecipe, "from_json", refuse)
        patched.setattr(reading, "from_row", refuse)
        with Session.open(folder) as session:
            assert session.numbers() == list(range(500, 0, -1)) and len(session) == 500
            for text in ("", "cat", "module:mid_block.*", "verdict:noise", "op:zero", "after:2026-01-01"):
                assert LogSearch(session).numbers(LogQuery.parse(text))
            session.discard([1])
            assert session.numbers() == list(range(500, 1, -1))


def test_only_what_is_asked_for_is_read(folder, monkeypatch):
    make_session(folder, 500)
    with Session.open(folder) as session:
        records = session.records()
        read: list[int] = []
        original = reading.from_row

        def counted(row, *others):
            read.append(row[0])
            return original(row, *others)

        monkeypatch.setattr(reading, "from_row", counted)
        newest = records[0]
        assert session.record(300) == records[200]
        assert session.find_recipe(records[200].recipe) == records[200]
        assert session.records_of([7, 400, 3]) == [records[493], records[100], records[497]]
        assert session.find(newest.computation_id) == newest
        same = [record for record in records[1:] if record.recipe.intact == newest.recipe.intact]
        assert session.beside(newest, limit=24) == same[:24] and len(same) > 24
        assert len(read) == 1 + 1 + 3 + 1 + 24


def test_equal_recipes_are_found_however_their_numbers_are_written(session, save):
    record = save(session)
    as_whole = DiffusionRecipe.from_json({**record.recipe.to_json(), "guidance": 7})
    assert session.find_recipe(as_whole) is None
    again = save(session, seed=9)
    assert session.find_recipe(again.recipe) == again
    session.save(as_whole, session.load_image(record), record.provenance, recipe_id="r", computation_id="c")
    assert session.find_recipe(DiffusionRecipe.from_json({**as_whole.to_json(), "guidance": 7.0})).number == 3


@pytest.mark.slow
def test_a_session_of_many_renders_opens_at_once(folder):
    make_session(folder, MANY)
    times = []
    for _ in range(3):
        began = time.process_time()  # what others do on this machine does not count
        with Session.open(folder) as session:
            assert len(session.numbers()) == MANY
            times.append(time.process_time() - began)
    assert min(times) < OPENING
