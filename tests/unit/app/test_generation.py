"""The generation thread: queue, cancel, dead workers, stopping."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from alienlab.app.generation import GenerationThread
from alienlab.app.jobs import OpenJob
from alienlab.domain.errors import BrainError, WorkerDied
from alienlab.domain.events import Cancelled, Done, Event, Failed, Failure, Finished, Measured, Opened
from alienlab.domain.ports import BrainSource, Engine, MeasureJob, Reference, RenderJob
from tests.fakes.anatomies import unet_anatomy
from tests.fakes.fake_engine import FakeEngine
from tests.fakes.recipes import make_image, make_recipe


class Listener:
    """Runs a thread and keeps its events."""

    def __init__(self, engine: Engine) -> None:
        self.thread = GenerationThread(engine)
        self.events: list[Event] = []
        self.thread.happened.connect(self.events.append, Qt.ConnectionType.QueuedConnection)
        self.thread.start()

    def open(self) -> None:
        self.thread.submit(OpenJob(number=self.thread.next_number(), source=BrainSource(location="fake")))

    def render(self, *seeds: int) -> int:
        recipes = tuple(make_recipe(seed=seed, size=(32, 32)) for seed in seeds)
        job = RenderJob(number=self.thread.next_number(), recipes=recipes)
        self.thread.submit(job)
        return job.number

    def of(self, kind: type, job: int) -> list:
        return [event for event in self.events if isinstance(event, kind) and getattr(event, "job", None) == job]


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(unet_anatomy())


@pytest.fixture
def listener(engine: FakeEngine, qapp) -> Iterator[Listener]:
    made = Listener(engine)
    yield made
    engine.gate.set()
    made.thread.stop()


def test_jobs_run_one_after_another(qtbot: QtBot, listener: Listener) -> None:
    listener.open()
    first, second = listener.render(1, 2), listener.render(3)
    qtbot.waitUntil(lambda: bool(listener.of(Done, second)))
    assert isinstance(listener.events[1], Opened)
    assert [event.row for event in listener.of(Finished, first)] == [0, 1]
    order = [event.job for event in listener.events if isinstance(event, Done)]
    assert order == [first, second]


def test_a_job_cancelled_before_its_turn_never_reaches_the_engine(
    qtbot: QtBot, listener: Listener, engine: FakeEngine
) -> None:
    engine.gate.clear()
    running = listener.render(1)
    qtbot.waitUntil(lambda: bool(engine.rendered))
    waiting, last = listener.render(2), listener.render(3)
    listener.thread.cancel(waiting)
    engine.gate.set()
    qtbot.waitUntil(lambda: bool(listener.of(Done, last)))
    assert listener.of(Cancelled, waiting)
    assert not listener.of(Done, waiting)
    assert listener.of(Finished, running)
    assert len(engine.rendered) == 2


def test_cancelling_what_runs_leaves_the_next_job_alone(qtbot: QtBot, listener: Listener, engine: FakeEngine) -> None:
    engine.gate.clear()
    running = listener.render(1)
    qtbot.waitUntil(lambda: bool(engine.rendered))
    following = listener.render(2)
    listener.thread.cancel(running)
    qtbot.waitUntil(lambda: bool(listener.of(Cancelled, running)))
    engine.gate.set()
    qtbot.waitUntil(lambda: bool(listener.of(Done, following)))
    assert listener.of(Finished, following)
    assert not listener.of(Finished, running)


def test_a_dead_worker_is_replaced_and_the_job_tried_once_more(
    qtbot: QtBot, listener: Listener, engine: FakeEngine
) -> None:
    deaths = iter([True, False])
    engine.kills = lambda recipe: next(deaths, False)
    listener.open()
    job = listener.render(1)
    qtbot.waitUntil(lambda: bool(listener.of(Done, job)))
    assert listener.of(Finished, job)
    assert [source.location for source in engine.opened] == ["fake", "fake"]


def test_a_job_that_kills_its_worker_twice_is_set_aside_and_the_queue_goes_on(
    qtbot: QtBot, listener: Listener, engine: FakeEngine
) -> None:
    engine.kills = lambda recipe: recipe.seed == 13
    listener.open()
    deadly, harmless = listener.render(13), listener.render(1)
    qtbot.waitUntil(lambda: bool(listener.of(Done, harmless)))
    (failed,) = listener.of(Failed, deadly)
    assert failed.failure is Failure.WORKER
    assert failed.row is None
    assert "set aside" in failed.message
    assert listener.of(Finished, harmless)


class _DiesAfterFirstRow(FakeEngine):
    """Loses its process between the first and the second row, once."""

    def render(self, job: RenderJob) -> Iterator[Event]:
        for event in super().render(job):
            yield event
            if isinstance(event, Finished) and len(self.rendered) == 1:
                raise WorkerDied("gone")


def test_rows_that_were_finished_are_not_rendered_again(qtbot: QtBot, qapp) -> None:
    engine = _DiesAfterFirstRow(unet_anatomy())
    listener = Listener(engine)
    listener.open()
    job = listener.render(1, 2, 3)
    qtbot.waitUntil(lambda: bool(listener.of(Done, job)))
    assert [event.row for event in listener.of(Finished, job)] == [0, 1, 2]
    assert [recipe.seed for recipe in engine.rendered[1].recipes] == [2, 3]
    listener.thread.stop()


def test_a_brain_that_cannot_be_opened_is_refused_with_its_sentence(
    qtbot: QtBot, listener: Listener, engine: FakeEngine
) -> None:
    engine.refuses["fake"] = BrainError("There is no brain here.")
    with qtbot.waitSignal(listener.thread.refused) as refused:
        listener.open()
    assert str(refused.args[0]) == "There is no brain here."


def test_a_defect_of_the_engine_is_told_and_the_queue_goes_on(
    qtbot: QtBot, listener: Listener, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(recipe) -> bool:
        if recipe.seed == 13:
            raise ZeroDivisionError("oops")
        return False

    engine.collapses = broken
    with qtbot.waitSignal(listener.thread.broken) as told:
        failing, following = listener.render(13), listener.render(1)
    qtbot.waitUntil(lambda: bool(listener.of(Done, following)))
    assert "ZeroDivisionError" in told.args[0]
    assert listener.of(Failed, failing)[0].failure is Failure.INTERNAL


def test_stopping_in_mid_render_ends_the_thread_and_closes_the_engine(
    qtbot: QtBot, listener: Listener, engine: FakeEngine
) -> None:
    engine.gate.clear()
    listener.render(1)
    qtbot.waitUntil(lambda: bool(engine.rendered))
    listener.thread.stop()
    assert listener.thread.isFinished()
    assert engine.is_closed


class _DiesOnce(FakeEngine):
    """The process ends after the first image that it measures."""

    lives = 1

    def measure(self, job: MeasureJob) -> Iterator[Event]:
        for event in super().measure(job):
            yield event
            if self.lives:
                self.lives -= 1
                raise WorkerDied("The process that renders stopped unexpectedly (exit code -9).")


def test_a_question_whose_worker_dies_is_asked_once_more_and_answered_once(qtbot: QtBot, qapp) -> None:
    listener = Listener(_DiesOnce(unet_anatomy()))
    listener.open()
    images = tuple(make_image(seed, width=8, height=8) for seed in range(3))
    job = MeasureJob(
        number=listener.thread.next_number(),
        images=images,
        references=(Reference(prompt="a cat", image=images[0]),),
        against=(0, 0, 0),
    )
    listener.thread.submit(job)
    qtbot.waitUntil(lambda: bool(listener.of(Done, job.number)))
    listener.thread.stop()
    measured = listener.of(Measured, job.number)
    assert [event.row for event in measured] == [0, 1, 2]
    assert measured[0].measures.pixel == 0.0 < measured[2].measures.pixel
    assert not listener.of(Failed, job.number)
