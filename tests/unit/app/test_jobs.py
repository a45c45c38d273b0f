"""The queue, the arithmetic of progress, and the numbering of attempts."""

from __future__ import annotations

import threading

import pytest

from alienlab.app.jobs import (
    Attempt,
    JobQueue,
    OpenJob,
    Priority,
    Work,
    duration_text,
    pace_text,
    smoothed,
    total_steps,
)
from alienlab.domain.events import Done, Failed, Failure, Started
from alienlab.domain.ports import BrainSource, RenderJob
from tests.fakes.recipes import make_recipe


def render_job(number: int, *, rows: int = 1) -> RenderJob:
    return RenderJob(number=number, recipes=tuple(make_recipe(seed=row) for row in range(rows)))


def open_job(number: int) -> OpenJob:
    return OpenJob(number=number, source=BrainSource(location="here"))


def taken(queue: JobQueue, count: int) -> list[int]:
    numbers = []
    for _ in range(count):
        job = queue.take(lambda job: None)
        assert job is not None
        numbers.append(job.number)
    return numbers


def test_brains_come_before_previews_before_renders_and_each_in_its_order() -> None:
    queue = JobQueue()
    for number, priority in ((1, Priority.RENDER), (2, Priority.PREVIEW), (3, Priority.RENDER), (4, Priority.PREVIEW)):
        queue.put(render_job(number), priority=priority)
    queue.put(open_job(5), priority=Priority.OPEN)
    assert taken(queue, 5) == [5, 2, 4, 1, 3]


def test_dropped_jobs_leave_the_queue_and_the_others_keep_their_order() -> None:
    queue = JobQueue()
    for number in range(6):
        queue.put(render_job(number), priority=Priority.RENDER)
    dropped = queue.drop(lambda job: job.number % 2 == 1)
    assert [job.number for job in dropped] == [1, 3, 5]
    assert taken(queue, 3) == [0, 2, 4]
    assert len(queue) == 0


def test_closing_wakes_whoever_waits() -> None:
    queue = JobQueue()
    results: list[object] = []
    waiter = threading.Thread(target=lambda: results.append(queue.take(lambda job: None)))
    waiter.start()
    queue.close()
    waiter.join(10)
    assert results == [None]


def test_an_attempt_renders_the_rows_that_are_left_and_speaks_of_them_by_their_first_numbers() -> None:
    job = render_job(7, rows=4)
    attempt = Attempt(job, number=100, rows=(1, 3))
    assert attempt.engine_job.number == 100
    assert attempt.engine_job.recipes == (job.recipes[1], job.recipes[3])
    assert attempt.translate(Started(100, 1)) == Started(7, 3)
    assert attempt.translate(Failed(100, None, Failure.MEMORY, "no")) == Failed(7, None, Failure.MEMORY, "no")
    assert attempt.translate(Done(100, intact=True)) == Done(7, intact=True)


def test_time_left_is_what_is_to_do_by_the_pace() -> None:
    work = Work(done=30, total=80, rows_per_second=25.0)
    assert work.fraction == pytest.approx(0.375)
    assert work.seconds_left == pytest.approx(2.0)
    assert Work(1, 2).seconds_left is None
    assert Work().fraction == 0


def test_pace_follows_the_steps_and_settles_on_a_steady_one() -> None:
    pace = smoothed(None, rows=2, seconds=0.5)
    assert pace == pytest.approx(4.0)
    for _ in range(60):
        pace = smoothed(pace, rows=8, seconds=1.0)
    assert pace == pytest.approx(8.0)
    assert smoothed(pace, rows=8, seconds=0.0) == pace


def test_steps_of_all_rows_are_counted() -> None:
    assert total_steps([render_job(1, rows=3), render_job(2)]) == 4 * make_recipe().steps


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "< 1 s"), (12.4, "12 s"), (59.6, "1 min 00 s"), (185, "3 min 05 s"), (7800, "2 h 10 min")],
)
def test_durations_are_said_as_people_say_them(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


def test_pace_changes_its_unit_below_one_a_second() -> None:
    assert pace_text(12.52) == "12.5 it/s"
    assert pace_text(0.5) == "2.0 s/it"
