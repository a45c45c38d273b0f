"""What a session keeps of sweeps: the sweeps themselves, measures, yardsticks and latents."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np

from alienlab.domain.effects import Measures, Yardsticks
from alienlab.domain.errors import AlienLabError
from alienlab.domain.events import Image, Latents
from alienlab.domain.sweeps.sweep import Sweep
from alienlab.session.log.reading import Change, SessionReader
from alienlab.session.log.values import MALFORMED, microseconds, moment, understood

_log = logging.getLogger(__name__)
_LONGEST_LATENTS = 2**26


class SweepState(StrEnum):
    RUNNING = "running"
    """Also where the application ended while it ran."""
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class SweepRecord:
    """A sweep in the log."""

    sweep: Sweep
    state: SweepState
    created: datetime
    """In UTC."""


class SweepLog:
    """The sweeps of an open session; implements ``alienlab.domain.sweeps.running.Store``.

    Writing raises SessionError where the session is not open for writing. May be called from any thread.
    """

    def __init__(self, session: SessionReader) -> None:
        self._session = session

    # Sweeps

    def add(self, sweep: Sweep, state: SweepState = SweepState.RUNNING, *, keys: Sequence[str] = ()) -> SweepRecord:
        """Log a new sweep, or one of the same id again; ``keys`` are the computation ids of its trials, in order."""
        created = datetime.now(UTC)
        row = (sweep.id, microseconds(created), str(state), sweep.title, _text(sweep))
        kept = (
            "INSERT INTO sweeps (id, created, state, title, sweep) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET state = excluded.state, title = excluded.title, sweep = excluded.sweep"
        )
        self._session.write_together([(kept, [row]), *self._membership(sweep.id, keys)])
        return SweepRecord(sweep, state, created)

    def keep_sweep(self, sweep: Sweep, keys: Sequence[str] = ()) -> None:
        """Keep a sweep that has been refined, with the computation ids of its trials; its state stays."""
        kept = ("UPDATE sweeps SET title = ?, sweep = ? WHERE id = ?", [(sweep.title, _text(sweep), sweep.id)])
        self._session.write_together([kept, *self._membership(sweep.id, keys)])

    def members(self, sweep: str) -> tuple[str, ...]:
        """Computation ids of a sweep's trials, in order; of one from an earlier version those that are known."""
        rows = self._session.read("SELECT computation_id FROM sweep_members WHERE sweep = ? ORDER BY place", sweep)
        return tuple(key for (key,) in rows)

    def set_state(self, sweep: str, state: SweepState) -> None:
        self._session.write("UPDATE sweeps SET state = ? WHERE id = ?", [(str(state), sweep)])

    def records(self) -> list[SweepRecord]:
        """Newest first. One that this version cannot understand is left out."""
        rows = self._session.read("SELECT sweep, state, created FROM sweeps ORDER BY created DESC, rowid DESC")
        return [record for row in rows if (record := _record(*row)) is not None]

    def _membership(self, sweep: str, keys: Sequence[str]) -> list[Change]:
        """What is to be written for these members; nothing where they are not told, or are known."""
        if not keys or self.members(sweep) == tuple(keys):
            return []
        rows = [(sweep, place, key) for place, key in enumerate(keys)]
        return [
            ("DELETE FROM sweep_members WHERE sweep = ?", [(sweep,)]),
            ("INSERT INTO sweep_members (sweep, place, computation_id) VALUES (?, ?, ?)", rows),
        ]

    # Results

    def image(self, key: str) -> Image | None:
        """The image of a computation; None where it is not there or damaged."""
        record = self._session.find(key)
        try:
            return None if record is None else self._session.load_image(record)
        except AlienLabError:
            return None

    def measures(self, reference: str) -> Mapping[str, Measures]:
        """All that were measured against a reference, by computation id; what is not understood is measured again."""
        rows = self._session.read("SELECT computation_id, measures FROM measures WHERE reference = ?", reference)
        read = ((key, understood(Measures.from_json, text)) for key, text in rows)
        return {key: measures for key, measures in read if measures is not None}

    def keep_measures(self, reference: str, measures: Mapping[str, Measures]) -> None:
        self._session.write(
            "INSERT OR REPLACE INTO measures (reference, computation_id, measures) VALUES (?, ?, ?)",
            [(reference, key, json.dumps(one.to_json())) for key, one in measures.items()],
        )

    def yardsticks(self, reference: str) -> Yardsticks | None:
        rows = self._session.read("SELECT yardsticks FROM yardsticks WHERE reference = ?", reference)
        return understood(Yardsticks.from_json, rows[0][0]) if rows else None

    def keep_yardsticks(self, reference: str, yardsticks: Yardsticks) -> None:
        self._session.write(
            "INSERT OR REPLACE INTO yardsticks (reference, yardsticks) VALUES (?, ?)",
            [(reference, json.dumps(yardsticks.to_json()))],
        )

    def latents(self, key: str) -> Latents | None:
        rows = self._session.read("SELECT shape, data FROM latents WHERE computation_id = ?", key)
        return _array(*rows[0]) if rows else None

    def keep_latents(self, key: str, latents: Latents) -> None:
        data = np.ascontiguousarray(latents, dtype="<f2").tobytes()
        self._session.write(
            "INSERT OR REPLACE INTO latents (computation_id, shape, data) VALUES (?, ?, ?)",
            [(key, " ".join(map(str, latents.shape)), data)],
        )


def _text(sweep: Sweep) -> str:
    return json.dumps(sweep.to_json())


def _record(text: str, state: str, created: int) -> SweepRecord | None:
    try:
        return SweepRecord(Sweep.from_json(json.loads(text)), SweepState(state), moment(created))
    except MALFORMED as error:
        _log.warning("A sweep is left out: %s", error)
        return None


def _array(shape: str, data: bytes) -> Latents | None:
    try:
        sides = tuple(int(side) for side in shape.split())
        if len(sides) != 3 or min(sides) < 1 or math.prod(sides) > _LONGEST_LATENTS:
            return None
        return np.frombuffer(data, dtype="<f2").reshape(sides).astype(np.float16)
    except (ValueError, TypeError):
        return None
