"""A sweep on the command line that is killed or finds a full disk is gone on with.

The figures are printed: see them with ``-s``. 2 kills by default, ten times as many with ``-m slow``.
"""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path

import pytest

from alienlab.session.log.store import Session
from tests.fakes.disks import FilesWithoutSpace
from tests.fakes.kills import (
    KILLS,
    PATIENCE_SECONDS,
    Figures,
    anatomy_of,
    check_finished,
    check_readable,
    images_in,
    log_of,
    sweep_process,
    wait_until,
)
from tests.integration.conftest import Run

pytest.importorskip("resource", reason="kills and forks of a POSIX system")


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
        time.sleep(chance.uniform(0.0, 0.3))  # until a random moment
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
