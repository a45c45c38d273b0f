"""The command that renders a record again and compares it with its image."""

from __future__ import annotations

from PySide6.QtCore import QObject

from alienlab.app.laboratory import Laboratory
from alienlab.session.log.records import RenderRecord

TEXT = "Render again and compare"
"""Of the menu entry."""
TIP = "Render this from its record alone, and say whether every pixel is the same"


class Replaying(QObject):
    """For a menu of one render."""

    def __init__(self, lab: Laboratory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lab = lab

    def replay(self, record: RenderRecord) -> None:
        """A message says whether the image came about again."""
        self._lab.replay.replay(record)
