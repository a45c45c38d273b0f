"""Which images of a session got a verdict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from alienlab.domain.effects import Effect, Measures, Verdict, Yardsticks
from alienlab.session.log.reading import SessionReader

_MEASURED = """SELECT measures.reference, measures.computation_id, measures.measures, intact.measures, yardsticks
    FROM measures JOIN measures AS intact
    ON intact.reference = measures.reference AND intact.computation_id = measures.reference
    LEFT JOIN yardsticks ON yardsticks.reference = measures.reference
    WHERE measures.computation_id <> measures.reference"""


class VerdictSearch:
    """Verdicts follow from measures and yardsticks; what has not changed since is not thought over again."""

    def __init__(self, session: SessionReader) -> None:
        self._session = session
        self._known: dict[tuple[str, str], tuple[int, Verdict | None]] = {}
        self._answered: tuple[object, list[tuple[str, Verdict | None]]] = None, []

    def keys(self, verdicts: Iterable[Verdict]) -> list[str]:
        """Computation ids of the images with one of these verdicts."""
        wanted = set(verdicts)
        revision, judged = self._answered
        if revision != (now := self._session.revision()):
            judged = list(self._judged())
            self._answered = now, judged
        return [key for key, verdict in judged if verdict in wanted]

    def _judged(self) -> Iterator[tuple[str, Verdict | None]]:
        for reference, key, *texts in self._session.read(_MEASURED):
            written = hash(tuple(texts))
            known = self._known.get((reference, key))
            if known is None or known[0] != written:
                known = self._known[reference, key] = written, _verdict(*texts)
            yield key, known[1]


def _verdict(measures: str, intact: str, yardsticks: str | None) -> Verdict | None:
    """None for what this version cannot understand."""
    try:
        reference = _reference(intact, yardsticks)
        return Effect(Measures.from_json(json.loads(measures)), *reference).verdict
    except (ValueError, TypeError, RecursionError):
        return None


@lru_cache(maxsize=64)
def _reference(intact: str, yardsticks: str | None) -> tuple[Measures, Yardsticks | None]:
    """What all images beside one intact image share."""
    return (
        Measures.from_json(json.loads(intact)),
        None if yardsticks is None else Yardsticks.from_json(json.loads(yardsticks)),
    )
