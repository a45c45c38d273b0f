"""What comes of an experiment, for callers that wait for it."""

from __future__ import annotations

from collections.abc import Callable

from alienlab.domain.errors import StoppedByUser
from alienlab.domain.laboratories.ports import Carried, LabFailed, LabJob, LabStopped, PluginEngine, Progressed


def outcome(
    engine: PluginEngine, job: LabJob, *, progressed: Callable[[Progressed], object] = lambda event: None
) -> Carried | str:
    """The result, or the sentence why there is none. Raises StoppedByUser."""
    for event in engine.run(job):
        match event:
            case Progressed():
                progressed(event)
            case Carried():
                return event
            case LabFailed(message=message):
                return message
            case LabStopped():
                break
    raise StoppedByUser
