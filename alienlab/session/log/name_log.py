"""What a session keeps of named points."""

from __future__ import annotations

import json
import logging

from alienlab.domain.concepts import concept_from_json
from alienlab.domain.space.named import NamedPoint
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.values import MALFORMED, now

_log = logging.getLogger(__name__)


class NameLog:
    """The names of an open session.

    Writing raises SessionError where the session is not open for writing. May be called from any thread.
    """

    def __init__(self, session: SessionReader) -> None:
        self._session = session

    def points(self) -> list[NamedPoint]:
        """In the order in which they were named. One that this version cannot understand is left out."""
        rows = self._session.read("SELECT name, concept, tags, computation_id FROM names ORDER BY created, name")
        return [point for row in rows if (point := _point(*row)) is not None]

    def has(self, name: str) -> bool:
        """Whether exactly this name is there, also where its point cannot be understood."""
        return bool(self._session.read("SELECT 1 FROM names WHERE name = ?", name))

    def add(self, point: NamedPoint) -> None:
        """Keep a point in place of the one of the same name, if there is any."""
        self._session.write(
            "INSERT INTO names (name, created, concept, tags, computation_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET created = excluded.created, concept = excluded.concept, "
            "tags = excluded.tags, computation_id = excluded.computation_id",
            [(point.name, now(), *_columns(point))],
        )

    def change(self, name: str, point: NamedPoint) -> None:
        """Keep another name, tags or point where ``name`` was; its place in the order stays."""
        self._session.write(
            "UPDATE names SET name = ?, concept = ?, tags = ?, computation_id = ? WHERE name = ?",
            [(point.name, *_columns(point), name)],
        )

    def remove(self, name: str) -> None:
        self._session.write("DELETE FROM names WHERE name = ?", [(name,)])


def _columns(point: NamedPoint) -> tuple[str, str, str]:
    return json.dumps(point.concept.to_json()), json.dumps(point.tags), point.computation_id


def _point(name: str, concept: str, tags: str, computation_id: str) -> NamedPoint | None:
    try:
        return NamedPoint(name, concept_from_json(json.loads(concept)), _tags(tags), computation_id)
    except MALFORMED as error:
        _log.warning("A name is left out: %s", error)
        return None


def _tags(text: str) -> tuple[str, ...]:
    listed = json.loads(text)
    if not isinstance(listed, list) or not all(isinstance(tag, str) for tag in listed):
        raise ValueError("malformed tags")
    return tuple(listed)
