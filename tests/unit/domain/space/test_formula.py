"""Concept points as text."""

from __future__ import annotations

import pytest

from alienlab.domain.concepts import (
    Between,
    Combination,
    DirectionsOf,
    DirectionsTo,
    Law,
    Middle,
    OnPlane,
    Prompt,
    RandomDirections,
    RandomPoint,
    Ray,
    Way,
)
from alienlab.domain.errors import RecipeError
from alienlab.domain.space.formula import concept_text, name_text, read_concept

KING, MAN, WOMAN = Prompt("king"), Prompt("man"), Prompt("woman")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a cat in a party hat", Prompt("a cat in a party hat")),
        ("", Prompt("")),
        ("1 + 1 = 2", Prompt("1 + 1 = 2")),
        ('= "king" - "man" + "woman"', Combination(((KING, 1.0), (MAN, -1.0), (WOMAN, 1.0)))),
        ('="king" − "man" + "woman"', Combination(((KING, 1.0), (MAN, -1.0), (WOMAN, 1.0)))),
        ("= 'king' - 2 * ('man' - 'woman') / 4", Combination(((KING, 1.0), (MAN, -0.5), (WOMAN, 0.5)))),
        ("= -'man' * -3", Combination(((MAN, 3.0),))),
        ('= mean("king", "man", "woman")', Combination.mean(KING, MAN, WOMAN)),
        ("= random(7)", RandomPoint(7)),
        ("= middle()", Middle()),
        ("= shell(7)", RandomPoint(7, Law.SHELL)),
        ('= "a − b"', Prompt("a − b")),
        ('= between("king", random(1), -0.5)', Between(KING, RandomPoint(1), -0.5)),
        ('= ray("king", 4, 2.5)', Ray(KING, 4, 2.5)),
        ('= "king" + "all hat"', Combination(((KING, 1.0), (RandomPoint(12), 1.0)))),
    ],
)
def test_texts_are_read_as_points(text: str, expected: object) -> None:
    assert read_concept(text, {"all hat": RandomPoint(12)}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "=",
        "= king",
        "= 3",
        '= "king" * "man"',
        '= "king" / 0',
        '= 1e999 * "king"',
        "= random()",
        "= middle(1)",
        "= random(1.5)",
        "= random(-1)",
        "= shell('a')",
        "= mean()",
        '= plane("king", 1, 2)',
        '= through("king", 1, 2, 3, 4)',
        '= between("king", "man")',
        "= __import__('os').system('true')",
        "= open('x')",
        '= "king" if 1 else "man"',
        '= f"{1}"',
        "= " + "(" * 300 + "'a'" + ")" * 300,
        "= " + "-" * 1900 + "'a'",
        "= " + "'a' + " * 500 + "'a'",
        "= 'a\x00'",
    ],
)
def test_what_is_no_formula_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(RecipeError):
        read_concept(text)


@pytest.mark.parametrize(
    "expression",
    [
        KING,
        Prompt('= "x"'),
        Prompt('a "quoted" \\ cat'),
        RandomPoint(7, Law.SHELL),
        Combination(((KING, 1.0), (MAN, -0.25), (RandomPoint(3), 2.0))),
        Between(Combination.mean(KING, MAN), WOMAN, 1.5),
        Between(KING, WOMAN, -0.5, Way.SPHERICAL),
        Between(KING, WOMAN, 0.25, Way.BY_TOKEN),
        Ray(KING, 3, 0.125),
        Middle(),
        OnPlane(KING, RandomDirections(9), 1.5, -2.25),
        OnPlane(RandomPoint(2), DirectionsTo(MAN, Combination.mean(KING, WOMAN)), 0.1, 1e-7),
        OnPlane(KING, DirectionsOf(MAN, WOMAN), -3.0, 0.0),
    ],
    ids=str,
)
def test_an_expression_is_written_as_it_is_read(expression: Prompt) -> None:
    assert read_concept(concept_text(expression)) == expression


def test_names_stand_in_formulas_and_words_are_told_from_them() -> None:
    named = {"all hat": RandomPoint(12), "a dog": Middle(), "plain": Prompt("a cat")}
    mixed = Combination(((RandomPoint(12), 1.0), (Prompt("a dog"), 2.0), (Prompt("a cat"), 1.0)))
    text = concept_text(mixed, named)
    assert text == '= 1.0 * "all hat" + 2.0 * prompt("a dog") + 1.0 * "a cat"'
    assert read_concept(text, named) == mixed
    assert read_concept('= "ALL HAT"', named) == RandomPoint(12)
    assert read_concept(name_text("back\\slash"), {"back\\slash": Middle()}) == Middle()
    assert concept_text(Prompt("a dog"), named) == "a dog"
