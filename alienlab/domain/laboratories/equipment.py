"""What plugins offer to the engine: it works where the weights are, so it is done in the engine's own process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alienlab.domain.laboratories.declarations import LesionOperation, Recogniser
from alienlab.domain.laboratories.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Operations and recognisers of the plugins that are on."""

    operations: tuple[LesionOperation, ...] = ()
    recognisers: tuple[Recogniser, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """Of every plugin that is on, by its id."""
    absent: frozenset[str] = frozenset()
    """Plugins that are there and cannot be used, so that they can be named."""

    @classmethod
    def of(cls, shelf: Shelf) -> Equipment:
        on = shelf.plugins()
        return cls(
            operations=shelf.offers(LesionOperation),
            recognisers=shelf.offers(Recogniser),
            versions={plugin.id: plugin.version for plugin in on},
            absent=frozenset(found.id for found in shelf.found) - {plugin.id for plugin in on},
        )

    def recogniser(self, key: str) -> Recogniser | None:
        """By ``plugin/id``."""
        return next((one for one in self.recognisers if one.key == key), None)
