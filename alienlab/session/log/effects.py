"""What sweeps measured of single renders of the log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from alienlab.domain.effects import Effect, Measures, Yardsticks
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.values import Kind, understood

_MEASURED = """SELECT DISTINCT renders.number, measures.reference, measures.measures FROM renders
    JOIN renders AS intact ON intact.recipe_hash = renders.intact_hash AND intact.recipe_hash <> ''
    JOIN measures ON measures.reference = intact.computation_id
        AND measures.computation_id = renders.computation_id AND measures.reference <> measures.computation_id
    WHERE renders.number IN (SELECT value FROM json_each(?))"""
_REFERENCES = """SELECT reference, measures FROM measures
    WHERE reference = computation_id AND reference IN (SELECT value FROM json_each(?))"""
_YARDSTICKS = "SELECT reference, yardsticks FROM yardsticks WHERE reference IN (SELECT value FROM json_each(?))"


def effects_of(session: SessionReader, numbers: Sequence[int]) -> dict[int, Effect]:
    """How far renders are from the intact ones of the same prompt and noise, where that was measured."""
    rows = session.read(_MEASURED, json.dumps(list(numbers)))
    if not rows:
        return {}
    references = json.dumps(sorted({reference for _, reference, _ in rows}))
    intact = _read(Measures.from_json, session.read(_REFERENCES, references))
    yardsticks = _read(Yardsticks.from_json, session.read(_YARDSTICKS, references))
    measured = ((number, reference, understood(Measures.from_json, text)) for number, reference, text in rows)
    return {
        number: Effect(measures, intact[reference], yardsticks.get(reference))
        for number, reference, measures in measured
        if measures is not None and reference in intact
    }


def _read(read: Callable[[Any], Kind], rows: Iterable[tuple[str, str]]) -> dict[str, Kind]:
    return {key: value for key, text in rows if (value := understood(read, text)) is not None}
