"""Patterns of modules: shell-style patterns on module paths, or ``kind=…``, or ``role=…``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from fnmatch import fnmatchcase

from alienlab.domain.anatomy import Anatomy, Kind, Role
from alienlab.domain.errors import PatternMatchesNothing


def match_pattern(pattern: str, anatomy: Anatomy) -> tuple[str, ...]:
    """Paths that match, in execution order; raise PatternMatchesNothing, naming what is close."""
    field, equals, wanted = pattern.partition("=")
    if equals and field == "kind":
        found = tuple(module.path for module in anatomy if module.kind == _member(Kind, wanted, "kind"))
    elif equals and field == "role":
        found = tuple(module.path for module in anatomy if module.role == _member(Role, wanted, "role"))
    elif pattern in anatomy:
        found = (pattern,)
    else:
        found = tuple(path for path in anatomy.paths if fnmatchcase(path, pattern))
    if not found:
        raise PatternMatchesNothing(_nothing_matches(pattern, anatomy))
    return found


def patterns_for(paths: Iterable[str], anatomy: Anatomy) -> tuple[str, ...]:
    """The fewest patterns that match exactly ``paths``: whole regions as ``region.*``, the rest by name."""
    wanted = set(paths)
    if wanted and wanted == set(anatomy.paths):
        return ("*",)
    patterns: list[str] = []
    covered: set[str] = set()
    for region in anatomy.regions:
        inside = anatomy.within(region)
        if len(inside) > 1 and not covered.intersection(inside) and wanted.issuperset(inside):
            patterns.append(f"{region}.*")
            covered.update(inside)
    patterns += [path for path in anatomy.paths if path in wanted - covered]
    return tuple(patterns)


def _member(enum: type[Kind] | type[Role], wanted: str, field: str) -> str:
    if wanted not in set(enum):
        raise PatternMatchesNothing(f"No module has {field}={wanted}. Known are {', '.join(enum)}.")
    return wanted


def _nothing_matches(pattern: str, anatomy: Anatomy) -> str:
    if pattern in anatomy.regions:
        return f"'{pattern}' is a region, not a module. Write {pattern}.* for all modules in it."
    candidates = [*anatomy.paths, *(f"{region}.*" for region in anatomy.regions)]
    close = difflib.get_close_matches(pattern, candidates, n=3, cutoff=0.4)
    hint = f" The closest are {', '.join(close)}." if close else ""
    return f"No module matches '{pattern}'.{hint}"
