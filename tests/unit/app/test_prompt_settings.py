"""What the prompt bar sets, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alienlab.app.prompt_settings import PromptSettings
from alienlab.domain.concepts import Combination, ConceptExpression, OnPlane, Prompt, RandomDirections, RandomPoint
from alienlab.domain.errors import RecipeError
from tests.fakes.fake_engine import brain_info
from tests.fakes.recipes import make_recipe

CONCEPTS = [
    Prompt("a cat in a party hat"),
    Prompt(""),
    RandomPoint(7),
    Combination(((Prompt("king"), 1.0), (Prompt("man"), -1.0))),
    OnPlane(Prompt("a cat"), RandomDirections(3), 1.5, -2.25),
]


@pytest.mark.parametrize("concept", CONCEPTS, ids=str)
def test_what_is_restored_is_rendered_again(qapp, concept: ConceptExpression) -> None:
    settings, info = PromptSettings(), brain_info()
    recipe = replace(make_recipe(brain=info.hash), prompt=concept, negative=concept)
    settings.restore(recipe)
    assert settings.recipe(info, recipe.lesions) == recipe


def test_a_formula_that_makes_no_sense_is_told(qapp) -> None:
    settings = PromptSettings()
    settings.set_prompt('= "king" * "man"')
    with pytest.raises(RecipeError, match="formula"):
        settings.recipe(brain_info(), ())
