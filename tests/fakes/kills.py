"""Kills programs that run a sweep, and checks what they leave behind.

What is found is checked by SQLite and Pillow alone, on a copy of the log that nobody has mended yet.
"""

from __future__ import annotations

import json
import os
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
from tests.fakes.sweeping_window import FINISH, KEEP_ON

PATIENCE_SECONDS = 400
RENDERS = "SELECT file, computation_id FROM renders"


@dataclass
class Figures:
    """What a test has done so far."""

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
    """While nobody writes: a whole log, every record with its image, every image whole."""
    logged = _logged(folder)
    images = folder / "images"
    names = {path.name for path in images.iterdir()} if images.is_dir() else set()
    assert len(logged) == len(set(logged))
    assert set(logged) <= names
    for name in sorted(names):
        if not name.startswith("."):  # an interrupted write: no program shows it
            assert re.fullmatch(r"\d{6}\.png", name), name
            check_whole(images / name)


def _logged(folder: Path) -> list[str]:
    """Names of the images that have a record."""
    if not (folder / "session.sqlite").is_file():
        return []
    with log_of(folder) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not database.execute("PRAGMA user_version").fetchone()[0]:
            return []
        return [name for (name,) in database.execute("SELECT file FROM renders")]


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

    @contextmanager
    def held(self) -> Iterator[None]:
        """The application stands still, so that nothing is written while its session is looked at."""
        os.kill(self.process, signal.SIGSTOP)
        wait_until(lambda: psutil.Process(self.process).status() == psutil.STATUS_STOPPED)
        try:
            yield
        finally:
            os.kill(self.process, signal.SIGCONT)

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
    """Looks again and again: processes that are to be killed send no signal."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def anatomy_of(brain: Path) -> Anatomy:
    return read_anatomy(inspect(brain).unet_config)


KILLS = [
    pytest.param(1, id="few", marks=pytest.mark.timeout(900)),
    pytest.param(10, id="many", marks=(pytest.mark.slow, pytest.mark.timeout(3600))),
]


def sweep_process(place: Path, folder: Path, brain: Path, *words: str) -> subprocess.Popen[bytes]:
    options = ("--brain", str(brain), "--dtype", "fp32", "--device", "cpu", "-o", str(folder))
    return subprocess.Popen(
        [sys.executable, "-m", "alienlab", "sweep", *words, *options],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "ALIENLAB_HOME": str(place / "home")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
