"""What is said of images beside their references, on a tiny recogniser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from alienlab.domain.ports import Reference
from alienlab.engine.measuring.concepts import Seen
from alienlab.engine.measuring.observer import Observer, Subject
from alienlab.engine.recognition.attached import AttachedRecogniser
from alienlab.engine.recognition.recogniser import Recogniser
from tests.fakes.recipes import make_image

IMAGES = [make_image(seed) for seed in range(3)]


@pytest.fixture
def observer(tiny_recogniser: Path) -> Observer:
    return Observer(AttachedRecogniser(tiny_recogniser.parent, str(tiny_recogniser)), cell=8)


def reference(place: int, prompt: str = "a cat in a party hat", latents: np.ndarray | None = None) -> Reference:
    return Reference(prompt=prompt, image=IMAGES[place], latents=latents)


def test_distances_are_those_of_the_embeddings(observer: Observer, tiny_recogniser: Path) -> None:
    against = reference(0)
    observations, notes = observer.observe([Subject(image, None, against) for image in IMAGES], recognise=True)
    seen = Recogniser.load(tiny_recogniser).embeddings(IMAGES)
    assert notes == ()
    for row, observation in enumerate(observations):
        assert observation.measures.perceptual == pytest.approx(1 - float(seen[row] @ seen[0]), abs=1e-5)
        assert observation.recognition is not None
    assert observations[0].measures.ssim == pytest.approx(1.0)


def test_concepts_are_the_words_of_the_prompt_among_all_words(observer: Observer, tiny_recogniser: Path) -> None:
    observations, _ = observer.observe([Subject(IMAGES[1], None, reference(0))], recognise=False)
    measures = observations[0].measures
    said = Recogniser.load(tiny_recogniser)
    subjects = said.probabilities(IMAGES[1:2], said.vocabulary.subjects)[0]
    assert [word for word, _ in measures.concepts] == ["cat", "party hat"]
    assert measures.probability("cat") == pytest.approx(float(subjects[0]), abs=1e-5)
    assert measures.nothing == pytest.approx(float(subjects[3]), abs=1e-5)


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("A Cat in a red party hat at a party", ("cat", "red", "party hat", "party")),
        ("a party hat", ("party hat",)),
        ("concatenate", ()),
    ],
)
def test_longer_words_are_found_before_those_within_them(prompt: str, words: tuple[str, ...]) -> None:
    known = ("cat", "dog", "nothing I know", "party hat", "red", "party")
    seen = Seen(known, np.full((1, 6), 0.1, np.float32), "nothing I know")
    assert seen.concepts_of(prompt, 0) == words


def test_a_prompt_without_a_known_word_is_about_what_the_image_is_surely_of() -> None:
    sure = Seen(("cat", "dog", "nothing"), np.array([[0.1, 0.8, 0.1]], np.float32), "nothing")
    lost = Seen(("cat", "dog", "nothing"), np.array([[0.1, 0.1, 0.8]], np.float32), "nothing")
    assert sure.concepts_of("a hound", 0) == ("dog",)
    assert lost.concepts_of("a hound", 0) == ()


def test_the_cosine_is_that_of_the_latents(observer: Observer) -> None:
    first, second = np.zeros((1, 2, 2), np.float16), np.zeros((1, 2, 2), np.float16)
    first[0, 0], second[0, 0, 0] = 1.0, 3.0
    observations, _ = observer.observe([Subject(IMAGES[1], second, reference(0, latents=first))], recognise=False)
    assert observations[0].measures.latent_cosine == pytest.approx(np.sqrt(0.5))
    observations, _ = observer.observe([Subject(IMAGES[1], second, reference(0))], recognise=False)
    assert observations[0].measures.latent_cosine is None


def test_without_a_recogniser_pixels_are_measured_still(tmp_path: Path) -> None:
    observer = Observer(AttachedRecogniser(tmp_path), cell=8)
    observations, notes = observer.observe([Subject(IMAGES[1], None, reference(0))], recognise=True)
    measures = observations[0].measures
    assert notes == ()
    assert observations[0].recognition is None
    assert (measures.perceptual, measures.concepts, measures.nothing) == (None, (), None)
    assert measures.pixel > 0


def test_a_recogniser_that_is_broken_is_told_of_once(tmp_path: Path) -> None:
    observer = Observer(AttachedRecogniser(tmp_path, str(tmp_path / "gone")), cell=8)
    observations, notes = observer.observe([Subject(IMAGES[0])], recognise=True)
    assert observations[0].recognition is None
    assert len(notes) == 1
    assert "gone" in notes[0]
    assert observer.observe([Subject(IMAGES[0])], recognise=True)[1] == ()


def test_nothing_is_looked_at_where_nobody_asks(observer: Observer) -> None:
    observations, notes = observer.observe([Subject(image) for image in IMAGES], recognise=False)
    assert all(observation.measures is observation.recognition is None for observation in observations)
    assert notes == ()
