"""Rendering again from a record, in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from alienlab.session.png import read_png, write_png
from alienlab.ui.main_window import MainWindow
from tests.fakes.disks import FilesWithoutSpace
from tests.fakes.fake_engine import FakeEngine
from tests.gui.conftest import OpenWindow, wait_until_settled


def told(qtbot: QtBot, window: MainWindow, word: str) -> str:
    """The message that holds a word, once it is there."""
    qtbot.waitUntil(lambda: any(word in text for text in window.messages.texts))
    return next(text for text in window.messages.texts if word in text)


def test_a_render_comes_about_again_and_is_compared(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    record = window.lab.session.session.records()[0]
    rendered = len(engine.rendered)
    window.render_commands.replay(record)
    assert told(qtbot, window, "rendered again").endswith("identical in every pixel.")
    (job,) = engine.rendered[rendered:]
    assert (job.recipes, job.batch_class) == ((record.recipe,), record.provenance.batch_class)
    assert len(window.lab.session.session.records()) == 2
    assert not window.lab.workload.is_rendering


def test_what_differs_is_told_with_what_was_used(qtbot: QtBot, window: MainWindow) -> None:
    record = window.lab.session.session.records()[0]
    stamped = read_png(record.file)
    forged = stamped.image.copy()
    forged[2, 3, 1] ^= 1 << 4
    write_png(record.file, forged, stamped.recipe, stamped.provenance)
    window.render_commands.replay(replace(record, provenance=replace(record.provenance, threads=9)))
    text = told(qtbot, window, "rendered again")
    assert "largest pixel difference 16 of 255" in text
    assert "threads 9, now 1" in text


def test_what_cannot_be_rendered_again_says_why(qtbot: QtBot, window: MainWindow, engine: FakeEngine) -> None:
    record = window.lab.session.session.records()[0]
    window.render_commands.replay(replace(record, recipe=replace(record.recipe, brain="cd" * 32)))
    told(qtbot, window, "another brain")
    engine.collapses = lambda recipe: True
    window.render_commands.replay(record)
    told(qtbot, window, "did not come about again")
    engine.gate.clear()
    window.render_commands.replay(record)
    qtbot.waitUntil(lambda: window.lab.workload.is_rendering)
    window.lab.cancel()
    qtbot.waitUntil(lambda: not window.lab.replay.is_busy)
    record.file.unlink()
    window.render_commands.replay(record)
    told(qtbot, window, "is gone")


def test_a_render_is_compared_while_the_disk_is_full(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FilesWithoutSpace(monkeypatch)
    disk.fill()
    window.lab.settings.roll_seed()
    window.lab.render()
    told(qtbot, window, "queue rests")
    window.render_commands.replay(window.lab.session.session.records()[0])
    told(qtbot, window, "identical in every pixel")


def test_a_render_is_compared_without_waiting_for_a_sweep(
    qtbot: QtBot, open_window: OpenWindow, engine: FakeEngine
) -> None:
    window = open_window()
    wait_until_settled(qtbot, window)
    window.actions_["sweep.atlas"].trigger()
    qtbot.waitUntil(lambda: window.lab.sweeps.fraction > 0.01)
    window.render_commands.replay(window.lab.session.session.records()[-1])
    told(qtbot, window, "identical in every pixel")
    assert window.lab.sweeps.fraction < 1.0
    window.lab.sweeps.cancel()
