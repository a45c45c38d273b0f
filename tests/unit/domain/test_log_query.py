"""The text that the log is filtered by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alienlab.domain.effects import Verdict
from alienlab.domain.errors import QueryError
from alienlab.domain.lesions import Operation
from alienlab.domain.log_query import LogQuery

TEXTS = st.lists(st.text().filter(str.strip), max_size=3).map(tuple)
DAYS = st.none() | st.dates()
QUERIES = st.builds(
    LogQuery,
    words=TEXTS,
    prompt=TEXTS,
    modules=TEXTS,
    operations=st.lists(st.sampled_from(Operation), max_size=3).map(tuple),
    verdicts=st.lists(st.sampled_from(Verdict), max_size=3).map(tuple),
    tags=TEXTS,
    starred=st.booleans(),
    after=DAYS,
    before=DAYS,
    sweeps=TEXTS,
    binned=st.booleans(),
)


@given(QUERIES)
def test_what_a_query_writes_it_reads_back(query: LogQuery) -> None:
    assert LogQuery.parse(str(query)) == query


@given(st.text())
def test_any_text_is_read_or_told_to_be_wrong(text: str) -> None:
    try:
        query = LogQuery.parse(text)
    except QueryError as error:
        assert str(error).endswith(".")
    else:
        assert LogQuery.parse(str(query)) == query


def test_every_key_is_read() -> None:
    text = (
        'party hat prompt:cat module:mid_block.* op:zero OP:noise+ verdict:noise verdict:"lost concept" tag:good '
        'is:starred after:2026-11-01 before:2026-12-01 sweep:"each module" in:bin'
    )
    assert LogQuery.parse(text) == LogQuery(
        words=("party", "hat"),
        prompt=("cat",),
        modules=("mid_block.*",),
        operations=(Operation.ZERO, Operation.NOISE_ADDED),
        verdicts=(Verdict.NOISE, Verdict.LOST),
        tags=("good",),
        starred=True,
        after=date(2026, 11, 1),
        before=date(2026, 12, 1),
        sweeps=("each module",),
        binned=True,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("   ", ()),
        ('"a party hat"', ("a party hat",)),
        ('"a party hat', ("a party hat",)),  # while it is being written
        ("mid_block.attentions.0.*:zero", ("mid_block.attentions.0.*:zero",)),
        ("kind=norm:scale=1.2;steps=0-5", ("kind=norm:scale=1.2;steps=0-5",)),
        ('"note: that"', ("note: that",)),
        (r'"say \"cat\""', ('say "cat"',)),
        ('""', ()),
    ],
)
def test_words_are_taken_as_they_are_written(text: str, words: tuple[str, ...]) -> None:
    assert LogQuery.parse(text) == LogQuery(words=words)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("lost", Verdict.LOST), ("another", Verdict.ANOTHER), ("Lost-Concept", Verdict.LOST), ("FLAT", Verdict.FLAT)],
)
def test_the_beginning_of_a_verdict_is_enough(text: str, verdict: Verdict) -> None:
    assert LogQuery.parse(f"verdict:{text}").verdicts == (verdict,)


@pytest.mark.parametrize(
    ("text", "wrong", "instead"),
    [
        ("verdict:nice", "nice", list(Verdict)),
        ("verdict:no", "no", ["noise", "nothing"]),
        ("op:cut", "cut", list(Operation)),
        ("after:yesterday", "yesterday", ["2026-11-30"]),
        ("before:2026-02-30", "2026-02-30", ["2026-11-30"]),
        ("modul:conv_in", "modul:", ["module:", "quotes"]),
        ("is:red", "is:red", ["is:starred"]),
        ("in:box", "in:box", ["in:bin"]),
        ("tag: good", "tag:", ["without a space", "tag:good"]),
        ('cat sweep:""', "sweep:", ['sweep:"each module"']),
        ("cat prompt:", "prompt:", ["prompt:cat"]),
    ],
)
def test_an_error_names_the_word_and_says_what_to_write(text: str, wrong: str, instead: list[str]) -> None:
    with pytest.raises(QueryError) as error:
        LogQuery.parse(text)
    assert wrong in str(error.value)
    assert all(words in str(error.value) for words in instead)
