"""The words that a recogniser was taught."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from alienlab.domain.errors import RecogniserError

VOCABULARY_FILE = "vocabulary.json"
MAX_BYTES = 2**20
MOST_WORDS = 10_000
LONGEST_WORD = 80
"""In letters: a caption has to hold it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by what they answer; ``nothing`` is among the subjects and stands for an image of nothing known."""

    subjects: tuple[str, ...]
    attributes: tuple[str, ...]
    backgrounds: tuple[str, ...]
    nothing: str


def read_vocabulary(folder: Path) -> Vocabulary | None:
    """From ``vocabulary.json``; None where there is none. Raises RecogniserError for a malformed one."""
    file = folder / VOCABULARY_FILE
    if not file.is_file():
        return None
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ValueError("too large")
        data = json.loads(file.read_text(encoding="utf-8"))
        return _vocabulary(data)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecogniserError(f"{VOCABULARY_FILE} in {folder} cannot be read. Copy the recogniser again.") from error


def _vocabulary(data: dict[str, object]) -> Vocabulary:
    subjects, nothing = _words(data["subjects"]), data["nothing"]
    if not isinstance(nothing, str) or nothing not in subjects:
        raise ValueError("the word for nothing is no subject")
    return Vocabulary(subjects, _words(data["attributes"]), _words(data["backgrounds"]), nothing)


def _words(listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_WORDS or not all(map(_is_word, listed)):
        raise ValueError("not a list of words")
    return tuple(listed)


def _is_word(word: object) -> bool:
    return isinstance(word, str) and bool(word.strip()) and len(word) <= LONGEST_WORD and word.isprintable()
