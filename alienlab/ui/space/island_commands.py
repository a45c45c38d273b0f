"""Saves what was measured of islands to files that the user chooses."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QObject

from alienlab.app.laboratory import Laboratory
from alienlab.app.messages import Message, Tone
from alienlab.app.space.island_survey import Task
from alienlab.session.island_file import write_islands, write_lesioned
from alienlab.ui.dialogs import Dialogs

NOTHING = "No island is measured yet. Look around first."
_UNFIT = re.compile(r"[^\w ,.()-]+")


class IslandCommands(QObject):
    """Asks where to, then lets the archive write."""

    def __init__(self, lab: Laboratory, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lab, self._dialogs = lab, dialogs

    def save(self, task: Task) -> None:
        """All figures of a task, as a table or as JSON."""
        found = self._lab.space.islands.sightings(task)
        if not found:
            self._lab.message.emit(Message(NOTHING, Tone.NOTE))
            return
        concept = " ".join(_UNFIT.sub(" ", found[0].island.concept).split()) or "concept"
        name = f"island of {concept}" if task is Task.AROUND else f"island of {concept} per lesion"
        path = self._dialogs.figures_file(Path.home() / f"{name}.csv")
        if path is not None:
            write = write_islands if task is Task.AROUND else write_lesioned
            self._lab.archive.carry_out(lambda: write(path, found), sentence=f"Figures saved as {path}.")
