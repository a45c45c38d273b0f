"""Asks plugins from the command line: in their own process, with progress on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from alienlab.cli.progress_bar import progress_bar
from alienlab.domain.errors import StoppedByUser

if TYPE_CHECKING:
    from alienlab.app.offers.asking import Ask
    from alienlab.domain.laboratories.declarations import Offer
    from alienlab.domain.laboratories.ports import LabEvent


@contextmanager
def asking(what: str) -> Iterator[Ask]:
    """Within it, plugins can be asked. Raises StoppedByUser where the user presses Ctrl+C."""
    from alienlab.app.offers.asking import answer_of
    from alienlab.domain.laboratories.ports import AskJob, Progressed
    from alienlab.extensions.client import PluginProcess
    from alienlab.session.paths import AppPaths

    process, numbers = PluginProcess(AppPaths.of_user().cache), count(1)
    with progress_bar(what) as change:

        def told(events: Iterator[LabEvent]) -> Iterator[LabEvent]:
            for event in events:
                if isinstance(event, Progressed):
                    total = None if event.fraction is None else 1.0
                    change(description=event.message or what, completed=event.fraction, total=total)
                yield event

        def ask(
            offer: Offer, *arguments: Any, values: Mapping[str, Any] | None = None, wants_workbench: bool = False
        ) -> Any:
            job = AskJob(
                number=next(numbers),
                offer=offer,
                arguments=arguments,
                wants_workbench=wants_workbench,
                values=values or {},
            )
            return answer_of(told(process.run(job)))

        try:
            yield ask
        except KeyboardInterrupt:
            raise StoppedByUser from None
        finally:
            process.close()


def values_of(offer: Offer, words: tuple[str, ...]) -> dict[str, Any]:
    """``NAME=VALUE`` for each parameter that is given. Raises PluginError, RecipeError."""
    from alienlab.cli.lab_options import read_values
    from alienlab.domain.laboratories.shelf import PluginError

    known = {parameter.id for parameter in offer.parameters}
    texts: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name.strip() not in known:
            named = ", ".join(sorted(known)) or "none"
            raise PluginError(f"--param {word} is not understood: write NAME=VALUE. {offer.key} has: {named}.")
        texts[name.strip()] = value.strip()
    return read_values(offer.parameters, texts)
