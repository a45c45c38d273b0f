"""The search box understands the lesion grammar."""

from __future__ import annotations

import pytest

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.lesions import LesionSpec
from alienlab.ui.brain_map.search import find
from tests.fakes.anatomies import unet_anatomy


@pytest.fixture(scope="module")
def anatomy() -> Anatomy:
    return unet_anatomy(channels=(8, 16), layers=1, attention=(True, False), context=8)


def test_nothing_is_searched_for_by_an_empty_text(anatomy: Anatomy) -> None:
    assert find("  ", anatomy).paths is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("conv_in", lambda path: path == "conv_in"),
        ("mid_block.*", lambda path: path.startswith("mid_block.")),
        ("role=q", lambda path: path.endswith("to_q")),
        ("attn2", lambda path: "attn2" in path),
        ("mid_block.*:zero", lambda path: path.startswith("mid_block.")),
        ("mid_block.*:zer", lambda path: path.startswith("mid_block.")),
    ],
)
def test_patterns_words_and_lesions_find_their_modules(anatomy: Anatomy, text: str, expected) -> None:
    assert find(text, anatomy).paths == tuple(filter(expected, anatomy.paths))


def test_a_whole_lesion_is_recognised(anatomy: Anatomy) -> None:
    assert find("mid_block.*:scale=0.5", anatomy).spec == LesionSpec.parse("mid_block.*:scale=0.5")


@pytest.mark.parametrize("text", ["mid_block.*:", "mid_block.*:zer", "mid_block.*:scale", "mid_block.*:scale=-x"])
def test_half_a_lesion_is_no_lesion_yet_and_says_why(anatomy: Anatomy, text: str) -> None:
    finding = find(text, anatomy)
    assert finding.spec is None
    assert finding.paths and finding.problem


@pytest.mark.parametrize("text", ["xyz*", "kind=bone", "nothing_like_it", "xyz*:zero"])
def test_what_matches_nothing_says_so(anatomy: Anatomy, text: str) -> None:
    finding = find(text, anatomy)
    assert finding.paths == () and finding.spec is None
    assert "No module" in finding.problem


def test_a_word_that_is_no_pattern_cannot_carry_a_lesion(anatomy: Anatomy) -> None:
    assert find("attn2:zero", anatomy).spec is None
