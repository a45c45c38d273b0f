"""What a recognition says in a few words, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alienlab.domain.brain import Provenance
from alienlab.domain.recognition import MOST_WORDS, Recognition, percent
from tests.fakes.recipes import make_provenance

CAT = Recognition(
    subjects=(("cat", 0.98), ("dog", 0.01), ("nothing I know", 0.005)),
    attributes=(("party hat", 0.95), ("no attribute", 0.05)),
    backgrounds=(("beach", 0.9), ("red background", 0.1)),
    nothing="nothing I know",
    recogniser="homunculus/recogniser",
)


def test_the_likely_words_are_said_on_one_line() -> None:
    assert CAT.summary == "cat 98 % · party hat 95 % · beach 90 %"


def test_what_is_unlikely_or_absent_is_not_said() -> None:
    bare = replace(CAT, attributes=(("no attribute", 0.97),), backgrounds=(("beach", 0.4),))
    assert bare.summary == "cat 98 %"


def test_a_lost_image_is_of_nothing_else() -> None:
    lost = replace(CAT, subjects=(("nothing I know", 0.71), ("cat", 0.2)))
    assert lost.is_lost
    assert lost.summary == "nothing I know 71 %"
    assert not CAT.is_lost


def test_two_subjects_are_both_said() -> None:
    two = replace(CAT, subjects=(("cat", 0.52), ("dog", 0.45)), attributes=(), backgrounds=())
    assert two.summary == "cat 52 % · dog 45 %"
    assert replace(two, subjects=(("cat", 0.5), ("nothing I know", 0.4))).summary == "cat 50 %"


def test_the_first_words_of_each_kind_have_a_line() -> None:
    assert CAT.lines(2) == (
        "Subject: cat 98 %, dog 1 %",
        "Attribute: party hat 95 %, no attribute 5 %",
        "Background: beach 90 %, red background 10 %",
    )
    assert replace(CAT, attributes=(), backgrounds=()).lines(1) == ("Subject: cat 98 %",)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 %"), (1e-9, "< 1 %"), (0.01, "1 %"), (0.025, "3 %"), (0.995, "100 %"), (1, "100 %")]
)
def test_percents(value: float, text: str) -> None:
    assert percent(value) == text


def test_it_is_kept_with_the_render() -> None:
    kept = replace(make_provenance("a note"), recognition=CAT)
    assert Provenance.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_what_is_hardly_likely_is_still_not_nought_when_it_was_kept() -> None:
    unlikely = replace(CAT, subjects=(("cat", 0.98), ("pumpkin", 1.25e-5)))
    read = Recognition.from_json(json.loads(json.dumps(unlikely.to_json())))
    assert read.lines()[0] == unlikely.lines()[0] == "Subject: cat 98 %, pumpkin < 1 %"


def test_what_an_older_version_wrote_has_none() -> None:
    data = make_provenance().to_json()
    del data["recognition"]
    assert Provenance.from_json(data).recognition is None


def test_long_lists_and_words_are_cut() -> None:
    data = {**CAT.to_json(), "subjects": [["x" * 10_000, 0.5]] * 10_000}
    read = Recognition.from_json(data)
    assert len(read.subjects) == MOST_WORDS
    assert len(read.subjects[0][0]) < 100


@pytest.mark.parametrize(
    "change",
    [
        {"subjects": []},
        {"subjects": None},
        {"subjects": "cat"},
        {"subjects": [["cat"]]},
        {"subjects": [["cat", 1.5]]},
        {"subjects": [["cat", float("nan")]]},
        {"subjects": [["cat", "often"]]},
        {"subjects": [[1, 0.5]]},
        {"nothing": 3},
        {"recogniser": None},
    ],
)
def test_anything_else_is_malformed(change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Recognition.from_json({**CAT.to_json(), **change})
    for other in ([], "cat", 3):
        with pytest.raises(ValueError):
            Recognition.from_json(other)
