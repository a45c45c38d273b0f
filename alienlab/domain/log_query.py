"""What the session log is filtered by, and its text form.

Text form: words and ``key:value`` pairs in any order, such as
``party hat prompt:cat module:mid_block.* op:zero verdict:noise tag:good is:starred after:2026-11-01
before:2026-12-01 sweep:"each module" lab:iterated-maps in:bin``. Quotes hold together what has spaces in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from alienlab.domain.effects import Verdict
from alienlab.domain.errors import QueryError
from alienlab.domain.lesions import AnyOperation, Operation, read_operation

_TERM = re.compile(
    r"""(?P<lone>[A-Za-z]+):(?=\s|$)
      | (?:(?P<key>[A-Za-z]+):)? (?:"(?P<quoted>(?:[^"\\]|\\.)*)(?:"|\\?$) | (?P<plain>\S+))""",
    re.DOTALL | re.VERBOSE,
)
_PLAIN = re.compile(r'(?![A-Za-z]+:)[^\s"]\S*')
_KEYS = {
    "prompt": "prompt",
    "module": "modules",
    "op": "operations",
    "verdict": "verdicts",
    "tag": "tags",
    "sweep": "sweeps",
    "lab": "laboratories",
    "after": "after",
    "before": "before",
    "is": "starred",
    "in": "binned",
}
"""The field that each key fills."""
_ONLY = {"is": "starred", "in": "bin"}
"""The one value of a key that switches a field on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """The empty query lets everything through that is not in the bin. Empty texts in it are dropped.

    Where a field holds several entries, one of them is enough for modules, operations, verdicts, sweeps and
    laboratories; of words, words of the prompt and tags all must be there. Modules and operations are looked for in
    the same lesion.
    """

    words: tuple[str, ...] = ()
    """Beginnings of words, or of phrases, in anything that is written about a render."""
    prompt: tuple[str, ...] = ()
    """The same in the prompt alone."""
    modules: tuple[str, ...] = ()
    """Paths of modules or regions, or patterns as lesions have them."""
    operations: tuple[AnyOperation, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    tags: tuple[str, ...] = ()
    starred: bool = False
    """Whether only those with a star are wanted."""
    after: date | None = None
    """Local dates, the days themselves included."""
    before: date | None = None
    sweeps: tuple[str, ...] = ()
    """Ids, or words of titles."""
    laboratories: tuple[str, ...] = ()
    """Ids as ``iterated-maps``, ``iterated-maps/density`` with the experiment, and both with the plugin before them;
    ``*`` stands for anything.
    """
    binned: bool = False
    """Whether those in the bin are wanted, and only those."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                object.__setattr__(self, field.name, tuple(entry for entry in value if entry.strip()))

    @classmethod
    def parse(cls, text: str) -> LogQuery:
        """Read the text form. Raises QueryError, which names the word and says what to write instead."""
        found: dict[str, Any] = {}
        for match in _TERM.finditer(text):
            key, value = _key(match), _value(match)
            field = "words" if key is None else _KEYS[key]
            read = value if key is None else _read(key, value)
            found[field] = (*found.get(field, ()), read) if field in _LISTS else read
        return cls(**found)

    def __str__(self) -> str:
        """The text form, in one order; ``parse`` reads it back to the same query."""
        terms = [_quoted(word) for word in self.words]
        for key, field in _KEYS.items():
            value = getattr(self, field)
            if field in _LISTS:
                terms += [f"{key}:{_quoted(str(entry))}" for entry in value]
            elif key in _ONLY:
                terms += [f"{key}:{_ONLY[key]}"] if value else []
            elif value is not None:
                terms.append(f"{key}:{value.isoformat()}")
        return " ".join(terms)


_LISTS = {field.name for field in fields(LogQuery) if field.default == ()}


def _key(match: re.Match[str]) -> str | None:
    """None for a plain word."""
    written = match["key"] or match["lone"]
    if written is None:
        return None
    key = written.lower()
    if key not in _KEYS:
        known = ", ".join(f"{key}:" for key in _KEYS)
        raise QueryError(
            f"“{written}:” is not known. Write one of {known}; or put the word in quotes to look for it as it is."
        )
    return key


def _value(match: re.Match[str]) -> str:
    if match["quoted"] is not None:
        return re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.DOTALL)
    return match["plain"] or ""


def _read(key: str, value: str) -> object:
    if not value.strip():
        raise QueryError(f"Nothing stands after “{key}:”. Write it without a space, such as {key}:{_EXAMPLES[key]}.")
    if key in _ONLY:
        if value.lower() != _ONLY[key]:
            raise QueryError(f"“{key}:{value}” is not known. Write {key}:{_ONLY[key]}.")
        return True
    return _READERS.get(key, str)(value)


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise QueryError(f"“{text}” is not a date. Write year, month and day, such as 2026-11-30.")


def _operation(text: str) -> AnyOperation:
    operation = read_operation(text.lower())
    if operation is None:
        raise QueryError(f"“{text}” is not an operation. Write one of {', '.join(Operation)}, or plugin/operation.")
    return operation


def _verdict(text: str) -> Verdict:
    """A verdict, or its beginning where no other begins like this."""
    wanted = " ".join(re.split(r"[\s_-]+", text.strip().lower()))
    close = [verdict for verdict in Verdict if verdict.startswith(wanted)]
    if wanted in set(Verdict) or len(close) == 1:
        return Verdict(wanted) if wanted in set(Verdict) else close[0]
    raise QueryError(f"“{text}” is not a verdict. Write one of {_listed(Verdict)}.")


def _listed(values: Iterable[StrEnum]) -> str:
    return ", ".join(_quoted(value) for value in values)


def _quoted(text: str) -> str:
    """As it is where that reads back; else in quotes."""
    if _PLAIN.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_READERS: dict[str, Callable[[str], object]] = {
    "op": _operation,
    "verdict": _verdict,
    "after": _date,
    "before": _date,
}
_EXAMPLES = {
    "prompt": "cat",
    "module": "mid_block.*",
    "op": "zero",
    "verdict": "noise",
    "tag": "good",
    "sweep": '"each module"',
    "lab": "iterated-maps",
    "after": "2026-11-01",
    "before": "2026-11-30",
    "is": "starred",
    "in": "bin",
}
