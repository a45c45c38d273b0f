"""Which lesions of a session act on a module."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import PatternMatchesNothing
from alienlab.domain.patterns import match_pattern
from alienlab.session.log.reading import SessionReader


class ModuleSearch:
    """Expands each pattern of the session's lesions once."""

    def __init__(self, session: SessionReader, anatomy_of: Callable[[str], Anatomy | None]) -> None:
        self._session = session
        self._anatomy_of = anatomy_of
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def condition(self, modules: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        """What holds of the rows of ``lesions`` that act on one of these modules, in SQL, and the values in it."""
        patterns: dict[str, list[str]] = {}
        for brain, pattern in self._session.read("SELECT DISTINCT brain, pattern FROM lesions"):
            patterns.setdefault(brain, []).append(pattern)
        values: list[str] = []
        for brain, written in patterns.items():
            values += [brain, json.dumps(self._acting(brain, written, modules))]
        chosen = " OR ".join(["brain = ? AND pattern IN (SELECT value FROM json_each(?))"] * len(patterns))
        return f"({chosen or '0'})", tuple(values)

    def _acting(self, brain: str, patterns: Sequence[str], modules: Sequence[str]) -> list[str]:
        """Those of ``patterns`` that match any of the modules."""
        anatomy = self._anatomy_of(brain)
        if anatomy is None:
            return [pattern for pattern in patterns if any(_reads_alike(pattern, module) for module in modules)]
        wanted = frozenset[str]().union(*(_paths(module, anatomy) for module in modules))
        return [pattern for pattern in patterns if not wanted.isdisjoint(self._paths(brain, pattern, anatomy))]

    def _paths(self, brain: str, pattern: str, anatomy: Anatomy) -> frozenset[str]:
        if (brain, pattern) not in self._known:
            self._known[brain, pattern] = _paths(pattern, anatomy)
        return self._known[brain, pattern]


def _paths(pattern: str, anatomy: Anatomy) -> frozenset[str]:
    """None where nothing matches; a region stands for all modules in it."""
    try:
        inside = anatomy.within(pattern) if pattern in anatomy.regions else ()
        return frozenset(inside or match_pattern(pattern, anatomy))
    except PatternMatchesNothing:
        return frozenset()


def _reads_alike(pattern: str, module: str) -> bool:
    """Whether one of two texts matches the other, or is the region that the other lies in."""
    return fnmatchcase(pattern, module) or fnmatchcase(module, pattern) or pattern.startswith(f"{module}.")
