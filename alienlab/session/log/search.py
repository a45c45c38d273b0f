"""Finding renders in a session by what is known of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.log_query import LogQuery
from alienlab.session.log.module_search import ModuleSearch
from alienlab.session.log.reading import SessionReader
from alienlab.session.log.values import microseconds
from alienlab.session.log.verdict_search import VerdictSearch

Condition = tuple[str, tuple[str | int, ...]]
"""What holds of a row of ``renders``, in SQL, and the values in it."""

_LISTED = "(SELECT value FROM json_each(?))"
_TAGS = "labels, json_each(CASE WHEN json_valid(labels.tags) THEN labels.tags ELSE '[]' END) AS tag"
"""A row for each tag of each label; none where another program has written something else."""
_IS_LAB = "number IN (SELECT rowid FROM words WHERE words MATCH 'settings : laboratory')"
"""Narrows down what ``_LAB`` reads, which is JSON."""
_LAB = """CASE WHEN json_valid(recipe) AND json_extract(recipe, '$.kind') = 'lab'
    THEN json_extract(recipe, '$.laboratory') || '/' || json_extract(recipe, '$.experiment') END"""
"""Plugin, laboratory and experiment of a row of ``renders``; NULL where a brain made it."""
_NOT_A_WORD = re.compile(r"[\W_]+")


class LogSearch:
    """Answers queries about an open session. May be called from any thread."""

    def __init__(
        self, session: SessionReader, anatomy_of: Callable[[str], Anatomy | None] = lambda brain_hash: None
    ) -> None:
        """``anatomy_of`` a brain's hash tells which modules patterns match; where it tells nothing, texts decide."""
        self._session = session
        self._modules = ModuleSearch(session, anatomy_of)
        self._verdicts = VerdictSearch(session)

    def numbers(self, query: LogQuery) -> list[int]:
        """Of the renders that a query lets through, newest first."""
        conditions = list(self._conditions(query))
        if not conditions and not query.binned:
            return self._session.numbers()
        conditions.append((f"binned IS {'NOT NULL' if query.binned else 'NULL'}", ()))
        wanted = " AND ".join(condition for condition, _ in conditions)
        values = [value for _, values in conditions for value in values]
        rows = self._session.read(f"SELECT number FROM renders WHERE {wanted} ORDER BY number DESC", *values)
        return [number for (number,) in rows]

    def sweeps_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """The id of the sweep that each render belongs to, of several the first; those of none are left out."""
        query = f"""SELECT renders.number, sweeps.id FROM renders
            JOIN sweep_members USING (computation_id) JOIN sweeps ON sweeps.id = sweep_members.sweep
            WHERE renders.computation_id <> '' AND renders.number IN {_LISTED}
            ORDER BY sweeps.created DESC, sweeps.rowid DESC"""
        found: dict[int, str] = dict(self._session.read(query, _list(numbers)))
        return {number: found[number] for number in numbers if number in found}

    def laboratories(self) -> tuple[str, ...]:
        """Ids without the plugin's of those that made pictures of the session, in alphabetical order."""
        names = {lab.split("/")[1] for lab in self._known_laboratories()}
        return tuple(sorted(names))

    def _known_laboratories(self) -> list[str]:
        """Each with its plugin and an experiment."""
        rows = self._session.read(f"SELECT DISTINCT {_LAB} AS lab FROM renders WHERE {_IS_LAB}")
        return [lab for (lab,) in rows if isinstance(lab, str) and lab.count("/") == 2]

    def _conditions(self, query: LogQuery) -> Iterator[Condition]:
        for column, texts in (("", query.words), ("prompt : ", query.prompt)):
            for text in texts:
                yield _written(text, column)
        if query.modules or query.operations:
            yield self._lesioned(query)
        if query.verdicts:
            keys = self._verdicts.keys(query.verdicts)
            yield f"computation_id IN {_LISTED} AND number IN (SELECT number FROM lesions)", (_list(keys),)
        for tag in query.tags:
            yield self._tagged(tag)
        if query.starred:
            yield "number IN (SELECT number FROM labels WHERE star)", ()
        if query.after is not None:
            yield "created >= ?", (_midnight(query.after),)
        if query.before is not None and query.before < date.max:
            yield "created < ?", (_midnight(query.before + timedelta(days=1)),)
        if query.sweeps:
            yield self._of_sweeps(query.sweeps)
        if query.laboratories:
            yield self._of_laboratories(query.laboratories)

    def _lesioned(self, query: LogQuery) -> Condition:
        """With a lesion that acts on one of the modules, by one of the operations."""
        conditions: list[Condition] = []
        if query.modules:
            conditions.append(self._modules.condition(query.modules))
        if query.operations:
            conditions.append((f"operation IN {_LISTED}", (_list(map(str, query.operations)),)))
        wanted = " AND ".join(condition for condition, _ in conditions)
        values = tuple(value for _, values in conditions for value in values)
        return f"number IN (SELECT number FROM lesions WHERE {wanted})", values

    def _tagged(self, tag: str) -> Condition:
        """Large and small letters are the same."""
        known = self._session.read(f"SELECT DISTINCT tag.value FROM {_TAGS}")
        same = [written for (written,) in known if str(written).casefold() == tag.casefold()]
        tagged = f"SELECT labels.number FROM {_TAGS} WHERE tag.value IN {_LISTED}"
        return f"number IN ({tagged})", (_list(same),)

    def _of_sweeps(self, wanted: Sequence[str]) -> Condition:
        titles = self._session.read("SELECT id, title FROM sweeps")
        ids = [sweep for sweep, title in titles if any(_is_called(sweep, str(title), text) for text in wanted)]
        members = f"SELECT computation_id FROM sweep_members WHERE sweep IN {_LISTED}"
        return f"computation_id <> '' AND computation_id IN ({members})", (_list(ids),)

    def _of_laboratories(self, wanted: Sequence[str]) -> Condition:
        patterns = [text.casefold() for text in wanted]
        fitting = [lab for lab in self._known_laboratories() if any(_is_lab(lab, pattern) for pattern in patterns)]
        return f"{_IS_LAB} AND {_LAB} IN {_LISTED}", (_list(fitting),)


def _written(text: str, column: str) -> Condition:
    """With a phrase that begins like this; signs that are no letters and digits are not looked for."""
    phrase = _NOT_A_WORD.sub(" ", text).strip()
    if not phrase:
        return "1", ()
    return "number IN (SELECT rowid FROM words WHERE words MATCH ?)", (f'{column}"{phrase}" *',)


def _is_called(sweep: str, title: str, wanted: str) -> bool:
    return sweep == wanted or all(word in title.casefold() for word in wanted.casefold().split())


def _is_lab(laboratory: str, pattern: str) -> bool:
    """``laboratory`` is ``plugin/laboratory/experiment``; the pattern may leave out the first and the last."""
    plugin, name, experiment = laboratory.split("/")
    forms = (name, f"{name}/{experiment}", f"{plugin}/{name}", laboratory)
    return any(fnmatchcase(form.casefold(), pattern) for form in forms)


def _midnight(day: date) -> int:
    """When a day begins here, in microseconds since 1970."""
    try:
        begins = datetime.combine(day, datetime.min.time()).astimezone(UTC)
    except (OverflowError, ValueError, OSError):  # so long ago or far ahead that no clock tells
        begins = datetime.combine(day, datetime.min.time(), UTC)
    return microseconds(begins)


def _list(values: Iterable[str | int]) -> str:
    return json.dumps(list(values))
