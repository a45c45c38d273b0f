"""What a text in the search box means: modules found, a lesion to add, or why there is neither."""

from __future__ import annotations

from dataclasses import dataclass

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.errors import LesionError, PatternMatchesNothing
from alienlab.domain.lesions import LesionSpec
from alienlab.domain.patterns import match_pattern

_GRAMMAR = set("*?[]=:")


@dataclass(frozen=True, slots=True)
class Finding:
    """``paths`` is None where nothing is searched for."""

    paths: tuple[str, ...] | None = None
    spec: LesionSpec | None = None
    """The lesion that the whole text stands for."""
    problem: str = ""
    """One sentence on why there is nothing to find or to add."""


def find(text: str, anatomy: Anatomy) -> Finding:
    """Read ``text`` as a pattern or a lesion; a plain word also finds every path that holds it."""
    text = text.strip()
    if not text:
        return Finding()
    pattern, colon, _ = text.partition(":")
    try:
        paths = _matches(pattern.strip(), anatomy)
    except LesionError as error:
        return Finding((), problem=str(error))
    if not colon:
        return Finding(paths)
    try:
        spec = LesionSpec.parse(text)
        return Finding(match_pattern(spec.pattern, anatomy), spec)
    except LesionError as error:
        return Finding(paths, problem=str(error))


def _matches(pattern: str, anatomy: Anatomy) -> tuple[str, ...]:
    try:
        return match_pattern(pattern, anatomy)
    except PatternMatchesNothing:
        found = () if _GRAMMAR.intersection(pattern) else tuple(path for path in anatomy.paths if pattern in path)
        if not found:
            raise
        return found
