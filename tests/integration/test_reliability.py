"""Nothing is lost and nothing is rendered twice, whatever is killed, and when.

What is found is checked by SQLite and Pillow alone, on a copy of the log that nobody has mended yet. The figures are
printed: see them with ``-s``. 20 kills by default; 200 with ``-m slow``.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from PIL import Image

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.sweeps.planning import make_plan
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.engine.anatomy.reader import read_anatomy
from alienlab.engine.brains.folder import inspect
from alienlab.session.log.store import Session
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.disks import FilesWithoutSpace
from tests.fakes.sweeping_window import FAKE, FINISH, KEEP_ON
from tests.integration.conftest import Run

pytest.importorskip("resource", reason="kills and forks of a POSIX system")

PATIENCE_SECONDS = 400
RENDERS = "SELECT file, computation_id FROM renders"


@dataclass
class Figures:
    kills: int = 0
    checks: int = 0
    renders: int = 0
    rests: int = 0
    """How often a sweep had to be gone on with by hand."""
    began: float = field(default_factory=time.monotonic)

    def __str__(self) -> str:
        seconds = time.monotonic() - self.began
        return (
            f"{self.kills} kills, {self.checks} checks of the session, {self.renders} renders, none lost, none twice, "
            f"{self.rests} times gone on with by hand, in {seconds:.0f} s"
        )


@contextmanager
def log_of(folder: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the log as it lies on the disk."""
    with TemporaryDirectory() as copy:
        for file in folder.glob("session.sqlite*"):
            if not file.name.endswith("-shm"):
                shutil.copyfile(file, Path(copy) / file.name)
        with closing(sqlite3.connect(Path(copy) / "session.sqlite")) as database:
            yield database


def check_readable(folder: Path) -> None:
    """Right after a kill: a whole log, every record with its image, every image whole."""
    images = folder / "images"
    names = {path.name for path in images.iterdir()} if images.is_dir() else set()
    for name in sorted(names):
        if not name.startswith("."):  # an interrupted write: no program shows it
            assert re.fullmatch(r"\d{6}\.png", name), name
            check_whole(images / name)
    if (folder / "session.sqlite").is_file():
        with log_of(folder) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if database.execute("PRAGMA user_version").fetchone()[0]:
                files = [name for (name,) in database.execute("SELECT file FROM renders")]
                assert len(files) == len(set(files))
                assert set(files) <= names


def check_whole(file: Path) -> None:
    assert file.stat().st_size > 0, file
    with Image.open(file) as picture:
        picture.load()
        assert json.loads(picture.text["alienlab"])["recipe"]["kind"] == "diffusion"


def check_finished(folder: Path, anatomy: Anatomy) -> int:
    """After the last sweep: every trial with image and measures, nothing twice, nothing left over. Counts renders."""
    check_readable(folder)
    with log_of(folder) as database:
        records = database.execute(RENDERS).fetchall()
        sweeps = database.execute("SELECT sweep, state FROM sweeps").fetchall()
        measured = {key for (key,) in database.execute("SELECT computation_id FROM measures")}
    computations = {key for _, key in records}
    assert len(records) == len(computations)
    assert {name for name, _ in records} == {path.name for path in (folder / "images").iterdir()}
    assert sweeps
    for text, state in sweeps:
        assert state == "done"
        plan = make_plan(Sweep.from_json(json.loads(text)), anatomy, is_known=lambda key: False)
        assert set(plan.keys) <= computations
        assert set(plan.keys) <= measured
    return len(records)


class Lives:
    """Applications, one after another, on one session."""

    def __init__(self, place: Path, brain: str) -> None:
        self.session = place / "session"
        self._line = f"{self.session}\t{place / 'home'}\t{brain}"
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.sweeping_window"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            text=True,
        )
        self.process = 0
        self.said: list[str] = []

    def __enter__(self) -> Lives:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process:
            self.kill()
        self._nursery.communicate(timeout=PATIENCE_SECONDS)

    def begin(self, mode: str = KEEP_ON) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{self._line}\t{mode}\n")
        self._nursery.stdin.flush()
        self.said = []
        self.process = int(self.hear("pid").split()[1])

    def hear(self, word: str) -> str:
        """Wait until the application says a line that begins so."""
        assert self._nursery.stdout is not None
        while True:
            line = self._nursery.stdout.readline()
            assert line, "the applications are gone"
            self.said.append(line.strip())
            if line.startswith(word):
                return line

    def next_worker(self, before: psutil.Process | None) -> psutil.Process:
        """Wait for the process that renders, another one than before, of the application that lives now."""
        found: list[psutil.Process] = []

        def is_there() -> bool:
            children = psutil.Process(self.process).children()
            found[:] = [child for child in children if child != before and _is_worker(child)]
            return bool(found)

        wait_until(is_there)
        return found[0]

    def kill(self) -> None:
        process, self.process = self.process, 0
        os.kill(process, signal.SIGKILL)
        self.hear("ended -9")

    def finish(self) -> None:
        """An application that goes on with the sweep to its end, and closes."""
        self.begin(FINISH)
        self.hear("ended 0")
        self.process = 0


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def images_in(folder: Path) -> int:
    return len(list((folder / "images").glob("0*.png")))


