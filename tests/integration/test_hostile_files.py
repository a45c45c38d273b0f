"""Damaged and harmful files by the hundred: each is read, or refused with a sentence, and nothing else happens."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from alienlab.domain.board import BoardState
from alienlab.domain.concepts import Prompt
from alienlab.domain.effects import Measures, Yardsticks
from alienlab.domain.errors import AlienLabError
from alienlab.domain.log_query import LogQuery
from alienlab.domain.space.named import NamedPoint
from alienlab.domain.sweeps import kinds
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.bundles.bundle import export_session, import_session
from alienlab.session.bundles.dump import every_number, lines
from alienlab.session.log.board_log import BoardLog
from alienlab.session.log.database import DATABASE_FILE
from alienlab.session.log.drawing_log import DrawingLog
from alienlab.session.log.labels import Label, LabelLog
from alienlab.session.log.name_log import NameLog
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.search import LogSearch
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog
from alienlab.session.outside.any_image import read_any_image
from alienlab.session.outside.foreign_png import read_foreign
from alienlab.session.outside.kept_images import read_outside
from alienlab.session.png import read_png, read_stamp, read_thumbnail
from tests.fakes.hostile import hostile_archive, hostile_database, hostile_png
from tests.fakes.recipes import make_image, make_provenance, make_recipe

IMAGES, SESSIONS, ARCHIVES = 450, 250, 300
LONGEST_SECONDS = 2.0
"""Of computing, for one file and one function; the longest that it took is printed."""

MEASURES = Measures(perceptual=0.5, ssim=0.5, pixel=0.1, latent_cosine=0.5, noise=0.2, flatness=0.2)
YARDSTICKS = Yardsticks(
    floor_perceptual=0.01, floor_structural=0.01, spread_perceptual=0.5, spread_structural=0.5, seeds=4
)
QUERY = LogQuery.parse("cat module:mid_block.* op:zero tag:good verdict:altered sweep:seeds after:2020-01-01")


class Trials:
    """Calls functions that may raise AlienLabErrors, and remembers whatever else they do."""

    def __init__(self) -> None:
        self.defects: list[str] = []
        self.refused = self.read = 0
        self.longest, self.slowest = 0.0, ""

    def attempt(self, what: str, function: Callable[[], object]) -> None:
        before = time.process_time()
        try:
            function()
            self.read += 1
        except AlienLabError as error:
            self.refused += 1
            if not str(error).strip():
                self.defects.append(f"{what}: no sentence")
        except Exception as error:
            self.defects.append(f"{what}: {type(error).__name__}: {error}"[:300])
        taken = time.process_time() - before
        if taken > self.longest:
            self.longest, self.slowest = taken, what

    def judge(self) -> None:
        print(f"read {self.read}, refused {self.refused}; the longest took {self.longest:.3f} s: {self.slowest}")
        assert not self.defects, f"{len(self.defects)} defects:\n" + "\n".join(self.defects[:20])
        assert self.read, "some of them are not damaged where it matters"
        assert self.refused
        assert self.longest < LONGEST_SECONDS, self.slowest


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a closed session with something in every table."""
    with Session.open(tmp_path_factory.mktemp("whole") / "s") as session:
        for seed in range(4):
            recipe = make_recipe("a cat", *(("mid_block.*:zero",) if seed else ()), seed=7, size=(16, 16))
            image = make_image(seed, width=16, height=16)
            session.save(recipe, image, make_provenance(), recipe_id=f"r{seed}", computation_id=f"c{seed}")
        LabelLog(session).keep(1, Label(star=True, name="first", tags=("good",), notes="a note"))
        sweeps = SweepLog(session)
        sweeps.add(Sweep(id="s1", title="seeds", base=make_recipe(), axes=(kinds.seeds(range(3)),)), keys=("c1", "c2"))
        sweeps.keep_measures("c0", {"c0": MEASURES, "c1": MEASURES})
        sweeps.keep_yardsticks("c0", YARDSTICKS)
        sweeps.keep_latents("c1", make_image(width=4, height=4))
        NameLog(session).add(NamedPoint(name="puss", concept=Prompt("a cat"), tags=("tame",), computation_id="c1"))
        BoardLog(session).keep(BoardState())
        session.discard([4])
        return session.folder


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterable[Path]:
    """A folder for what is read; whatever lies around it stays as it is."""
    (tmp_path / "precious.txt").write_text("do not touch")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "precious.png").write_bytes(b"do not touch")
    before = state(tmp_path, without="inside")
    yield tmp_path / "inside"
    assert state(tmp_path, without="inside") == before


