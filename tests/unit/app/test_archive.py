"""The archive: order, full disks, and what else can go wrong."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from alienlab.app.archive import Archive, FinishedRender
from alienlab.domain.errors import SessionError
from alienlab.session.files import write_atomically
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog
from tests.fakes.disks import DatabaseWithoutSpace, FilesWithoutSpace
from tests.fakes.recipes import make_image, make_provenance, make_recipe


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.open(tmp_path / "session") as opened:
        yield opened


@pytest.fixture
def archive(qapp) -> Iterator[Archive]:
    made = Archive()
    made.set_retry(20)
    yield made
    made.finish()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FilesWithoutSpace:
    return FilesWithoutSpace(monkeypatch)


def finished(seed: int) -> FinishedRender:
    return FinishedRender(
        recipe=make_recipe(seed=seed, size=(32, 32)),
        image=make_image(seed, width=32, height=32),
        provenance=make_provenance(),
        recipe_id=f"r{seed}",
        computation_id=f"c{seed}",
    )


def rows(session: Session, query: str) -> list[tuple]:
    with closing(sqlite3.connect(session.folder / "session.sqlite")) as database:
        return database.execute(query).fetchall()


def test_what_does_not_fit_waits_in_its_order_and_is_written_once_there_is_space(
    qtbot: QtBot, archive: Archive, session: Session, disk: FilesWithoutSpace
) -> None:
    told: list[str] = []
    archive.blocked.connect(told.append)
    log = SweepLog(session)
    archive.save(session, finished(1))
    archive.finish()
    disk.fill()
    archive.save(session, finished(2))
    archive.carry_out_silently(lambda: log.keep_latents("c2", np.zeros((4, 2, 2), np.float16)))
    archive.save(session, finished(3))
    qtbot.waitUntil(lambda: disk.refused > 2)
    assert told == [str(session.folder / "images")]
    assert (archive.is_blocked, str(archive.unsaved)) == (True, "2 images and 1 log entry")
    assert rows(session, "SELECT computation_id FROM renders") == [("c1",)]
    assert rows(session, "SELECT * FROM latents") == []
    with qtbot.waitSignal(archive.freed):
        disk.make_space()
    assert rows(session, "SELECT number, computation_id FROM renders ORDER BY number") == [
        (1, "c1"),
        (2, "c2"),
        (3, "c3"),
    ]
    assert len(rows(session, "SELECT * FROM latents")) == 1
    assert sorted(path.name for path in (session.folder / "images").iterdir()) == [
        f"{number:06d}.png" for number in (1, 2, 3)
    ]
    assert np.array_equal(session.load_image(session.find("c3")), make_image(3, width=32, height=32))
    assert (archive.is_blocked, bool(archive.unsaved), len(told)) == (False, False, 1)


def test_a_log_without_space_lets_everything_wait_as_well(qtbot: QtBot, archive: Archive, session: Session) -> None:
    database = DatabaseWithoutSpace(session._database)
    database.fill()
    with qtbot.waitSignal(archive.blocked):
        for seed in range(40):
            archive.save(session, finished(seed))
    archive.finish()
    kept = len(rows(session, "SELECT 1 FROM renders"))
    assert kept < 40
    assert kept + archive.unsaved.images == 40
    with qtbot.waitSignal(archive.freed):
        database.make_space()
    assert [key for (key,) in rows(session, "SELECT computation_id FROM renders ORDER BY number")] == [
        f"c{seed}" for seed in range(40)
    ]


def test_trying_again_says_how_it_ended(
    qtbot: QtBot, archive: Archive, session: Session, disk: FilesWithoutSpace
) -> None:
    archive.set_retry(10_000_000)
    disk.fill()
    with qtbot.waitSignal(archive.blocked):
        archive.save(session, finished(1))
    with qtbot.waitSignal(archive.blocked):
        archive.try_again()
    disk.make_space()
    with qtbot.waitSignal(archive.freed):
        archive.try_again()
    assert len(session) == 1


def test_what_leads_elsewhere_does_not_wait_for_a_full_disk(
    qtbot: QtBot, archive: Archive, session: Session, disk: FilesWithoutSpace, tmp_path: Path
) -> None:
    disk.fill()
    with qtbot.waitSignal(archive.blocked):
        archive.save(session, finished(1))
    with qtbot.waitSignal(archive.done):
        archive.carry_out(lambda: (tmp_path / "elsewhere").write_text("rescued"), sentence="Saved.")
    with qtbot.waitSignal(archive.failed) as failed:
        archive.carry_out(lambda: write_atomically(tmp_path / "here", b"..."), sentence="Saved.")
    assert "disk is full" in failed.args[0]
    with qtbot.assertNotEmitted(archive.failed):
        archive.cache(lambda: write_atomically(tmp_path / "here", b"..."))
        archive.finish()
    assert archive.unsaved.images == 1
    disk.make_space()
    assert archive.settle()
    assert len(session) == 1


def test_other_errors_are_told_and_the_next_write_goes_on(qtbot: QtBot, archive: Archive, session: Session) -> None:
    def refuse() -> None:
        raise SessionError("This folder cannot be written to.")

    told: list[str] = []
    archive.failed.connect(told.append)
    archive.carry_out_silently(refuse)
    archive.carry_out_silently(lambda: 1 // 0)
    with qtbot.waitSignal(archive.saved):
        archive.save(session, finished(1))
    assert told[0] == "This folder cannot be written to."
    assert "ZeroDivisionError" in told[1]
    assert not archive.is_blocked


def test_giving_up_forgets_what_waits(
    qtbot: QtBot, archive: Archive, session: Session, disk: FilesWithoutSpace
) -> None:
    disk.fill()
    archive.save(session, finished(1))
    assert not archive.settle()
    archive.give_up()
    disk.make_space()
    archive.save(session, finished(2))
    archive.finish()
    assert [record.computation_id for record in session.records()] == ["c2"]


def test_renders_do_not_wait_for_a_large_export(qtbot: QtBot, archive: Archive, session: Session) -> None:
    may_end = threading.Event()
    archive.carry_out(lambda: may_end.wait(30), sentence="Exported.")
    with qtbot.waitSignal(archive.saved):
        archive.save(session, finished(1))
    assert len(session) == 1
    with qtbot.waitSignal(archive.done):
        may_end.set()
