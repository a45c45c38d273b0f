"""Times and JSON as they stand in the log's database."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from alienlab.domain.errors import AlienLabError

MALFORMED = (AlienLabError, ValueError, TypeError, ArithmeticError, RecursionError, AttributeError)
"""What reading a value raises that another version wrote, or another program."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


Kind = TypeVar("Kind")


def microseconds(moment: datetime) -> int:
    """Since 1970, of a moment with a time zone."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def now() -> int:
    """In microseconds since 1970."""
    return microseconds(datetime.now(UTC))


def moment(since: int) -> datetime:
    """In UTC, of microseconds since 1970. Raises OverflowError or TypeError for what is none."""
    return EPOCH + timedelta(microseconds=since)


def understood(read: Callable[[Any], Kind], text: str) -> Kind | None:
    """What ``read`` makes of a text's JSON; None for what this version cannot understand."""
    try:
        return read(json.loads(text))
    except MALFORMED:
        return None
