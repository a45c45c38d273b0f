"""The plugins: which are on, and what went wrong with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from alienlab.app.messages import Message, Tone
from alienlab.app.preferences import Preferences
from alienlab.domain.laboratories.declarations import FoundPlugin
from alienlab.domain.laboratories.shelf import Shelf


class Plugins(QObject):
    """The shelf, as the user has it: switched in the settings, or by a failure for this session."""

    changed = Signal()
    message = Signal(object)
    """A Message for the user."""

    def __init__(
        self, found: tuple[FoundPlugin, ...], preferences: Preferences, *, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        """Where the user puts plugins."""
        self._preferences = preferences
        settings = preferences.settings
        self._shelf = Shelf(
            found=found,
            switched_on=frozenset(settings.plugins_on),
            switched_off=frozenset(settings.plugins_off),
        )

    @property
    def shelf(self) -> Shelf:
        return self._shelf

    def switch(self, id_: str, *, on: bool) -> None:
        """Switch a plugin on or off, also for later sessions; one that failed is tried anew."""
        self._shelf = self._shelf.switched(id_, on=on)
        self._preferences.change(
            plugins_on=tuple(sorted(self._shelf.switched_on)), plugins_off=tuple(sorted(self._shelf.switched_off))
        )
        self.changed.emit()

    def fail(self, id_: str, why: str) -> None:
        """Leave a plugin alone for this session, and say so."""
        if id_ in self._shelf.failed:
            return
        self._shelf = self._shelf.without(id_, why)
        self.changed.emit()
        text = f"{why} The plugin {id_} is switched off for this session."
        self.message.emit(Message(text, Tone.WARNING, ("plugins.show",)))
