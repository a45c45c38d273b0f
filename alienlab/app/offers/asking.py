"""How a question is put to a plugin, whoever carries it to the plugin's process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from alienlab.domain.errors import StoppedByUser
from alienlab.domain.laboratories.declarations import Offer
from alienlab.domain.laboratories.ports import Answered, LabEvent, LabFailed, PluginFailed
from alienlab.domain.laboratories.shelf import PluginError


class Ask(Protocol):
    """Calls a plugin's function in the plugins' process and waits for what it returns.

    Raises PluginFailed where the plugin is to be left alone, PluginError for what the user can mend, StoppedByUser.
    """

    def __call__(
        self, offer: Offer, *arguments: Any, values: Mapping[str, Any] | None = None, wants_workbench: bool = False
    ) -> Any: ...


def answer_of(events: Iterator[LabEvent]) -> Any:
    """What the last event of a job says. The events are listened to until their end."""
    last: LabEvent | None = None
    for event in events:
        last = event
    match last:
        case Answered(value=value):
            return value
        case LabFailed(message=message, plugin=plugin):
            raise PluginFailed(plugin, message) if plugin else PluginError(message)
        case _:
            raise StoppedByUser