def state(folder: Path, *, without: str) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.relative_to(folder).parts[0] != without)
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in files
    }


def test_images(session: Path, surroundings: Path):
    whole = next((session / "images").iterdir()).read_bytes()
    surroundings.mkdir()
    file = surroundings / "image.png"
    trials = Trials()
    for number in range(IMAGES):
        data = hostile_png(whole, number)
        file.write_bytes(data)
        for read in (read_png, read_stamp, read_foreign, read_any_image, read_outside):
            trials.attempt(f"{read.__name__} {number}", lambda read=read: read(file))
        trials.attempt(f"read_thumbnail {number}", lambda: read_thumbnail(file, 8))
        assert file.read_bytes() == data
    assert [path.name for path in surroundings.iterdir()] == [file.name]
    trials.judge()


def look_at(folder: Path, trials: Trials, number: int) -> None:
    """Call everything that reads from a session."""
    with SessionReader.open_read_only(folder) as session:
        search, sweeps = LogSearch(session), SweepLog(session)
        readings: dict[str, Callable[[], object]] = {
            "records": session.records,
            "search": lambda: search.sweeps_of([*search.numbers(QUERY), *session.numbers()]),
            "files": session.files,
            "dump": lambda: list(lines(session, every_number(session))),
            "images": lambda: [session.load_image(record) for record in session.records()],
            "labels": lambda: (LabelLog(session).all(), LabelLog(session).tags()),
            "sweeps": sweeps.records,
            "measures": lambda: (sweeps.measures("c0"), sweeps.yardsticks("c0")),
            "latents": lambda: sweeps.latents("c1"),
            "names": NameLog(session).points,
            "drawings": DrawingLog(session).records,
            "board": BoardLog(session).state,
        }
        for name, reading in readings.items():
            trials.attempt(f"{name} of {number}", reading)


def write_in(folder: Path) -> None:
    with Session.open(folder) as session:
        session.records()
        image = make_image(width=16, height=16)
        session.save(make_recipe(), image, make_provenance(), recipe_id="n", computation_id="n")
        session.discard(session.numbers()[:2])
        session.empty_bin()


def test_sessions(session: Path, surroundings: Path):
    whole = (session / DATABASE_FILE).read_bytes()
    images = [file.read_bytes() for file in (session / "images").iterdir()]
    trials = Trials()
    for number in range(SESSIONS):
        folder = surroundings / str(number)
        (folder / "images").mkdir(parents=True)
        for place, data in enumerate(images, start=1):
            (folder / "images" / f"{place:06d}.png").write_bytes(data)
        hostile_database(whole, number, folder / DATABASE_FILE)
        trials.attempt(f"reading {number}", lambda folder=folder, number=number: look_at(folder, trials, number))
        trials.attempt(f"writing {number}", lambda folder=folder: write_in(folder))
    assert {path.name for path in surroundings.iterdir()} == {str(number) for number in range(SESSIONS)}
    trials.judge()


def test_archives(session: Path, surroundings: Path, tmp_path_factory: pytest.TempPathFactory):
    exported = tmp_path_factory.mktemp("exported") / "s.zip"
    export_session(session, exported)
    whole = exported.read_bytes()
    surroundings.mkdir()
    archive, sessions = surroundings / "hostile.zip", surroundings / "sessions"
    trials = Trials()
    for number in range(ARCHIVES):
        hostile_archive(whole, number, archive)
        folders = trials.read
        trials.attempt(f"import {number}", lambda: import_session(archive, sessions))
        assert len(list(sessions.iterdir())) == trials.read, f"{number}: whole or not at all"
        assert trials.read - folders <= 1
    assert {path.name for path in surroundings.iterdir()} == {"hostile.zip", "sessions"}
    for folder in sessions.iterdir():
        Session.open(folder).close()
    trials.judge()
