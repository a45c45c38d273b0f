"""Sweeps, measures, yardsticks and latents in a session."""

import sqlite3

import numpy as np
import pytest

from alienlab.domain.effects import Measures, Yardsticks
from alienlab.domain.errors import SessionError
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.database import DATABASE_FILE, MIGRATIONS, open_for_writing
from alienlab.session.log.records import COLUMNS
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog, SweepState
from tests.fakes.recipes import make_recipe

MEASURES = Measures(
    perceptual=0.25,
    ssim=0.5,
    pixel=0.125,
    latent_cosine=None,
    concepts=(("cat", 0.75),),
    nothing=0.0625,
    noise=0.5,
    flatness=0.25,
)
YARDSTICKS = Yardsticks(
    floor_perceptual=None, floor_structural=0.25, spread_perceptual=None, spread_structural=0.5, seeds=16
)


def sweep(name: str, seeds=range(3)) -> Sweep:
    return Sweep(id=name, title=f"Sweep {name}", base=make_recipe(), axes=(kinds.seeds(seeds),), refinements=2)


def test_everything_comes_back_after_the_session_was_closed(folder):
    latents = np.random.default_rng(0).normal(size=(4, 3, 5)).astype(np.float16)
    with Session.open(folder) as session:
        log = SweepLog(session)
        log.add(sweep("one"))
        log.add(sweep("two"))
        log.set_state("one", SweepState.PAUSED)
        log.keep_measures("ref", {"a": MEASURES, "b": MEASURES})
        log.keep_yardsticks("ref", YARDSTICKS)
        log.keep_latents("a", latents)
    with Session.open_read_only(folder) as session:
        log = SweepLog(session)
        assert [(record.sweep, record.state) for record in log.records()] == [
            (sweep("two"), SweepState.RUNNING),
            (sweep("one"), SweepState.PAUSED),
        ]
        assert log.measures("ref") == {"a": MEASURES, "b": MEASURES}
        assert log.measures("other") == {}
        assert log.yardsticks("ref") == YARDSTICKS
        assert log.yardsticks("other") is None
        assert np.array_equal(log.latents("a"), latents)
        assert log.latents("b") is None
        with pytest.raises(SessionError, match="reading alone"):
            log.add(sweep("three"))


def test_a_refined_sweep_takes_the_place_of_what_it_was(folder):
    with Session.open(folder) as session:
        log = SweepLog(session)
        log.add(sweep("one"))
        log.set_state("one", SweepState.DONE)
        log.keep_sweep(sweep("one", range(5)))
        assert [(record.sweep.size, record.state) for record in log.records()] == [(5, SweepState.DONE)]
        log.add(sweep("one"))
        assert [(record.sweep.size, record.state) for record in log.records()] == [(3, SweepState.RUNNING)]


def test_images_are_found_by_their_computation(folder, save):
    with Session.open(folder) as session:
        record = save(session)
        log = SweepLog(session)
        assert np.array_equal(log.image(record.computation_id), session.load_image(record))
        assert session.has(record.computation_id)
        assert session.files()[record.computation_id] == str(record.file)
        record.file.unlink()
        assert not session.has(record.computation_id)
        assert log.image(record.computation_id) is None


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE sweeps SET sweep = ?", "{"),
        ("UPDATE sweeps SET sweep = ?", "[]"),
        ("UPDATE sweeps SET state = ?", "asleep"),
        ("UPDATE measures SET measures = ?", "{}"),
        ("UPDATE yardsticks SET yardsticks = ?", "nonsense"),
        ("UPDATE latents SET shape = ?", "4 3 1000000000"),
        ("UPDATE latents SET data = ?", b"short"),
    ],
)
def test_what_cannot_be_understood_is_left_out(folder, statement, values):
    with Session.open(folder) as session:
        log = SweepLog(session)
        log.add(sweep("one"))
        log.keep_measures("ref", {"a": MEASURES})
        log.keep_yardsticks("ref", YARDSTICKS)
        log.keep_latents("a", np.zeros((4, 3, 5), np.float16))
        session.write(statement, [(values,)])
        lost = [not log.records(), not log.measures("ref"), log.yardsticks("ref") is None, log.latents("a") is None]
        assert sum(lost) == 1


def test_a_log_of_the_first_version_learns_of_sweeps(folder, save):
    with Session.open(folder) as session:
        record = save(session)
    (folder / DATABASE_FILE).rename(folder / "new.sqlite")
    open_for_writing(folder, MIGRATIONS[:1]).close()
    old, new = sqlite3.connect(folder / DATABASE_FILE), sqlite3.connect(folder / "new.sqlite")
    old.executemany("INSERT INTO renders VALUES (?, ?, ?, ?, ?, ?, ?)", new.execute(f"SELECT {COLUMNS} FROM renders"))
    old.commit()
    old.close()
    new.close()
    (folder / "new.sqlite").unlink()
    with Session.open(folder) as session:
        assert session.records() == [record]
        SweepLog(session).add(sweep("one"))
        assert len(SweepLog(session).records()) == 1
