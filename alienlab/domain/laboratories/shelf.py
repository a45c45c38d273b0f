"""Which plugins there are, and which of them are on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from alienlab.domain.errors import AlienLabError
from alienlab.domain.laboratories.declarations import WORDS, AnyOffer, FoundPlugin, Laboratory, Offer, Origin, Plugin


class PluginError(AlienLabError):
    """A plugin, or something that one offers, is not there or is switched off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """All plugins that were found, those of AlienLab first; of two with one id the first counts."""

    found: tuple[FoundPlugin, ...] = ()
    switched_on: frozenset[str] = frozenset()
    """Ids in the user's folder: they are off until the user says otherwise."""
    switched_off: frozenset[str] = frozenset()
    """Ids of built-in and installed plugins."""
    failed: Mapping[str, str] = field(default_factory=dict)
    """Why a plugin is left alone for this session, by id."""

    def get(self, id_: str) -> FoundPlugin | None:
        return next((plugin for plugin in self.found if plugin.id == id_), None)

    def is_wanted(self, id_: str) -> bool:
        """Whether the user has it on, be it usable or not."""
        plugin = self.get(id_)
        if plugin is None:
            return False
        return id_ in self.switched_on if plugin.origin is Origin.USER_FOLDER else id_ not in self.switched_off

    def is_on(self, id_: str) -> bool:
        """Whether what it offers can be used."""
        plugin = self.get(id_)
        return plugin is not None and plugin.plugin is not None and self.is_wanted(id_) and id_ not in self.failed

    def plugins(self) -> tuple[Plugin, ...]:
        """Those that are on."""
        return tuple(
            entry.plugin
            for entry in self.found
            if entry.plugin is not None and self.is_on(entry.id) and entry is self.get(entry.id)
        )

    def offers(self, kind: type[AnyOffer]) -> tuple[AnyOffer, ...]:
        """All of a kind, of the plugins that are on."""
        return tuple(offer for plugin in self.plugins() for offer in plugin.of_kind(kind))

    def find(self, kind: type[AnyOffer], name: str) -> AnyOffer:
        """By ``plugin/id``, or by an id alone that one plugin has. Raises PluginError with the names that there are."""
        offers = self.offers(kind)
        fitting = [offer for offer in offers if name in (offer.key, offer.id)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise PluginError(f"Several plugins offer '{name}'. Take one of: {', '.join(o.key for o in fitting)}.")
        raise PluginError(self._why_missing(kind, name))

    def switched(self, id_: str, *, on: bool) -> Shelf:
        """The same with a plugin on or off; what failed before is forgotten, so that it is tried anew."""
        failed = {other: why for other, why in self.failed.items() if other != id_}
        if on:
            return replace(
                self, switched_on=self.switched_on | {id_}, switched_off=self.switched_off - {id_}, failed=failed
            )
        return replace(
            self, switched_on=self.switched_on - {id_}, switched_off=self.switched_off | {id_}, failed=failed
        )

    def without(self, id_: str, why: str) -> Shelf:
        """The same with a plugin left alone for this session."""
        return replace(self, failed={**self.failed, id_: why})

    def _why_missing(self, kind: type[Offer], name: str) -> str:
        plugin = self.get(name.partition("/")[0]) or self._offering(kind, name)
        if plugin is not None and not self.is_on(plugin.id):
            off = f"It is switched off: switch it on in the settings, or with `alienlab plugin on {plugin.id}`."
            why = self.failed.get(plugin.id) or plugin.error or off
            return f"'{name}' is offered by the plugin {plugin.id}, which cannot be used. {why}"
        known = ", ".join(offer.id if kind is Laboratory else offer.key for offer in self.offers(kind))
        return f"There is no {WORDS[kind][0]} '{name}'. Known are {known or 'none'}."

    def _offering(self, kind: type[Offer], id_: str) -> FoundPlugin | None:
        """The plugin that would offer it, were it on."""
        for found in self.found:
            if found.plugin is not None and any(offer.id == id_ for offer in found.plugin.of_kind(kind)):
                return found
        return None
