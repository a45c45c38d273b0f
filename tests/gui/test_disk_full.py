"""A disk that is full: the queue rests, nothing is lost, and everything goes on once there is space."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from alienlab.app.comparison import TileState
from alienlab.app.messages import Message
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.sweeps.sweep import Kind
from alienlab.domain.sweeps.wishes import AxisWish, SweepWish
from alienlab.session.log.store import Session
from alienlab.session.log.sweep_log import SweepLog, SweepState
from alienlab.session.png import read_pixels
from alienlab.ui.closing import LOSE, TRY_AGAIN
from alienlab.ui.main_window import MainWindow
from tests.fakes.disks import DatabaseWithoutSpace, FilesWithoutSpace, bytes_written
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import PATIENCE_MS, Answers, OpenWindow, wait_until_settled

MIDDLE = SweepWish(AxisWish(kind=Kind.KNOCKOUT, pattern="mid_block.*"))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> FilesWithoutSpace:
    return FilesWithoutSpace(monkeypatch)


def start_sweep(window: MainWindow) -> None:
    window.lab.lesions.replace_all([])
    window.lab.sweeps.start(MIDDLE.to_sweep(window.lab.sweep_display.base(), window.lab.brain.anatomy))


def render(window: MainWindow, lesion: str) -> None:
    window.lab.lesions.replace_all([LesionSpec.parse(lesion)])
    window.lab.render()


def wait_until_blocked(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: any("queue rests" in text for text in window.messages.texts), timeout=PATIENCE_MS)


def check_that_all_is_kept(window: MainWindow, folder: Path) -> None:
    """Every trial with its image and measures, none twice."""
    keys = {row.key for row in window.lab.sweeps.results()}
    window.close()
    with Session.open(folder) as session:
        records = session.records()
        computations = [record.computation_id for record in records]
        assert len(computations) == len(set(computations))
        assert keys <= set(computations)
        assert all(read_pixels(record.file).shape == (32, 32, 3) for record in records)
        (sweep,) = SweepLog(session).records()
        assert sweep.state is SweepState.DONE
        measured = session.read("SELECT computation_id FROM measures")
        assert keys <= {key for (key,) in measured}
        assert session.findings == ()


@pytest.mark.parametrize("kind", ["files", "database"])
def test_a_sweep_rests_on_a_full_disk_and_goes_on_by_itself(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, disk: FilesWithoutSpace, kind: str
) -> None:
    session = window.lab.session.session
    full = disk if kind == "files" else DatabaseWithoutSpace(session._database)
    window.lab.archive.set_retry(50)
    told: list[Message] = []
    window.lab.message.connect(told.append)
    full.fill()
    start_sweep(window)
    wait_until_blocked(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.generation.waiting == 1, timeout=PATIENCE_MS)
    rendered = len(engine.rendered)
    assert window.lab.sweeps.state is SweepState.RUNNING
    assert window.lab.archive.unsaved
    qtbot.waitUntil(lambda: window.statusBar().queue.text() == "disk full: queue rests, 1 waiting")
    (intact,) = window.lab.sweeps.plan.anchors
    assert any(window.lab.sweeps.image(one.key) is not None for one in (intact, *intact.spread))
    assert len(engine.rendered) == rendered
    full.make_space()
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.DONE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window.lab.archive.is_blocked, timeout=PATIENCE_MS)
    assert not any("queue rests" in text for text in window.messages.texts)
    assert any("space again" in message.text for message in told)
    qtbot.waitUntil(lambda: window.statusBar().queue.text() == "queue empty")
    check_that_all_is_kept(window, session.folder)


def test_what_is_asked_for_waits_until_trying_again_finds_space(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, disk: FilesWithoutSpace
) -> None:
    window.lab.archive.set_retry(10_000_000)
    disk.fill()
    render(window, "mid_block.*:zero")
    wait_until_blocked(qtbot, window)
    altered = window.lab.comparison.pair[-1]
    assert altered.image is not None
    rendered = len(engine.rendered)
    render(window, "up_blocks.1.*:zero")
    window.actions_["session.retry"].trigger()
    qtbot.waitUntil(lambda: disk.refused > 1)
    assert window.lab.comparison.pair[-1].state is TileState.WAITING
    assert len(engine.rendered) == rendered
    window.lab.cancel()
    qtbot.waitUntil(lambda: window.lab.comparison.pair[-1].state is TileState.CANCELLED)
    window.lab.render()
    disk.make_space()
    window.actions_["session.retry"].trigger()
    wait_until_settled(qtbot, window, renders=4)
    assert len(engine.rendered) == rendered + 1
    kept = window.lab.session.find(altered.key)
    assert np.array_equal(kept.image, altered.image)


def test_a_window_does_not_close_without_a_word_while_something_is_not_saved(
    qtbot: QtBot, window: MainWindow, answers: Answers, disk: FilesWithoutSpace
) -> None:
    folder = window.lab.session.session.folder
    disk.fill()
    render(window, "mid_block.*:zero")
    wait_until_blocked(qtbot, window)
    answers.choices = [TRY_AGAIN, None]
    assert not window.close()
    assert window.isVisible()
    assert [text for text in answers.asked if "1 image could not be saved and would be lost" in text] == answers.asked
    assert len(answers.asked) == 2
    window.lab.open_session(str(folder.with_name("another")))
    assert window.lab.session.session.folder == folder
    assert "before you open another session" in window.messages.texts[-1]
    disk.make_space()
    assert window.close()
    assert len(answers.asked) == 2
    with Session.open(folder) as session:
        assert len(session.records()) == 3


def test_what_would_be_lost_is_lost_on_request_alone(
    qtbot: QtBot, window: MainWindow, answers: Answers, disk: FilesWithoutSpace
) -> None:
    folder = window.lab.session.session.folder
    disk.fill()
    render(window, "mid_block.*:zero")
    wait_until_blocked(qtbot, window)
    answers.choices = [LOSE]
    assert window.close()
    with Session.open(folder) as session:
        assert len(session.records()) == 2
        assert session.findings == ()


def test_a_read_only_folder_is_said_and_rendering_goes_on(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("alienlab.session.files._write_and_sync", refuse)
    start_sweep(window)
    qtbot.waitUntil(lambda: window.lab.sweeps.state is SweepState.DONE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: any("cannot be written to" in text for text in window.messages.texts))
    assert not window.lab.archive.is_blocked


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 8 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_real_disk_that_is_full(qtbot: QtBot, open_window: OpenWindow, small_disk: Path) -> None:
    folder = small_disk / "session"
    window = open_window(session=str(folder))
    wait_until_settled(qtbot, window)
    window.lab.archive.set_retry(50)
    ballast = small_disk / "ballast"
    assert bytes_written(ballast, 2**24) < 2**23
    start_sweep(window)
    wait_until_blocked(qtbot, window)
    qtbot.waitUntil(lambda: window.lab.generation.waiting == 1, timeout=PATIENCE_MS)
    ballast.unlink()
    qtbot.waitUntil(
        lambda: window.lab.sweeps.state is SweepState.DONE and not window.lab.archive.is_blocked, timeout=PATIENCE_MS
    )
    check_that_all_is_kept(window, folder)
