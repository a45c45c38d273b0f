"""Labels of renders in the session."""

from __future__ import annotations

import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.store import Session

LABEL = Label(star=True, name="The  lamp “1”", tags=("good", "näher dran", 'a "quoted" one'), notes="two\nlines\t’")


def test_a_label_comes_back_after_the_session_was_closed(folder, save):
    with Session.open(folder) as session:
        save(session)
        save(session, seed=8)
        LabelLog(session).keep(2, LABEL)
        assert LabelLog(session).of([2, 1]) == {2: LABEL, 1: Label()}
    with Session.open_read_only(folder) as session:
        assert LabelLog(session).all() == {2: LABEL}
        with pytest.raises(SessionError, match="reading alone"):
            LabelLog(session).keep(1, LABEL)


def test_the_last_label_is_kept_and_an_empty_one_is_none(session, save):
    save(session)
    log = LabelLog(session)
    log.keep(1, LABEL)
    log.keep(1, Label(name="b"))
    assert log.all() == {1: Label(name="b")}
    log.keep(1, Label())
    assert log.all() == {} and log.of([1]) == {1: Label()}
    log.keep(1, Label())


def test_several_are_kept_or_none(session, save, monkeypatch):
    save(session)
    save(session, seed=8)
    log = LabelLog(session)
    log.keep_all({1: Label(star=True), 2: Label(name="b"), 7: LABEL})
    assert log.all() == {1: Label(star=True), 2: Label(name="b")}
    session._database.execute("CREATE TRIGGER refuse BEFORE DELETE ON labels BEGIN SELECT raise(ABORT, 'no'); END")
    with pytest.raises(SessionError):
        log.keep_all({1: LABEL, 2: Label()})
    assert log.all() == {1: Label(star=True), 2: Label(name="b")}


def test_tags_are_counted_without_the_bin(session, save):
    for seed in range(4):
        save(session, seed=seed)
    log = LabelLog(session)
    for number, tags in {1: ("b", "a"), 2: ("b",), 3: ("c", "b"), 4: ()}.items():
        log.keep(number, Label(star=True, tags=tags))
    session.discard([3])
    assert list(log.tags().items()) == [("b", 2), ("a", 1)]
