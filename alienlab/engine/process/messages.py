"""What both ends of the line say to each other beside requests and answers."""

from __future__ import annotations

from dataclasses import dataclass

from alienlab.domain.errors import AlienLabError


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Asks for a job, and any before it, to stop."""

    job: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The process is alive, whatever its main thread does."""


@dataclass(frozen=True, slots=True)
class End:
    """A request has been answered in full; ``error`` is to be raised at the caller."""

    error: AlienLabError | None = None
