"""Jobs of the generation thread: their values, their order, and the arithmetic of progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import count

from alienlab.domain.events import Event, Failed, Finished, Followed, Loading, Opened, Started, Step
from alienlab.domain.ports import BrainSource, EmbedJob, LocateJob, MeasureJob, RecogniseJob, RenderJob


class Priority(IntEnum):
    """What is taken from the queue first; within one priority, what came first."""

    OPEN = 0
    PREVIEW = 1
    RENDER = 2
    RECOGNISE = 3
    TILE = 4
    SWEEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenJob:
    """A brain to open in place of the one that is open."""

    number: int
    source: BrainSource


Job = OpenJob | RenderJob | RecogniseJob | MeasureJob | EmbedJob | LocateJob


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at the rows of a job that are not finished yet.

    The engine sees a job of its own number that holds only those rows; ``translate`` gives its events the
    number and rows that the rest of the application knows.
    """

    job: RenderJob
    number: int
    rows: tuple[int, ...]

    @property
    def engine_job(self) -> RenderJob:
        job, against = self.job, self.job.against
        return replace(
            job,
            number=self.number,
            recipes=tuple(job.recipes[row] for row in self.rows),
            against=tuple(against[row] for row in self.rows) if against else (),
        )

    def translate(self, event: Event) -> Event:
        match event:
            case Loading() | Opened():
                return event
            case Started() | Step() | Followed() | Finished():
                return replace(event, job=self.job.number, row=self.rows[event.row])
            case Failed(row=row):
                return replace(event, job=self.job.number, row=None if row is None else self.rows[row])
            case _:
                return replace(event, job=self.job.number)


@dataclass(order=True)
class _Entry:
    priority: Priority
    arrival: int
    job: Job = field(compare=False)


class JobQueue:
    """A priority queue of jobs that several threads may use."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._arrivals = count()
        self._condition = threading.Condition()
        self._held: frozenset[Priority] = frozenset()
        self._closed = False

    def __len__(self) -> int:
        with self._condition:
            return len(self._entries)

    def put(self, job: Job, *, priority: Priority) -> None:
        with self._condition:
            self._entries.append(_Entry(priority, next(self._arrivals), job))
            self._condition.notify()

    def take(self, claim: Callable[[Job], None]) -> Job | None:
        """Wait for the next job; None once the queue is closed.

        ``claim`` is called with the job before anyone can see that it left the queue.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._due() is not None)
            entry = None if self._closed else self._due()
            if entry is None:
                return None
            self._entries.remove(entry)
            claim(entry.job)
            return entry.job

    def hold(self, priorities: Iterable[Priority]) -> None:
        """Let jobs of these priorities alone wait, until others or none are held."""
        with self._condition:
            self._held = frozenset(priorities)
            self._condition.notify_all()

    def drop(self, unwanted: Callable[[Job], bool]) -> tuple[Job, ...]:
        """Take out every job that is ``unwanted``, and return them."""
        with self._condition:
            dropped = tuple(entry.job for entry in self._entries if unwanted(entry.job))
            self._entries = [entry for entry in self._entries if entry.job not in dropped]
            return dropped

    def _due(self) -> _Entry | None:
        return min((entry for entry in self._entries if entry.priority not in self._held), default=None)

    def close(self) -> None:
        """Forget what waits, and let every ``take`` return None from now on."""
        with self._condition:
            self._closed = True
            self._entries.clear()
            self._condition.notify_all()


@dataclass(frozen=True, slots=True)
class Work:
    """How much of the work at hand is done, counted in denoising steps of single rows."""

    done: int = 0
    total: int = 0
    rows_per_second: float | None = None
    """Denoising steps of single rows in a second, smoothed over the last steps."""

    @property
    def fraction(self) -> float:
        """Share done, 0 to 1."""
        return self.done / self.total if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None while nothing is known of the pace."""
        if not self.rows_per_second:
            return None
        return max(0, self.total - self.done) / self.rows_per_second


SMOOTHING = 0.3
"""Weight of the newest step in the smoothed pace."""


def smoothed(previous: float | None, *, rows: int, seconds: float) -> float | None:
    """The pace after a step that took ``rows`` rows through ``seconds``."""
    if seconds <= 0:
        return previous
    newest = rows / seconds
    return newest if previous is None else (1 - SMOOTHING) * previous + SMOOTHING * newest


def total_steps(jobs: Iterable[RenderJob]) -> int:
    """Denoising steps of all rows of ``jobs``."""
    return sum(recipe.steps for job in jobs for recipe in job.recipes)


def pace_text(rows_per_second: float) -> str:
    """``12.5 it/s``, or ``3.2 s/it`` where a step takes longer than a second."""
    if rows_per_second >= 1:
        return f"{rows_per_second:.1f} it/s"
    return f"{1 / rows_per_second:.1f} s/it"


def duration_text(seconds: float) -> str:
    """``< 1 s``, ``12 s``, ``3 min 05 s`` or ``2 h 10 min``."""
    whole = round(seconds)
    if whole < 1:
        return "< 1 s"
    minutes, rest = divmod(whole, 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes_left:02d} min"
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
