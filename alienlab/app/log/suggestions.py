"""What can stand in a filter of the log, offered while it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alienlab.domain.effects import Verdict
from alienlab.domain.lesions import Operation

KEYS = ("prompt:", "module:", "op:", "verdict:", "tag:", "is:starred", "after:", "before:", "sweep:", "lab:", "in:bin")
"""Those with a value stand whole."""
MOST = 12
"""Suggestions at once."""

_TERM = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*(?:"|\\?$))+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What occurs in a session, and today's date."""

    tags: Sequence[str] = ()
    sweeps: Sequence[str] = ()
    """Titles."""
    laboratories: Sequence[str] = ()
    """Ids."""
    today: date


def term_at(text: str, cursor: int) -> tuple[int, int]:
    """Where the term begins and ends that the cursor is in, or at the end of."""
    for match in _TERM.finditer(text):
        if match.start() <= cursor <= match.end():
            return match.start(), match.end()
    return cursor, cursor


def suggestions(term: str, vocabulary: Vocabulary) -> list[str]:
    """Whole terms that begin as this one does, or one of whose words does; none for a blank one."""
    key, colon, value = term.partition(":")
    if not colon:
        return [known for known in KEYS if term and known.startswith(term.casefold()) and known != term]
    wanted = value.strip('"').casefold()
    offered = [
        f"{key.casefold()}:{quoted(one)}"
        for one in _values(key.casefold(), vocabulary)
        if _begins(one.casefold(), wanted)
    ]
    return [one for one in offered[:MOST] if one != term]


def quoted(text: str) -> str:
    """As it stands in a filter."""
    if re.fullmatch(r'[^\s"\\:]+', text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _begins(value: str, wanted: str) -> bool:
    """Whether it, or one of its words, begins so."""
    return value.startswith(wanted) or any(word.startswith(wanted) for word in value.split())


def _values(key: str, vocabulary: Vocabulary) -> Iterable[str]:
    today = vocabulary.today
    match key:
        case "op":
            return [str(operation) for operation in Operation]
        case "verdict":
            return [str(verdict) for verdict in Verdict]
        case "tag":
            return vocabulary.tags
        case "sweep":
            return dict.fromkeys(vocabulary.sweeps)
        case "lab":
            return vocabulary.laboratories
        case "after" | "before":
            return [(today - timedelta(days=days)).isoformat() for days in (0, 1, 7, 30)]
        case "is":
            return ["starred"]
        case "in":
            return ["bin"]
    return ()
