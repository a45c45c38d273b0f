"""The settings file, as the window uses it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from alienlab.domain.errors import SessionError
from alienlab.session.settings import Settings, load_settings, save_settings


class Preferences(QObject):
    """Every change is written at once."""

    changed = Signal()
    failed = Signal(str)
    """The sentence where the file cannot be written; the change holds until the window closes."""

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._settings = load_settings(file)

    @property
    def settings(self) -> Settings:
        return self._settings

    def replace(self, settings: Settings) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        try:
            save_settings(settings, self._file)
        except SessionError as error:
            self.failed.emit(str(error))
        self.changed.emit()

    def change(self, **fields: object) -> None:
        """Replace some fields of ``Settings``."""
        self.replace(self._settings.model_copy(update=fields))
