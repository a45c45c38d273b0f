"""Nothing is lost: not by a kill at any moment, and not by a full disk."""

import contextlib
import random
import signal
import subprocess
import sys

import numpy as np
import pytest

from alienlab.domain.errors import SessionError
from alienlab.session.files import DiskFull
from alienlab.session.log.store import Session
from alienlab.session.png import is_whole, read_png
from tests.fakes.recipes import make_image

resource = pytest.importorskip("resource", reason="limits and signals of a POSIX system")

SAVE_IN_A_LOOP = """
import itertools, os, sys
from pathlib import Path
from alienlab.session import files
from alienlab.session.log import store
from tests.fakes.recipes import make_image, make_provenance, make_recipe

def die(*_):
    os.kill(os.getpid(), 9)

def dies_at(moment):
    if moment == "half written":
        def half(path, data):
            path.write_bytes(data[: len(data) // 2])
            die()
        files._write_and_sync = half
    elif moment == "not renamed":
        files.Path.replace = die
    elif moment == "not logged":
        store.Session._log = die
    elif moment == "not committed":
        store.transaction = lambda connection: (connection.execute("BEGIN IMMEDIATE"), die())

session = store.Session.open(Path(sys.argv[1]))
for seed in itertools.count(len(session)):
    if seed == 3:
        dies_at(sys.argv[2])
    record = session.save(make_recipe(seed=seed, size=(32, 32)), make_image(seed, width=32, height=32),
        make_provenance(), recipe_id=f"r{seed}", computation_id=f"c{seed}")
    print(seed, flush=True)
"""


def child(folder, moment="any"):
    return subprocess.Popen(
        [sys.executable, "-c", SAVE_IN_A_LOOP, str(folder), moment], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def check_whole(folder, announced):
    """Every announced render is there with its pixels, every record has its image, no image is half."""
    images = folder / "images"
    with Session.open(folder) as session:
        records = session.records()
        seeds = [record.recipe.seed for record in records]
        assert len(seeds) == len(set(seeds))
        assert set(announced) <= set(seeds)
        for record in records:
            assert not record.missing
            expected = make_image(record.recipe.seed, width=32, height=32)
            assert np.array_equal(session.load_image(record), expected)
            assert record.recipe_id == f"r{record.recipe.seed}"
        assert {record.file.name for record in records} == {path.name for path in images.iterdir()}
    assert all(is_whole(file) for file in images.iterdir())
    return records


@pytest.mark.parametrize("moment", ["half written", "not renamed", "not logged", "not committed"])
def test_a_kill_in_the_middle_of_a_save_loses_nothing(folder, moment):
    killed = child(folder, moment)
    out, _ = killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert out.split() == [b"0", b"1", b"2"]
    records = check_whole(folder, [0, 1, 2])
    assert len(records) == (4 if moment in ("not logged", "not committed") else 3)  # a whole image is adopted


def test_kills_at_random_moments_lose_nothing(folder):
    chance = random.Random(2)
    announced = []
    for _ in range(6):
        running = child(folder)
        for _ in range(chance.randint(4, 12)):
            announced.append(int(running.stdout.readline()))
        running.kill()
        out, _ = running.communicate(timeout=60)
        announced += [int(seed) for seed in out.split()]
        check_whole(folder, announced)


def test_a_killed_writer_does_not_keep_the_lock(folder):
    running = child(folder)
    running.stdout.readline()
    with pytest.raises(SessionError):
        Session.open(folder)
    running.kill()
    running.communicate(timeout=60)
    Session.open(folder).close()


@contextlib.contextmanager
def files_no_larger_than(size):
    """The operating system stops a write at this many bytes, as it does where a disk is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_disk_that_fills_up_in_an_image_leaves_no_half_of_it(session, save):
    saved = save(session, seed=1)
    with files_no_larger_than(20_000), pytest.raises(DiskFull, match="The disk is full"):
        save(session, seed=2, side=128)
    assert [path.name for path in (session.folder / "images").iterdir()] == [saved.file.name]
    assert session.records() == [saved]
    assert np.array_equal(session.load_image(saved), make_image(1, width=16, height=16))
    later = save(session, seed=2, side=128)
    assert session.records() == [later, saved]


def test_a_disk_that_fills_up_in_the_log_leaves_no_image_without_a_record(session, save):
    saved = save(session, seed=1)
    database = session._database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    kept = [saved]
    with pytest.raises(DiskFull, match="The disk is full"):
        while True:
            kept.append(save(session, seed=2))
    assert len(kept) < 100
    assert session.records() == kept[::-1]
    assert sorted(path.name for path in (session.folder / "images").iterdir()) == [record.file.name for record in kept]
    database.execute(f"PRAGMA max_page_count = {pages + 100}")
    assert save(session, seed=3).number == session.records()[0].number


def test_images_of_a_killed_writer_tell_their_recipe(folder):
    child(folder, "not logged").communicate(timeout=60)
    assert read_png(folder / "images" / "000004.png").recipe.seed == 3
