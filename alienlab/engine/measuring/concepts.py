"""The concept words of a prompt, and how likely a recogniser finds them in images."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.recognition import Ranking
from alienlab.engine.recognition.common_things import COMMON_THINGS, NOTHING, sentence
from alienlab.engine.recognition.recogniser import Recogniser

SURE = 0.5
"""Probability from which the likeliest subject of a reference stands for a prompt without a word that is known."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Probabilities [images, words] for all words that the recogniser knows, kind by kind."""

    words: tuple[str, ...]
    probabilities: NDArray[np.float32]
    nothing: str

    @classmethod
    def by(cls, recogniser: Recogniser, embeddings: NDArray[np.float32]) -> Seen:
        """The list is always the same: what the recogniser was taught, or common things, and nothing known."""
        vocabulary = recogniser.vocabulary
        if vocabulary is None:
            said = tuple(map(sentence, COMMON_THINGS))
            return cls(COMMON_THINGS, recogniser.probabilities_of(embeddings, said), NOTHING)
        kinds = (vocabulary.subjects, vocabulary.attributes, vocabulary.backgrounds)
        found = [recogniser.probabilities_of(embeddings, kind) for kind in kinds]
        return cls(tuple(word for kind in kinds for word in kind), np.concatenate(found, axis=1), vocabulary.nothing)

    def ranking(self, image: int, words: Sequence[str]) -> Ranking:
        return tuple((word, float(self.probabilities[image, self.words.index(word)])) for word in words)

    def nothing_in(self, image: int) -> float:
        """How likely an image is of nothing known."""
        return float(self.probabilities[image, self.words.index(self.nothing)])

    def concepts_of(self, prompt: str, image: int) -> tuple[str, ...]:
        """The known words in ``prompt``, longer ones first where they overlap; else what the image is surely of."""
        found, left = [], prompt.casefold()
        for word in sorted(self.words, key=len, reverse=True):
            pattern = rf"\b{re.escape(word.casefold())}\b"
            if word != self.nothing and re.search(pattern, left):
                found.append(word)
                left = re.sub(pattern, " ", left)
        if found:
            return tuple(sorted(found, key=prompt.casefold().index))
        best = int(np.argmax(self.probabilities[image]))
        sure = self.probabilities[image, best] >= SURE and self.words[best] != self.nothing
        return (self.words[best],) if sure else ()
