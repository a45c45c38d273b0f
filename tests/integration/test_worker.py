"""The real worker process on the embedded brain: events, cancel, kill and respawn."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import psutil
import pytest

from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import BrainError, WorkerDied
from alienlab.domain.events import Cancelled, Done, Failed, Failure, Finished, Loading, Opened, Started, Step
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.ports import BrainSource, RenderJob
from alienlab.domain.recipe import DiffusionRecipe
from alienlab.engine.client import WorkerEngine
from alienlab.session.paths import embedded_brain

EMBEDDED = BrainSource(location=str(embedded_brain()))


@pytest.fixture(scope="module")
def engine(tmp_path_factory) -> Iterator[WorkerEngine]:
    made = WorkerEngine(tmp_path_factory.mktemp("cache"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def info(engine: WorkerEngine) -> BrainInfo:
    *loading, opened = engine.open(EMBEDDED)
    assert loading
    assert all(isinstance(event, Loading) for event in loading)
    assert isinstance(opened, Opened)
    assert len(opened.anatomy) == 391
    return opened.info


def recipe(info: BrainInfo, *lesions: str, steps: int = 3) -> DiffusionRecipe:
    return DiffusionRecipe(
        brain=info.hash,
        prompt=Prompt("a cat in a party hat"),
        seed=7,
        steps=steps,
        guidance=info.guidance,
        scheduler=info.scheduler,
        width=info.width,
        height=info.height,
        lesions=tuple(map(LesionSpec.parse, lesions)),
        precision=info.precision,
    )


def test_a_job_tells_every_step_and_ends_intact(engine, info) -> None:
    job = RenderJob(number=1, recipes=(recipe(info), recipe(info, "*:noise=0.2@1")))
    events = list(engine.render(job))
    assert events[-1] == Done(1, intact=True)
    for row in (0, 1):
        own = [event for event in events[:-1] if event.row == row]
        assert [type(event) for event in own] == [Started, Step, Step, Step, Finished]
        assert [event.step for event in own[1:-1]] == [1, 2, 3]
        assert own[1].preview.shape == (info.height // 4, info.width // 4, 3)
        assert own[-1].image.shape == (info.height, info.width, 3)
    images = [event.image for event in events if isinstance(event, Finished)]
    assert not np.array_equal(*images)


def test_a_cancel_stops_the_job_and_not_the_next_one(engine, info) -> None:
    seen = []
    for event in engine.render(RenderJob(number=2, recipes=(recipe(info, steps=1000),))):
        seen.append(event)
        if isinstance(event, Step) and event.step == 2:
            engine.cancel(2)
    assert seen[-2:] == [Cancelled(2), Done(2, intact=True)]
    assert sum(isinstance(event, Step) for event in seen) < 100
    assert isinstance(list(engine.render(RenderJob(number=3, recipes=(recipe(info),))))[-2], Finished)


def test_a_cancel_in_the_middle_of_a_weight_edit_leaves_the_brain_intact(engine, info) -> None:
    wide = recipe(info, "*:randomize@5", steps=1000)
    for event in engine.render(RenderJob(number=4, recipes=(wide,))):
        if isinstance(event, Step):
            engine.cancel(4)
    assert event == Done(4, intact=True)


def test_a_numerical_collapse_is_named_with_its_step(engine, info) -> None:
    blown_up = recipe(info, "kind=conv:scale=100", steps=5)
    events = list(engine.render(RenderJob(number=5, recipes=(blown_up, recipe(info)))))
    failed = [event for event in events if isinstance(event, Failed)]
    assert [(event.row, event.failure) for event in failed] == [(0, Failure.COLLAPSE)]
    assert "Numerical collapse at step" in failed[0].message
    assert [event.row for event in events if isinstance(event, Finished)] == [1]


def test_what_cannot_be_rendered_fails_alone(engine, info) -> None:
    good = recipe(info)
    foreign = replace(good, brain="0" * 64)
    odd = replace(good, width=info.width + 8)
    unmatched = recipe(info, "no_such_module:zero")
    job = RenderJob(number=6, recipes=(foreign, odd, unmatched, good))
    events = list(engine.render(job))
    failed = {event.row: event.message for event in events if isinstance(event, Failed)}
    assert "another brain" in failed[0]
    assert "multiples of" in failed[1]
    assert "No module matches" in failed[2]
    assert [event.row for event in events if isinstance(event, Finished)] == [3]


def test_a_killed_worker_is_named_and_respawned_with_its_brain(engine, info) -> None:
    before = engine.process_id
    with pytest.raises(WorkerDied, match="stopped unexpectedly"):
        for event in engine.render(RenderJob(number=7, recipes=(recipe(info, steps=1000),))):
            if isinstance(event, Step) and event.step == 2:
                os.kill(before, signal.SIGKILL)
    events = list(engine.render(RenderJob(number=8, recipes=(recipe(info),))))
    assert any(isinstance(event, Finished) for event in events)
    assert engine.process_id != before


def test_an_unanswered_cancel_kills_the_worker(engine, info) -> None:
    list(engine.render(RenderJob(number=9, recipes=(recipe(info),))))
    stopped = engine.process_id
    events = []
    for event in engine.render(RenderJob(number=10, recipes=(recipe(info, steps=1000),))):
        events.append(event)
        if isinstance(event, Step) and event.step == 2:
            os.kill(stopped, signal.SIGSTOP)
            engine.cancel(10)
    assert events[-2:] == [Cancelled(10), Done(10, intact=True)]
    assert not psutil.pid_exists(stopped)


def test_events_of_an_abandoned_job_do_not_reach_the_next_one(engine, info) -> None:
    abandoned = engine.render(RenderJob(number=12, recipes=(recipe(info, steps=1000),)))
    assert any(isinstance(event, Step) for event in abandoned)
    abandoned.close()
    events = list(engine.render(RenderJob(number=13, recipes=(recipe(info),))))
    assert {event.job for event in events} == {13}
    assert events[-1] == Done(13, intact=True)


def test_a_brain_that_cannot_be_opened_leaves_the_open_one(engine, info, tmp_path) -> None:
    with pytest.raises(BrainError):
        list(engine.open(replace(EMBEDDED, location=str(tmp_path / "nowhere"))))
    assert isinstance(list(engine.render(RenderJob(number=14, recipes=(recipe(info),))))[-2], Finished)


def test_the_worker_ends_when_its_pipe_closes(tmp_path) -> None:
    engine = WorkerEngine(tmp_path)
    engine.start()
    process = psutil.Process(engine.process_id)
    engine.close()
    assert not process.is_running()
