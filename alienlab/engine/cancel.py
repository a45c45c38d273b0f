"""The cancel flag that a render looks at."""

from __future__ import annotations


class CancelFlag:
    """Jobs up to a number are cancelled. Set from any thread; a later job is never hit by an old cancel."""

    def __init__(self) -> None:
        self._up_to = -1

    def request(self, job: int) -> None:
        self._up_to = max(self._up_to, job)

    def covers(self, job: int) -> bool:
        return job <= self._up_to
