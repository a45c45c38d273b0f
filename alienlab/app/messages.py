"""Sentences for the user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    NOTE = "note"
    """Something to know; goes by itself."""
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence, and the actions (by their id) that are offered beside it."""

    text: str
    tone: Tone = Tone.ERROR
    offers: tuple[str, ...] = ()
    topic: str = ""
    """A message takes the place of an earlier one of its topic."""
