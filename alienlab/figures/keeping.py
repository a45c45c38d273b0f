"""Whether what an intact mind shows is still there in an altered one."""

from __future__ import annotations

from collections.abc import Sequence

from alienlab.domain.effects import THRESHOLDS
from alienlab.domain.recognition import SEEN, Ranking, Recognition
from alienlab.figures.studio import Shot, Studio

_ABSENT = "no "


def recognised_words(intact: Recognition | None) -> tuple[str, ...]:
    """Subject and attribute of which the recogniser is sure; none where the image is of nothing known."""
    if intact is None or intact.is_lost:
        return ()
    best = (*intact.subjects[:1], *intact.attributes[:1])
    return tuple(word for word, share in best if share >= SEEN and not word.startswith(_ABSENT))


def kept_share(intact: Recognition | None, now: Recognition | None) -> float | None:
    """The smallest share that one of the ``recognised_words`` keeps of its probability; None where there are none."""
    words = recognised_words(intact)
    if intact is None or now is None or not words:
        return None
    return min(min(1.0, _probability(now, word) / _probability(intact, word)) for word in words)


def kept_shares(studio: Studio, shots: Sequence[Shot]) -> list[float | None]:
    """Of all the shots beside the first, which is the intact one."""
    intact, *others = studio.recognise(shots)
    return [kept_share(intact, one) for one in (intact, *others)]


def is_kept(share: float | None) -> bool:
    return share is not None and share >= THRESHOLDS.kept


def _probability(said: Recognition, word: str) -> float:
    rankings: tuple[Ranking, ...] = (said.subjects, said.attributes)
    return max((share for ranking in rankings for known, share in ranking if known == word), default=0.0)
