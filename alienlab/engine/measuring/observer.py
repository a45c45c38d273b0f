"""Looks at finished images: what they are of, and how far they are from their references."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alienlab.domain.effects import Measures
from alienlab.domain.errors import RecogniserError
from alienlab.domain.events import Image, Latents
from alienlab.domain.ports import Reference
from alienlab.domain.recognition import Recognition
from alienlab.engine.measuring.concepts import Seen
from alienlab.engine.measuring.pictures import flatness, noise_likeness, pixel_distance, similarity
from alienlab.engine.recognition.attached import AttachedRecogniser
from alienlab.engine.recognition.recogniser import Recogniser, distances
from alienlab.engine.recognition.recognising import fitting_parts, recognise_seen

MOST_REMEMBERED = 64
"""References whose embeddings are kept: a sweep comes back to the same few."""

Embeddings = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Observation:
    """What is said of one image, where it was asked for."""

    recognition: Recognition | None = None
    measures: Measures | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """An image to look at, with what is known of it."""

    image: Image
    latents: Latents | None = None
    reference: Reference | None = None
    """What it is measured against; None where it is not to be measured."""


class Observer:
    """Embeds images once for all that is asked. A recogniser that cannot be used is said once, and done without."""

    def __init__(self, attached: AttachedRecogniser, *, cell: int) -> None:
        """``cell`` is the number of pixels a latent pixel."""
        self._attached, self._cell = attached, cell
        self._remembered: dict[bytes, Embeddings] = {}
        self._is_said = False

    def observe(self, subjects: Sequence[Subject], *, recognise: bool) -> tuple[list[Observation], tuple[str, ...]]:
        """One observation a subject, and a sentence where the recogniser cannot say anything, once."""
        if not recognise and all(subject.reference is None for subject in subjects):
            return [Observation()] * len(subjects), ()
        if self._attached.is_offered:
            return self._observe_by_plugin(subjects, recognise=recognise)
        try:
            return self._observe(subjects, self._recogniser(), recognise=recognise), ()
        except RecogniserError as error:
            return self._observe(subjects, None, recognise=False), self._said_once(error)

    def _observe_by_plugin(
        self, subjects: Sequence[Subject], *, recognise: bool
    ) -> tuple[list[Observation], tuple[str, ...]]:
        """It embeds no images, so that what is measured of them is measured without it."""
        seen = self._observe(subjects, None, recognise=False)
        if not recognise:
            return seen, ()
        try:
            recognitions = self._attached.recognise([subject.image for subject in subjects])
        except RecogniserError as error:
            return seen, self._said_once(error)
        return [Observation(said, one.measures) for said, one in zip(recognitions, seen, strict=True)], ()

    def _said_once(self, error: RecogniserError) -> tuple[str, ...]:
        notes = () if self._is_said else (str(error),)
        self._is_said = True
        return notes

    def _recogniser(self) -> Recogniser | None:
        return None if self._attached.name is None else self._attached.get()

    def _observe(
        self, subjects: Sequence[Subject], recogniser: Recogniser | None, *, recognise: bool
    ) -> list[Observation]:
        name = self._attached.name or ""
        embeddings, recognitions = None, [None] * len(subjects)
        with fitting_parts(name):
            if recogniser is not None:
                embeddings = recogniser.embeddings([subject.image for subject in subjects])
            if recogniser is not None and embeddings is not None and recognise:
                recognitions = recognise_seen(recogniser, embeddings, name=name)
            measures = self._measure(subjects, recogniser, embeddings)
        return [Observation(*pair) for pair in zip(recognitions, measures, strict=True)]

    def _measure(
        self, subjects: Sequence[Subject], recogniser: Recogniser | None, embeddings: Embeddings | None
    ) -> list[Measures | None]:
        measured: list[Measures | None] = [None] * len(subjects)
        for reference in {id(one.reference): one.reference for one in subjects}.values():
            if reference is None:
                continue
            rows = [row for row, subject in enumerate(subjects) if subject.reference is reference]
            own = None if embeddings is None else embeddings[rows]
            compared = self._compare([subjects[row] for row in rows], reference, recogniser, own)
            for row, measures in zip(rows, compared, strict=True):
                measured[row] = measures
        return measured

    def _compare(
        self,
        subjects: Sequence[Subject],
        reference: Reference,
        recogniser: Recogniser | None,
        embeddings: Embeddings | None,
    ) -> list[Measures]:
        images = np.stack([subject.image for subject in subjects])
        alike = similarity(images, reference.image)
        pixels = pixel_distance(images, reference.image)
        noises, flat = noise_likeness(images, cell=self._cell), flatness(images)
        said = self._said(reference, recogniser, embeddings, len(subjects))
        return [
            Measures(
                perceptual=perceptual,
                ssim=float(alike[row]),
                pixel=float(pixels[row]),
                latent_cosine=_cosine(subject.latents, reference.latents),
                concepts=concepts,
                nothing=nothing,
                noise=float(noises[row]),
                flatness=float(flat[row]),
            )
            for row, (subject, (perceptual, concepts, nothing)) in enumerate(zip(subjects, said, strict=True))
        ]

    def _said(self, reference: Reference, recogniser: Recogniser | None, embeddings: Embeddings | None, count: int):
        """For each image what the recogniser says: distance, concepts and how likely it is of nothing."""
        if recogniser is None or embeddings is None:
            return [(None, (), None)] * count
        own = self._embedding(reference.image, recogniser)
        far = distances(embeddings, own)
        words = Seen.by(recogniser, own).concepts_of(reference.prompt, 0)
        seen = Seen.by(recogniser, embeddings)
        return [(float(far[row]), seen.ranking(row, words), seen.nothing_in(row)) for row in range(count)]

    def _embedding(self, image: Image, recogniser: Recogniser) -> Embeddings:
        key = hashlib.sha256(image.tobytes()).digest()
        if key not in self._remembered:
            while len(self._remembered) >= MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[key] = recogniser.embeddings([image])
        return self._remembered[key]


def _cosine(latents: Latents | None, other: Latents | None) -> float | None:
    if latents is None or other is None or latents.shape != other.shape:
        return None
    first, second = (array.astype(np.float64).ravel() for array in (latents, other))
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / lengths if lengths > 0 and np.isfinite(lengths) else None
