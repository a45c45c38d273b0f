"""What a session keeps of its board."""

from __future__ import annotations

import json
import logging

from alienlab.domain.board import BoardState
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.values import MALFORMED, now

BOARD = "board"
"""Name of the one board that there is."""
_LONGEST = 8 * 2**20
_log = logging.getLogger(__name__)


class BoardLog:
    """The board of an open session.

    Writing raises SessionError where the session is not open for writing. May be called from any thread.
    """

    def __init__(self, session: SessionReader) -> None:
        self._session = session

    def keep(self, state: BoardState) -> None:
        """Keep the board as it is now, in place of what it was."""
        self._session.write(
            "INSERT INTO boards (name, created, board) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET board = excluded.board",
            [(BOARD, now(), json.dumps(state.to_json()))],
        )

    def state(self) -> BoardState:
        """An empty board where none was kept, or none that this version can understand."""
        rows = self._session.read(
            "SELECT CAST(board AS BLOB) FROM boards WHERE name = ? AND length(CAST(board AS BLOB)) <= ?",
            BOARD,
            _LONGEST,
        )
        try:
            return BoardState.from_json(json.loads(rows[0][0].decode())) if rows else BoardState()
        except MALFORMED as error:
            _log.warning("The board is left out: %s", error)
            return BoardState()
