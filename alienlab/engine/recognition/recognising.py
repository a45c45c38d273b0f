"""Says in words what images are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Image
from alienlab.domain.recognition import MOST_WORDS, Ranking, Recognition
from alienlab.engine.recognition.common_things import COMMON_THINGS, NOTHING, sentence
from alienlab.engine.recognition.recogniser import Recogniser

_UNFIT = (ValueError, RuntimeError, IndexError, TypeError, KeyError, ArithmeticError)
"""What a model raises whose tokenizer or image processor is of another one."""


def recognise(
    recogniser: Recogniser, images: Sequence[Image], *, words: Sequence[str] | None = None, name: str = ""
) -> list[Recognition]:
    """One Recognition an image: among ``words``, else those that the recogniser was taught, else common things.

    Raises RecogniserError where the recogniser's parts do not work together.
    """
    if words is not None and not words:
        raise RecogniserError("There are no words to choose among. Give at least one, such as cat.")
    with fitting_parts(name):
        return recognise_seen(recogniser, recogniser.embeddings(images), words=words, name=name)


@contextmanager
def fitting_parts(name: str) -> Iterator[None]:
    """Turn what a recogniser raises whose parts do not work together into RecogniserError."""
    try:
        yield
    except _UNFIT as error:
        raise RecogniserError(
            f"The recogniser {name} cannot look at images: its files do not belong together. Copy it again."
        ) from error


def recognise_seen(
    recogniser: Recogniser, seen: NDArray[np.float32], *, words: Sequence[str] | None = None, name: str = ""
) -> list[Recognition]:
    """As ``recognise``, of images whose embeddings are known."""
    vocabulary = recogniser.vocabulary
    if words is not None or vocabulary is None:
        asked = tuple(words or COMMON_THINGS)
        said = asked if vocabulary is not None else tuple(map(sentence, asked))
        subjects = _rankings(recogniser.probabilities_of(seen, said), asked)
        nothing = NOTHING if NOTHING in asked else ""
        return [Recognition(subjects=ranking, nothing=nothing, recogniser=name) for ranking in subjects]
    kinds = (vocabulary.subjects, vocabulary.attributes, vocabulary.backgrounds)
    answers = [_rankings(recogniser.probabilities_of(seen, kind), kind) for kind in kinds]
    return [
        Recognition(subjects=of, attributes=with_, backgrounds=before, nothing=vocabulary.nothing, recogniser=name)
        for of, with_, before in zip(*answers, strict=True)
    ]


def _rankings(probabilities: NDArray[np.float32], words: Sequence[str]) -> list[Ranking]:
    if not np.isfinite(probabilities).all():
        raise ValueError("probabilities that are not finite")
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :MOST_WORDS]
    return [
        tuple((words[int(place)], min(1.0, float(row[place]))) for place in places)
        for row, places in zip(probabilities, order, strict=True)
    ]
