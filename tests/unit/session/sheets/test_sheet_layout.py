from hypothesis import given
from hypothesis import strategies as st

from alienlab.session.sheets.wrapping import wrap


def within(width):
    return lambda text: len(text) <= width


def test_phrases_stay_together_where_they_can():
    assert wrap("“a cat” · seed 7 · 20 steps", within(18), most=9) == ("“a cat” · seed 7", "20 steps")


def test_a_long_phrase_is_broken_at_its_spaces():
    assert wrap("a cat in a party hat", within(10), most=9) == ("a cat in a", "party hat")


def test_a_long_word_is_broken_at_its_punctuation_but_not_before_a_number():
    path = "up_blocks.1.attentions.0.transformer_blocks.0:scale=0.5"
    assert wrap(path, within(26), most=9) == ("up_blocks.1.attentions.0.", "transformer_blocks.0:", "scale=0.5")


def test_what_has_no_better_place_is_broken_anywhere():
    assert wrap("x" * 25, within(10), most=9) == ("x" * 10, "x" * 10, "x" * 5)


def test_what_does_not_fit_at_all_ends_in_an_ellipsis():
    assert wrap("one two three four", within(5), most=2) == ("one", "two…")


def test_control_characters_do_no_harm():
    assert wrap("a\0b\x1b[31m\ud800 c\n\nd", within(99), most=9) == ("a b [31m c d",)


@given(st.text(max_size=300), st.integers(2, 30), st.integers(1, 5))
def test_every_line_fits_and_nothing_is_lost(text, width, most):
    lines = wrap(text, within(width), most=most)
    assert len(lines) <= most
    assert all(0 < len(line) <= width for line in lines)
    if len(wrap(text, within(width), most=999)) <= most:
        kept = "".join(letter for letter in text if letter.isprintable() and letter not in " ·")
        assert "".join(lines).replace(" ", "").replace("·", "") == kept.replace(" ", "")
