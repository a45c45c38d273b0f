"""In which order renders stand in a log, and when they were made, asked of the database alone."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from alienlab.session.log.reading import SessionReader


class Order(StrEnum):
    """What the renders of a log are ordered by."""

    TIME = "time"
    PROMPT = "prompt"
    SEED = "seed"
    STEPS = "steps"
    GUIDANCE = "guidance"


_LAB_NAME = """substr(json_extract(recipe, '$.laboratory'), instr(json_extract(recipe, '$.laboratory'), '/') + 1)
    || ' ' || json_extract(recipe, '$.experiment')"""
"""Laboratory and experiment, which stand where a prompt would."""
_KEYS = {
    Order.PROMPT: f"coalesce(json_extract(recipe, '$.prompt.text'), {_LAB_NAME}) COLLATE NOCASE",
    Order.SEED: "json_extract(recipe, '$.seed')",
    Order.STEPS: "json_extract(recipe, '$.steps')",
    Order.GUIDANCE: "json_extract(recipe, '$.guidance')",
}


def ranks(session: SessionReader, order: Order, *, falling: bool) -> dict[int, int]:
    """The place of every render; of equal ones the newer comes first. May be called from any thread."""
    way = "DESC" if falling else "ASC"
    by = f"{_KEYS[order]} {way}, number DESC" if order in _KEYS else f"number {way}"
    rows = session.read(f"SELECT number FROM renders WHERE json_valid(recipe) ORDER BY {by}")
    return {number: place for place, (number,) in enumerate(rows)}


def days_of(session: SessionReader) -> dict[int, date]:
    """The local day of every render whose time can be understood. May be called from any thread."""
    days = ((number, _day(created)) for number, created in session.read("SELECT number, created FROM renders"))
    return {number: day for number, day in days if day is not None}


def _day(created: Any) -> date | None:
    """``created`` is in microseconds since 1970, unless another program has written something else."""
    try:
        return datetime.fromtimestamp(created / 1e6).date()
    except (TypeError, ValueError, ArithmeticError, OSError):
        return None
