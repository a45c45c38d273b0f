"""The drawings of the open session, by name; without a session they last as long as the window."""

from __future__ import annotations

from alienlab.app.session_keeper import SessionKeeper
from alienlab.domain.errors import AlienLabError, SessionError
from alienlab.domain.space.drawing import Drawing, Ground
from alienlab.session.log.drawing_log import LONGEST_NAME, DrawingLog


class KeptDrawings:
    """Raises SessionError where the session cannot be written; everything is then as it was."""

    def __init__(self, session: SessionKeeper) -> None:
        self._session = session
        self._drawings: dict[str, Drawing] = {}
        """The last changed last."""
        self.read()

    def read(self) -> None:
        """Take those of the session that is open now."""
        log = self._log
        try:
            records = [] if log is None else log.records()
        except AlienLabError:  # a damaged log says so when it is opened
            records = []
        self._drawings = {record.name: record.drawing for record in reversed(records)}

    def names(self, ground: Ground) -> list[str]:
        """Of the drawings on a plane, last changed first."""
        return [name for name, drawing in reversed(self._drawings.items()) if drawing.ground == ground]

    def find(self, name: str) -> Drawing | None:
        return self._drawings.get(name)

    def new_name(self) -> str:
        """One that is not taken."""
        number = 1
        while f"path {number}" in self._drawings:
            number += 1
        return f"path {number}"

    def keep(self, name: str, drawing: Drawing) -> None:
        """A drawing without corners is forgotten."""
        log = self._log
        if drawing.corners:
            if log is not None:
                log.keep(name, drawing)
            self._drawings.pop(name, None)
            self._drawings[name] = drawing
        elif name in self._drawings:
            if log is not None:
                log.remove(name)
            del self._drawings[name]

    def rename(self, name: str, new: str) -> None:
        """Raises SessionError also for a name that is taken or cannot be one."""
        if not 0 < len(new) <= LONGEST_NAME or not new.isprintable():
            raise SessionError(f"A path needs a name of 1 to {LONGEST_NAME} letters.")
        if new in self._drawings:
            raise SessionError(f"A path named “{new}” is there already. Take another name.")
        drawing = self._drawings.get(name)
        if drawing is not None:
            self.keep(new, drawing)
            if self._log is not None:
                self._log.remove(name)
            del self._drawings[name]

    @property
    def _log(self) -> DrawingLog | None:
        session = self._session.session
        return None if session is None else DrawingLog(session)
