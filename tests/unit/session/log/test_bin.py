"""The bin of a session: what is in it is out of the way, and gone for good only once it is emptied."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog
from alienlab.session.png import is_whole
from tests.fakes.recipes import make_image, make_provenance, make_recipe

LATENTS = np.zeros((4, 2, 2), dtype=np.float16)


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "images").iterdir()}


def test_what_is_in_the_bin_is_out_of_the_way(session, save):
    first, second, third = (save(session, seed=seed) for seed in range(3))
    session.discard([first.number, third.number])
    assert session.records() == [second]
    assert session.numbers() == [2] and len(session) == 1
    assert session.bin_numbers() == [3, 1]
    assert session.find(first.computation_id) is None and not session.has(first.computation_id)
    assert session.find_recipe(first.recipe) is None
    assert session.files() == {second.computation_id: str(second.file)}
    assert session.record(1) == first and session.records_of([3, 2, 8, 1]) == [third, second, first]
    assert session.records(limit=1, offset=1) == []


def test_what_is_taken_back_is_as_it_was(session, save):
    records = [save(session, seed=seed) for seed in range(3)]
    assert session.discard([2, 1, 9]) == [1, 2] and session.discard([1, 2]) == []
    assert session.take_back([2, 3]) == [2]
    assert session.records() == [records[2], records[1]] and session.bin_numbers() == [1]
    session.take_back([1])
    assert session.records() == records[::-1]
    assert session.find(records[0].computation_id) == records[0]


def test_the_bin_is_kept_when_the_session_is_closed(folder, save):
    with Session.open(folder) as session:
        record = save(session)
        LabelLog(session).keep(1, Label(star=True))
        session.discard([1])
    with Session.open(folder) as session:
        assert session.records() == [] and session.bin_numbers() == [1] and session.findings == ()
        session.take_back([1])
        assert session.records() == [record]
        assert LabelLog(session).of([1]) == {1: Label(star=True)}


def test_an_emptied_bin_leaves_nothing_behind(folder, save):
    with Session.open(folder) as session:
        gone, stays = save(session, "conv_in:zero"), save(session, seed=8)
        for number in (1, 2):
            LabelLog(session).keep(number, Label(name="lamp", tags=("good",)))
        log = SweepLog(session)
        log.keep_latents(gone.computation_id, LATENTS)
        log.keep_latents(stays.computation_id, LATENTS)
        session.discard([1])
        assert session.empty_bin() == 1 and session.empty_bin() == 0
        assert session.bin_numbers() == [] and session.record(1) is None
        assert not gone.file.exists() and names(folder) == {stays.file.name}
        assert LabelLog(session).all() == {2: Label(name="lamp", tags=("good",))}
        assert log.latents(gone.computation_id) is None and log.latents(stays.computation_id) is not None
        for table in ("lesions", "discarded"):
            assert session.read(f"SELECT * FROM {table}") == []
        assert session.read("SELECT rowid FROM words") == [(2,)]
    with Session.open(folder) as session:
        assert session.records() == [stays] and session.findings == ()


def test_latents_stay_where_another_render_has_them(session, save):
    first, _ = save(session), save(session)
    log = SweepLog(session)
    log.keep_latents(first.computation_id, LATENTS)
    session.discard([1])
    session.empty_bin()
    assert log.latents(first.computation_id) is not None
    assert session.find(first.computation_id) is not None


def test_a_number_is_never_given_twice(folder, save):
    with Session.open(folder) as session:
        for seed in range(3):
            save(session, seed=seed)
        session.discard([2, 3])
        session.empty_bin()
        assert save(session, seed=3).number == 4
        session.discard([4])
        session.empty_bin()
    with Session.open(folder) as session:
        assert save(session, seed=4).number == 5


def test_a_file_that_cannot_be_deleted_is_not_taken_for_an_image_and_goes_later(folder, save, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(path)

    with Session.open(folder) as session:
        record = save(session)
        session.discard([1])
        with monkeypatch.context() as patched:
            patched.setattr(Path, "unlink", refuse)
            assert session.empty_bin() == 1
        assert record.file.exists() and session.records() == []
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with Session.open(folder) as session:
            assert session.records() == [] and session.findings == ()
    with Session.open(folder) as session:
        assert not record.file.exists() and session.records() == []
        assert session.read("SELECT * FROM discarded") == []


def test_a_label_of_what_is_gone_is_not_kept(session, save):
    save(session)
    session.discard([1])
    session.empty_bin()
    LabelLog(session).keep(1, Label(star=True))
    assert LabelLog(session).all() == {}


EMPTY_AND_DIE = """
import os, shutil, signal, sys
from pathlib import Path
from alienlab.session import files
from alienlab.session.log.store import Session

template, target = map(Path, sys.argv[1:])

def empty(folder, moment):
    passed = 0
    def pass_moment(statement=""):
        nonlocal passed
        if "words" in statement or statement.startswith("--"):
            return  # within one of the statements that are counted
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)
    def watched(function):
        def call(*args, **options):
            result = function(*args, **options)
            pass_moment("")
            return result
        return call
    session = Session.open(folder)
    session._database.set_trace_callback(pass_moment)
    files.Path.unlink = watched(Path.unlink)
    files._sync_folder = watched(files._sync_folder)
    session.empty_bin()

moment, killed = 0, True
while killed:
    moment += 1
    folder = target / f"{moment:02d}"
    shutil.copytree(template, folder)
    child = os.fork()
    if child == 0:
        empty(folder, moment)
        os._exit(0)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
print(moment)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="fork and kill of a POSIX system")
def test_a_kill_at_any_moment_of_emptying_neither_revives_nor_loses_anything(tmp_path, save):
    template, target = tmp_path / "template", tmp_path / "killed"
    with Session.open(template) as session:
        records = [save(session, seed=seed) for seed in range(4)]
        LabelLog(session).keep(2, Label(star=True))
        session.discard([2, 3])
    done = subprocess.run(
        [sys.executable, "-c", EMPTY_AND_DIE, str(template), str(target)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
    outcomes = set()
    for folder in sorted(target.iterdir()):
        with Session.open(folder) as session:
            kept = [record.number for record in session.records_of(range(1, 5))]
            assert session.findings == () and session.numbers() == [4, 1]
            assert kept in ([1, 2, 3, 4], [1, 4])
            assert names(folder) == {records[number - 1].file.name for number in kept}
            assert all(is_whole(record.file) for record in session.records_of(kept))
            assert set(LabelLog(session).all()) == {2} & set(kept)
            assert (
                session.save(make_recipe(), make_image(), make_provenance(), recipe_id="r", computation_id="c").number
                == 5
            )
            outcomes.add(len(kept))
    assert outcomes == {2, 4}  # killed before and after the records were gone
