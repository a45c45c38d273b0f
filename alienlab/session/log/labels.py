"""What a person writes about renders: a star, a name, tags and notes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alienlab.session.log.reading import SessionReader

_KEEP = """INSERT INTO labels (number, star, name, tags, notes) SELECT number, ?, ?, ?, ? FROM renders WHERE number = ?
    ON CONFLICT (number) DO UPDATE SET star = excluded.star, name = excluded.name, tags = excluded.tags,
    notes = excluded.notes"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is written about one render."""

    star: bool = False
    name: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""


UNLABELLED = Label()


class LabelLog:
    """The labels of an open session.

    Writing raises SessionError where the session is not open for writing. May be called from any thread.
    """

    def __init__(self, session: SessionReader) -> None:
        self._session = session

    def all(self) -> dict[int, Label]:
        """Of all renders that have one, also of those in the bin."""
        return _labels(self._session.read("SELECT number, star, name, tags, notes FROM labels"))

    def of(self, numbers: Sequence[int]) -> dict[int, Label]:
        """For each of these renders its label; an empty one where nothing is written."""
        query = "SELECT number, star, name, tags, notes FROM labels WHERE number IN (SELECT value FROM json_each(?))"
        found = _labels(self._session.read(query, json.dumps(list(numbers))))
        return {number: found.get(number, UNLABELLED) for number in numbers}

    def keep(self, number: int, label: Label) -> None:
        """Write a label in place of the one that is there; nothing happens where there is no such render."""
        self.keep_all({number: label})

    def keep_all(self, labels: Mapping[int, Label]) -> None:
        """``keep`` for several renders, all or none."""
        kept = [
            (int(label.star), label.name, json.dumps(label.tags, ensure_ascii=False), label.notes, number)
            for number, label in labels.items()
            if label != UNLABELLED
        ]
        emptied = [(number,) for number, label in labels.items() if label == UNLABELLED]
        self._session.write_together([(_KEEP, kept), ("DELETE FROM labels WHERE number = ?", emptied)])

    def tags(self) -> dict[str, int]:
        """How many renders have each tag, the most frequent first; without the bin."""
        query = "SELECT tags FROM labels JOIN renders USING (number) WHERE binned IS NULL AND tags <> '[]'"
        counted = Counter(tag for (text,) in self._session.read(query) for tag in _tags(text))
        return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0].casefold())))


def _labels(rows: Iterable[tuple[int, int, str, str, str]]) -> dict[int, Label]:
    return {
        number: Label(star=bool(star), name=_text(name), tags=_tags(tags), notes=_text(notes))
        for number, star, name, tags, notes in rows
    }


def _text(value: object) -> str:
    """Nothing where another program has written something else."""
    return value if isinstance(value, str) else ""


def _tags(text: str) -> tuple[str, ...]:
    """No tags where another program has written something else."""
    try:
        listed = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return ()
    return tuple(tag for tag in listed if isinstance(tag, str)) if isinstance(listed, list) else ()
