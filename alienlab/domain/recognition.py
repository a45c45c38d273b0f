"""What a recogniser says that an image is of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_WORDS = 10
"""Words of one kind that are kept."""
LONGEST_WORD = 80
"""Letters of a word that are read back from a file."""

SEEN = 0.5
"""From this probability on, an attribute or a background is said in one line with the subject."""
ALSO_SEEN = 0.3
"""The same for a second subject."""
_ABSENT = "no "
"""Words such as “no attribute” begin like this: what is not there needs no room in a caption."""

Ranking = tuple[tuple[str, float], ...]
"""Words with their probabilities, 0 to 1, the most likely first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The most likely words for one image, by what they answer. Probabilities hold among the words of one kind."""

    subjects: Ranking
    """At least one word."""
    attributes: Ranking = ()
    """Empty, as ``backgrounds``, where the recogniser was not taught any."""
    backgrounds: Ranking = ()
    nothing: str = ""
    """The subject that stands for an image of nothing known; empty where there is none."""
    recogniser: str = ""
    """Who says so: a hub id, or the end of a folder's path."""

    @property
    def is_lost(self) -> bool:
        """Whether the image is most likely of nothing that the recogniser knows."""
        return bool(self.nothing) and self.subjects[0][0] == self.nothing

    @property
    def parts(self) -> tuple[str, ...]:
        """What an image is of in a few words, such as ``cat 98 %``, the most telling first."""
        if self.is_lost:
            return (_said(*self.subjects[0]),)
        also = [entry for entry in self.subjects[1:2] if entry[1] >= ALSO_SEEN and entry[0] != self.nothing]
        worn, behind = _likely(self.attributes), _likely(self.backgrounds)
        return tuple(_said(*entry) for entry in (self.subjects[0], *also, *worn, *behind))

    @property
    def summary(self) -> str:
        """``parts`` on one line."""
        return " · ".join(self.parts)

    def lines(self, count: int = 5) -> tuple[str, ...]:
        """The first ``count`` words of each kind, a line for each kind that there is."""
        kinds = (("Subject", self.subjects), ("Attribute", self.attributes), ("Background", self.backgrounds))
        return tuple(
            f"{kind}: {', '.join(_said(*entry) for entry in ranking[:count])}" for kind, ranking in kinds if ranking
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "subjects": _as_lists(self.subjects),
            "attributes": _as_lists(self.attributes),
            "backgrounds": _as_lists(self.backgrounds),
            "nothing": self.nothing,
            "recogniser": self.recogniser,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recognition:
        """Read what ``to_json`` wrote; raise ValueError for anything else."""
        try:
            read = cls(
                subjects=_ranking(data["subjects"]),
                attributes=_ranking(data["attributes"]),
                backgrounds=_ranking(data["backgrounds"]),
                nothing=_word(data["nothing"]),
                recogniser=_word(data["recogniser"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"malformed recognition: {error}") from error
        if not read.subjects:
            raise ValueError("malformed recognition: no subject")
        return read


def percent(probability: float) -> str:
    """``98 %``; what is not nought never reads as it."""
    return "< 1 %" if 0 < probability < 0.01 else f"{math.floor(100 * probability + 0.5)} %"


def _said(word: str, probability: float) -> str:
    return f"{word} {percent(probability)}"


def _likely(ranking: Ranking) -> Ranking:
    return tuple(entry for entry in ranking[:1] if entry[1] >= SEEN and not entry[0].startswith(_ABSENT))


def _as_lists(ranking: Ranking) -> list[list[Any]]:
    return [[word, float(f"{probability:.4g}")] for word, probability in ranking]


def _ranking(listed: Any) -> Ranking:
    if not isinstance(listed, list):
        raise ValueError("malformed recognition: no list of words")
    return tuple((_word(word), _probability(value)) for word, value in listed[:MOST_WORDS])


def _word(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueError("malformed recognition: no word")
    return text[:LONGEST_WORD]


def _probability(value: Any) -> float:
    if not 0 <= float(value) <= 1:
        raise ValueError("malformed recognition: no probability")
    return float(value)