def wait_for_more(folder: Path) -> None:
    """Wait until one more image is there."""
    before = images_in(folder)
    wait_until(lambda: images_in(folder) > before)


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def anatomy_of(brain: Path) -> Anatomy:
    return read_anatomy(inspect(brain).unet_config)


KILLS = [
    pytest.param(1, id="20 kills", marks=pytest.mark.timeout(900)),
    pytest.param(10, id="200 kills", marks=(pytest.mark.slow, pytest.mark.timeout(3600))),
]


@pytest.mark.parametrize("times", KILLS)
def test_an_application_that_is_killed_in_a_sweep_loses_nothing(tmp_path: Path, times: int) -> None:
    """Also one that is killed while it opens the session."""
    chance, figures = random.Random(13), Figures()
    with Lives(tmp_path, FAKE) as lives:
        for _ in range(14 * times):
            lives.begin()
            if chance.random() < 0.75:
                lives.hear("sweeping")
            time.sleep(chance.uniform(0.0, 0.5))
            lives.kill()
            figures.kills += 1
            check_readable(lives.session)
            figures.checks += 1
        lives.finish()
        figures.renders = check_finished(lives.session, unet_anatomy())
        figures.checks += 1
    print(f"\nApplication: {figures}")


@pytest.mark.parametrize("times", KILLS)
def test_a_worker_that_is_killed_is_replaced_and_the_sweep_goes_on(
    tmp_path: Path, tiny_brain: Path, times: int
) -> None:
    """Then the application with its worker is killed as well."""
    chance, figures = random.Random(4), Figures()
    with Lives(tmp_path, str(tiny_brain)) as lives:
        for _ in range(times):
            lives.begin()
            lives.hear("sweeping")
            worker = None
            for _ in range(3):
                worker = lives.next_worker(worker)
                wait_for_more(lives.session)
                time.sleep(chance.uniform(0.0, 0.3))
                worker.kill()
                figures.kills += 1
                check_readable(lives.session)
                figures.checks += 1
            worker = lives.next_worker(worker)
            wait_for_more(lives.session)
            time.sleep(chance.uniform(0.0, 0.5))
            lives.kill()
            figures.rests += lives.said.count("resting")
            figures.kills += 1
            check_readable(lives.session)
            figures.checks += 1
            worker.wait(PATIENCE_SECONDS)  # it ends by itself
        lives.finish()
        figures.renders = check_finished(lives.session, anatomy_of(tiny_brain))
        figures.checks += 1
    print(f"\nWorker: {figures}")


@pytest.mark.parametrize("times", KILLS)
def test_a_sweep_on_the_command_line_that_is_killed_is_gone_on_with(
    tmp_path: Path, tiny_brain: Path, times: int
) -> None:
    chance, figures = random.Random(5), Figures()
    folder = tmp_path / "session"
    for number in range(2 * times):
        images = images_in(folder)
        process = sweep_process(tmp_path, folder, tiny_brain, *_words(folder, number))
        wait_until(lambda before=images, process=process: images_in(folder) > before or process.poll() is not None)
        time.sleep(chance.uniform(0.0, 0.3))
        process.kill()
        process.wait()
        figures.kills += 1
        check_readable(folder)
        figures.checks += 1
    while _unfinished(folder):
        finishing = sweep_process(tmp_path, folder, tiny_brain, "resume")
        assert finishing.wait(PATIENCE_SECONDS) == 0
    figures.renders = check_finished(folder, anatomy_of(tiny_brain))
    figures.checks += 1
    print(f"\nCommand line: {figures}")


def test_a_sweep_on_the_command_line_that_finds_a_full_disk_says_so_and_is_gone_on_with(
    run: Run, tmp_path: Path, tiny_brain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "session"
    options = ("--brain", tiny_brain, "--dtype", "fp32", "--device", "cpu", "-o", folder)
    disk = FilesWithoutSpace(monkeypatch)
    Session.open(folder).close()
    disk.fill(files=25)
    code, out, err = run("sweep", "knockout", "a cat", "--pattern", "mid_block.*", "--steps", 2, *options)
    assert (code, out) == (2, "")
    assert "The disk is full" in err.splitlines()[-1]
    assert "Traceback" not in err
    check_readable(folder)
    assert images_in(folder) == 25
    disk.make_space()
    assert run("sweep", "resume", *options)[0] == 0
    check_finished(folder, anatomy_of(tiny_brain))


def _unfinished(folder: Path) -> int:
    try:
        with log_of(folder) as database:
            return database.execute("SELECT count(*) FROM sweeps WHERE state != 'done'").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def _words(folder: Path, number: int) -> tuple[str, ...]:
    """Go on with what is not finished, else begin another sweep."""
    return (
        ("resume",)
        if _unfinished(folder)
        else ("knockout", "a cat", "--pattern", "down_blocks.*", "--steps", "2", "--seed", str(number))
    )


def sweep_process(place: Path, folder: Path, brain: Path, *words: str) -> subprocess.Popen[bytes]:
    options = ("--brain", str(brain), "--dtype", "fp32", "--device", "cpu", "-o", str(folder))
    return subprocess.Popen(
        [sys.executable, "-m", "alienlab", "sweep", *words, *options],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "ALIENLAB_HOME": str(place / "home")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
