"""The thread of laboratories: turns, newest values, stopping and the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from alienlab.app.labs.lab_thread import NO_PROCESS, LabThread
from alienlab.domain.events import Failure
from alienlab.domain.laboratories.ports import (
    AskJob,
    Carried,
    LabEvent,
    LabFailed,
    LabJob,
    LabStopped,
    NetworkJob,
    NetworkRead,
)
from alienlab.domain.recipe import LabRecipe
from tests.fakes.plugin_engine import LABORATORY, FakePluginEngine

PATIENCE_MS = 60_000


class Told:
    """All that a thread says of jobs that end."""

    def __init__(self, thread: LabThread) -> None:
        self.events: list[LabEvent] = []
        thread.happened.connect(self.events.append)

    def ends(self) -> dict[int, type[LabEvent]]:
        kinds = (Carried, NetworkRead, LabFailed, LabStopped)
        return {event.job: type(event) for event in self.events if isinstance(event, kinds)}


@pytest.fixture
def engine() -> FakePluginEngine:
    return FakePluginEngine()


@pytest.fixture
def thread(qapp, engine: FakePluginEngine) -> Iterator[LabThread]:
    made = LabThread(engine)
    yield made
    engine.open_gate()
    made.close()


def job(thread: LabThread, experiment: str = "wall", *, level: float = 0.5) -> LabJob:
    found = LABORATORY.experiment(experiment)
    assert found is not None
    recipe = LabRecipe(laboratory=LABORATORY.key, experiment=experiment, values={"level": level})
    return LabJob(number=thread.next_number(), laboratory=LABORATORY, experiment=found, recipe=recipe)


def network(thread: LabThread) -> NetworkJob:
    recipe = LabRecipe(laboratory=LABORATORY.key, experiment="wall", values={})
    return NetworkJob(number=thread.next_number(), laboratory=LABORATORY, recipe=recipe)


def test_jobs_are_carried_out_and_keep_their_numbers(qtbot: QtBot, thread: LabThread):
    told = Told(thread)
    first, second = job(thread), job(thread, "film")
    thread.submit(second)
    qtbot.waitUntil(lambda: second.number in told.ends(), timeout=PATIENCE_MS)
    thread.submit(first)
    qtbot.waitUntil(lambda: len(told.ends()) == 2, timeout=PATIENCE_MS)
    assert told.ends() == {first.number: Carried, second.number: Carried}


def test_of_one_experiment_only_the_newest_waits_and_the_others_keep_their_turns(
    qtbot: QtBot, thread: LabThread, engine: FakePluginEngine
):
    told = Told(thread)
    engine.gate.clear()
    running = job(thread, "plot")
    thread.submit(running)
    qtbot.waitUntil(lambda: bool(engine.jobs), timeout=PATIENCE_MS)
    asked = AskJob(number=thread.next_number(), offer=LABORATORY)
    reads = network(thread)
    old, other, new = job(thread, level=0.1), job(thread, "film"), job(thread, level=0.2)
    for one in (asked, reads, old, other, new):
        thread.submit(one)
    qtbot.waitUntil(lambda: old.number in told.ends(), timeout=PATIENCE_MS)
    assert told.ends() == {old.number: LabStopped}
    engine.open_gate()
    qtbot.waitUntil(lambda: len(told.ends()) == 6, timeout=PATIENCE_MS)
    turns = (old, running, other, new, reads, asked)
    assert list(told.ends()) == [one.number for one in turns]


def test_a_job_that_waits_is_stopped_without_ever_running(qtbot: QtBot, thread: LabThread, engine: FakePluginEngine):
    told = Told(thread)
    engine.gate.clear()
    running, waiting = job(thread, "plot"), job(thread, "film")
    thread.submit(running)
    qtbot.waitUntil(lambda: bool(engine.jobs), timeout=PATIENCE_MS)
    thread.submit(waiting)
    thread.stop(waiting.number)
    assert told.ends() == {waiting.number: LabStopped}
    assert not engine.stopped
    thread.stop(running.number)
    qtbot.waitUntil(lambda: told.ends().get(running.number) is LabStopped, timeout=PATIENCE_MS)
    assert engine.stopped == [(1, True)]


def test_what_an_engine_raises_is_a_failure_and_the_thread_goes_on(
    qtbot: QtBot, thread: LabThread, engine: FakePluginEngine, monkeypatch: pytest.MonkeyPatch
):
    told = Told(thread)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "run", lambda _: 1 / 0)
        broken = job(thread)
        thread.submit(broken)
        qtbot.waitUntil(lambda: broken.number in told.ends(), timeout=PATIENCE_MS)
    sound = job(thread)
    thread.submit(sound)
    qtbot.waitUntil(lambda: sound.number in told.ends(), timeout=PATIENCE_MS)
    assert told.ends() == {broken.number: LabFailed, sound.number: Carried}


def test_closing_stops_what_runs_and_closes_the_engine(qtbot: QtBot, qapp, engine: FakePluginEngine):
    thread = LabThread(engine)
    engine.gate.clear()
    thread.submit(job(thread))
    qtbot.waitUntil(lambda: bool(engine.jobs), timeout=PATIENCE_MS)
    thread.close()
    assert engine.is_closed
    assert thread.isFinished()


def test_an_engine_that_was_never_used_is_closed_too(qapp, engine: FakePluginEngine):
    LabThread(engine).close()
    assert engine.is_closed
    assert not engine.is_started


def test_without_a_process_every_job_says_so(qtbot: QtBot, qapp):
    thread = LabThread(None)
    told = Told(thread)
    wanted = job(thread)
    thread.submit(wanted)
    qtbot.waitUntil(lambda: bool(told.events), timeout=PATIENCE_MS)
    assert told.events == [LabFailed(wanted.number, Failure.INTERNAL, NO_PROCESS)]
    thread.close()
