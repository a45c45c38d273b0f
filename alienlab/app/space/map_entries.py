"""What the concept map is made of: prompts from somewhere, and points that have a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alienlab.domain.concepts import ConceptExpression, Prompt
from alienlab.domain.errors import AlienLabError, RecipeError

MOST = 500
"""Labels of a map."""
_NOT_THINGS = "nothing"
_LETTERS_OF_AN = "aeiou"


class Source(StrEnum):
    """Where the prompts come from."""

    VOCABULARY = "all that the recogniser knows"
    TYPED = "a list of your own"


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A label of the map."""

    text: str
    point: ConceptExpression
    is_named: bool = False
    """A person gave it its name."""


def entries_of_words(words: Iterable[str]) -> list[MapEntry]:
    """Words as prompts name such things; what is no thing is left out."""
    return [MapEntry(word, Prompt(with_article(word))) for word in words if not word.startswith(_NOT_THINGS)]


def entries_of_lines(text: str, read: Callable[[str], ConceptExpression]) -> list[MapEntry]:
    """A prompt or a formula a line. Raises RecipeError for one that cannot be understood, with its number."""
    entries: list[MapEntry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if written := line.strip():
            try:
                entries.append(MapEntry(written.removeprefix("=").strip(), read(written)))
            except AlienLabError as error:
                raise RecipeError(f"Line {number}: {error}") from error
    return entries


def entries_of_names(named: Mapping[str, ConceptExpression]) -> list[MapEntry]:
    return [MapEntry(name, point, is_named=True) for name, point in named.items()]


def together(entries: Iterable[MapEntry], named: Iterable[MapEntry]) -> tuple[tuple[MapEntry, ...], int]:
    """One label a point, a name before a prompt; and how many there is no room for."""
    names = {entry.point: entry for entry in list(named)[:MOST]}
    others = list({entry.point: entry for entry in entries if entry.point not in names}.values())
    shown = others[: MOST - len(names)]
    return (*shown, *names.values()), len(others) - len(shown)


def with_article(word: str) -> str:
    """“a cat”; what is many, or has one already, stands as it is."""
    last = word.split()[-1] if word.split() else ""
    if last.endswith("s") and not last.endswith(("ss", "us", "is")):
        return word
    if word.lower().startswith(("a ", "an ", "the ")):
        return word
    return f"{'an' if word[:1].lower() in _LETTERS_OF_AN else 'a'} {word}"
