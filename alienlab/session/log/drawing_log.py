"""What a session keeps of paths that were drawn on planes."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime

from alienlab.domain.space.drawing import Drawing
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.values import MALFORMED, moment, now

_log = logging.getLogger(__name__)
LONGEST_NAME = 100
_LONGEST_DRAWING = 2**20
_MOST_DRAWINGS = 10_000


@dataclass(frozen=True, slots=True)
class DrawingRecord:
    """A drawing in the log."""

    name: str
    drawing: Drawing
    changed: datetime
    """In UTC."""


class DrawingLog:
    """The drawings of an open session, by name.

    Writing raises SessionError where the session is not open for writing. May be called from any thread.
    """

    def __init__(self, session: SessionReader) -> None:
        self._session = session

    def keep(self, name: str, drawing: Drawing) -> None:
        """Keep a drawing, in place of the one of the same name."""
        self._session.write(
            "INSERT OR REPLACE INTO drawings (name, created, drawing) VALUES (?, ?, ?)",
            [(name, now(), json.dumps(drawing.to_json()))],
        )

    def remove(self, name: str) -> None:
        self._session.write("DELETE FROM drawings WHERE name = ?", [(name,)])

    def records(self) -> list[DrawingRecord]:
        """Last changed first. One that this version cannot understand is left out."""
        rows = self._session.read(
            "SELECT CAST(name AS BLOB), CAST(drawing AS BLOB), CAST(created AS INTEGER) FROM drawings "
            "WHERE length(CAST(drawing AS BLOB)) <= ? AND length(CAST(name AS BLOB)) <= ? "
            "ORDER BY created DESC, name LIMIT ?",
            _LONGEST_DRAWING,
            4 * LONGEST_NAME,
            _MOST_DRAWINGS,
        )
        return [record for row in rows if (record := _record(*row)) is not None]


def _record(name: bytes, drawing: bytes, changed: int) -> DrawingRecord | None:
    try:
        said = name.decode()
        if not 0 < len(said) <= LONGEST_NAME or not said.isprintable():
            raise ValueError("its name cannot be shown")
        read = Drawing.from_json(json.loads(drawing.decode()))
        return DrawingRecord(said, read, moment(changed))
    except MALFORMED as error:
        _log.warning("A drawing is left out: %s", error)
        return None
