"""Measures of a brain against closed forms and made-up recognisers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from alienlab.engine.recognition.vocabulary import Vocabulary
from alienlab.session.paths import world_folder
from alienlab.training.errors import TrainingError
from alienlab.training.judging.card import write_card
from alienlab.training.judging.evaluation import Evaluation, judge, kernel_distance
from alienlab.training.judging.figures import Figures
from alienlab.training.judging.knockouts import Knockouts, block_of
from alienlab.training.parts.lessons import (
    EMPTY,
    NOTHING,
    attribute_word,
    attribute_words,
    background_word,
    background_words,
    lessons_of,
    subject_words,
)
from alienlab.training.world.catalogue import Catalogue
from alienlab.training.world.held_out import HeldOut, held_out_captions
from alienlab.training.world.scenes import Background, Figure, Ground, Scene


def unit_rows(rows: int, *, seed: int, tilt: float = 0.0) -> np.ndarray:
    drawn = np.random.default_rng(seed).standard_normal((rows, 16)) + tilt
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def test_kernel_distance_of_one_distribution_is_about_zero() -> None:
    assert abs(kernel_distance(unit_rows(800, seed=1), unit_rows(800, seed=2))) < 0.01


def test_kernel_distance_grows_with_the_difference() -> None:
    still = unit_rows(300, seed=1)
    near, far = (kernel_distance(still, unit_rows(300, seed=2, tilt=tilt)) for tilt in (0.3, 2.0))
    assert 0.02 < near < far


def test_kernel_distance_of_two_points_is_known() -> None:
    """All rows of a sample alike: k(a,a) + k(b,b) − 2·k(a,b), with k = (cosine + 1)³."""
    one, other = np.tile([1.0, 0.0], (5, 1)), np.tile([0.0, 1.0], (5, 1))
    assert kernel_distance(one, other) == pytest.approx(8 + 8 - 2 * 1)


def test_kernel_distance_ignores_that_rows_were_drawn_to_match() -> None:
    rows = unit_rows(60, seed=3)
    shuffled = np.random.default_rng(0).permutation(60)
    assert kernel_distance(rows, rows) == pytest.approx(0, abs=1e-9)
    assert kernel_distance(rows, rows[shuffled]) < 0, "what is alike is not left out there"


class Oracle:
    """Says of each embedding the words that stand in its row."""

    def __init__(self, said: list[tuple[str, str, str]]) -> None:
        self._said = said

    def probabilities_of(self, embeddings: np.ndarray, words: tuple[str, ...]) -> np.ndarray:
        return np.array([[float(word in self._said[int(row)]) for word in words] for row in embeddings[:, 0]])


def test_judging_counts_what_is_right() -> None:
    asked = [
        HeldOut("a cat in a crown on blue", "cat", "crown", "blue"),
        HeldOut("a dog on the beach", "dog", "", "beach"),
        HeldOut("a red cat in the snow", "cat", "red", "snow"),
    ]
    words = Vocabulary(
        subjects=("cat", "dog", NOTHING),
        attributes=("crown", "red thing", "no attribute"),
        backgrounds=("blue background", "beach", "snow"),
        nothing=NOTHING,
    )
    said = [
        ("cat", "crown", "blue background"),
        (NOTHING, "no attribute", "beach"),
        ("cat", "crown", "beach"),
    ]
    rows = np.arange(3)[:, None]
    shares = judge(Oracle(said), rows, asked, words)  # pyright: ignore[reportArgumentType]
    assert shares == pytest.approx({"subject": 2 / 3, "attribute": 0.5, "background": 2 / 3}, abs=1e-4)


def test_every_held_out_caption_can_be_judged() -> None:
    catalogue = Catalogue(world_folder())
    subjects, attributes, backgrounds = subject_words(catalogue), attribute_words(catalogue), background_words()
    for entry in held_out_captions(world_folder()):
        assert entry.subject in subjects
        assert attribute_word(entry.attribute) in attributes
        assert background_word(entry.background) in backgrounds
    for words in (subjects, attributes, backgrounds):
        assert len(set(words)) == len(words)


def test_lessons_share_out_right_answers() -> None:
    catalogue = Catalogue(world_folder())
    meadow, blue = Background(Ground.GRASS), Background(Ground.PLAIN, ("blue",))
    pair = Scene((Figure("cat"), Figure("dog")), meadow, 1)
    subject, attribute, background = lessons_of([pair, Scene((), blue, 2)], catalogue)
    answers = {word: float(share) for word, share in zip(subject.words, subject.answers[0], strict=True) if share}
    assert answers == {"cat": 0.5, "dog": 0.5}
    assert subject.answers[1].argmax() == subject.words.index(EMPTY)
    assert float(attribute.answers[1].sum()) == 0, "where there is nobody, nobody wears anything"
    assert background.words[int(background.answers[1].argmax())] == "blue background"


@pytest.mark.parametrize(
    ("path", "block"),
    [
        ("conv_in", "conv_in"),
        ("down_blocks.2.resnets.0.conv1", "down_blocks.2"),
        ("mid_block.attentions.0.proj_in", "mid_block"),
        ("time_embedding.linear_1", "time_embedding"),
    ],
)
def test_blocks_are_named_by_the_path(path: str, block: str) -> None:
    assert block_of(path) == block


@pytest.fixture
def figures() -> Figures:
    evaluation = Evaluation(
        subject=0.955,
        attribute=0.5,
        background=1.0,
        vae_psnr_db={"3D": 32.18},
        recogniser=0.98,
        kid=0.0123,
        seconds_per_image=0.61,
    )
    return Figures(evaluation, Knockouts(0.5, {"mid_block": 0.5}, {"mid_block.a": 6.0, "mid_block.b": 4.0}))


def test_figures_are_told_with_their_blocks(figures: Figures) -> None:
    told = str(figures).splitlines()
    assert "main subject right      95.5%" in told
    assert "VAE, 3D                 32.2 dB" in told
    assert told[-1].split() == ["mid_block", "50.0%"]
    assert replace(figures, knockouts=None).to_json().keys() == figures.evaluation.to_json().keys()


def test_a_card_gets_the_figures_and_keeps_its_words(figures: Figures, tmp_path: Path) -> None:
    card = tmp_path / "MODEL_CARD.md"
    marks = "<!-- figures -->\nold 1\n<!-- end of figures -->", "<!-- knockouts -->\n<!-- end of knockouts -->"
    card.write_text(f"# Brain\n\n{marks[0]}\n\nBy block:\n{marks[1]}\nThe end.\n", encoding="utf-8")
    for _ in range(2):
        write_card(tmp_path, figures)
        lines = card.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "# Brain"
        assert lines[-1] == "The end."
        assert "| main subject right | 95.5 % | ≥ 95 % |" in lines
        assert "| `mid_block` | 2 | 1 | 50.0 % | 6.0 |" in lines
        assert "old 1" not in lines
        assert lines.count("<!-- figures -->") == 1


def test_a_card_without_a_place_for_figures_is_not_touched(figures: Figures, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no model card"):
        write_card(tmp_path, figures)
    (tmp_path / "MODEL_CARD.md").write_text("# Brain\n", encoding="utf-8")
    with pytest.raises(TrainingError, match="needs the lines '<!-- figures -->'"):
        write_card(tmp_path, figures)
    assert (tmp_path / "MODEL_CARD.md").read_text(encoding="utf-8") == "# Brain\n"
