"""Saves walks to files that the user chooses."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject

from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.app.space.strip import Snapshot
from alienlab.session.sheets.animation import write_animation
from alienlab.session.sheets.sheet import write_sheet
from alienlab.session.sheets.walk_sheet import side_by_side, walk_sheet
from alienlab.ui.dialogs import Dialogs

NOTHING = "There is no image of a walk to save yet. Walk first."
_UNFIT = re.compile(r"[^\w ,.()-]+")


class WalkCommands(QObject):
    """Asks where to, then lets the archive write."""

    def __init__(self, lab: Laboratory, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lab, self._dialogs = lab, dialogs

    def save_strip(self) -> None:
        """All images with their captions, as a sheet."""
        found = self._snapshot()
        if found is not None and (path := self._dialogs.sheet_file(_start(found, ".png"))) is not None:
            self._lab.archive.carry_out(
                lambda: write_sheet(walk_sheet(found.walk, found.images, found.recipes), path),
                sentence=f"Strip saved as {path}.",
            )

    def save_animation(self) -> None:
        """All images one after another, the minds beside each other."""
        found = self._snapshot()
        if found is not None and (path := self._dialogs.animation_file(_start(found, ".gif"))) is not None:
            self._lab.archive.carry_out(
                lambda: write_animation(side_by_side(found.images), path), sentence=f"Animation saved as {path}."
            )

    def _snapshot(self) -> Snapshot | None:
        found = self._lab.space.walking.strip.snapshot()
        if found is None:
            self._lab.message.emit(Message(NOTHING, Tone.NOTE))
        return found


def _start(found: Snapshot, suffix: str) -> Path:
    title = found.walk.title.replace("→", "to")
    name = " ".join(_UNFIT.sub(" ", title).split())[:60].strip(" .") or "walk"
    return Path.home() / f"{name}{suffix}"
