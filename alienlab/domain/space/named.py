"""Names that a person gives to points of concept space."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alienlab.domain.concepts import ConceptExpression
from alienlab.domain.errors import RecipeError

LONGEST_NAME = 60
"""Letters; as many a tag."""
MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """Raises RecipeError for a name or a tag that cannot be kept."""

    name: str
    concept: ConceptExpression
    tags: tuple[str, ...] = ()
    computation_id: str = ""
    """Of the image that was named; empty where it was a point alone."""

    def __post_init__(self) -> None:
        if self.name != checked_name(self.name) or self.tags != checked_tags(self.tags):
            raise RecipeError(f"“{self.name}” cannot be kept as it is. Write its name and tags without spare spaces.")

    @property
    def words(self) -> str:
        """Name and tags, for a person and for a search."""
        tags = f" ({', '.join(self.tags)})" if self.tags else ""
        return f"“{self.name}”{tags}"


def checked_name(text: str, taken: Iterable[str] = ()) -> str:
    """The name as it is kept. Raises RecipeError for one that cannot be, or that is ``taken``."""
    name = " ".join(text.split())
    if not name:
        raise RecipeError("Write a name first.")
    if len(name) > LONGEST_NAME:
        raise RecipeError(f"The name has {len(name)} letters. Take one of {LONGEST_NAME} at most.")
    if '"' in name or not name.isprintable():
        raise RecipeError("A name cannot hold double quotes or control characters: in formulas it stands in quotes.")
    other = next((other for other in taken if other.casefold() == name.casefold()), None)
    if other is not None:
        raise RecipeError(f"The name “{other}” is taken by another point. Take another name, or rename that one.")
    return name


def checked_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """The tags as they are kept: none of them empty, or twice. Raises RecipeError for what cannot be kept."""
    tags = {tag.casefold(): tag for text in reversed(list(texts)) if (tag := " ".join(text.split()))}
    if len(tags) > MOST_TAGS:
        raise RecipeError(f"{len(tags)} tags are too many. Take {MOST_TAGS} at most.")
    for tag in tags.values():
        if len(tag) > LONGEST_NAME or "," in tag or not tag.isprintable():
            raise RecipeError(f"The tag “{tag[:LONGEST_NAME]}” cannot be kept. Take a shorter one, without commas.")
    return tuple(reversed(tags.values()))
