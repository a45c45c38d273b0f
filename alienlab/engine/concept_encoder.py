"""From concept expressions to points of concept space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
import torch

from alienlab.domain.concepts import ConceptExpression, Prompt, parts
from alienlab.domain.space.evaluation import Point, Population, evaluate
from alienlab.engine.recognition.common_things import COMMON_THINGS, NOTHING, sentence

REMEMBERED = 512
"""Points and texts that are kept: each is a quarter of a megabyte in Stable Diffusion."""
SETTINGS = ("{}", "{} in the snow", "{} at night", "two of {}")
"""Sentences that a thing is said in, for the population of prompts."""


@dataclass(frozen=True)
class ConceptPoint:
    """A point [tokens, dims] in fp32, and the words of its prompts that did not fit."""

    array: torch.Tensor
    dropped: str


class ConceptEncoder:
    """Encodes texts one at a time, so that a point never depends on what else is encoded.

    ``prompts`` are texts that the brain is known to understand. With common things in a few settings they are the
    population that random points are drawn from; it is a part of what a recipe of a random point means.
    """

    def __init__(self, tokenizer: Any, text_encoder: Any, prompts: Sequence[str] = ()) -> None:
        self._tokenizer = tokenizer
        self._text_encoder = text_encoder
        self._prompts = tuple(prompts)
        self.encode: Callable[[ConceptExpression], ConceptPoint] = lru_cache(maxsize=REMEMBERED)(self._encode)
        self.of_text: Callable[[str], Point] = lru_cache(maxsize=REMEMBERED)(self._of_text)
        self.population: Callable[[], Population] = cache(self._population)

    def _encode(self, expression: ConceptExpression) -> ConceptPoint:
        """Raises RecipeError for a point that cannot be."""
        point = evaluate(expression, self)
        dropped = (self._dropped(text) for text in dict.fromkeys(_texts(expression)))
        return ConceptPoint(torch.from_numpy(point), " ".join(filter(None, dropped)))

    def _of_text(self, text: str) -> Point:
        limit = self._tokenizer.model_max_length
        padded = self._tokenizer(text, padding="max_length", max_length=limit, truncation=True, return_tensors="pt")
        uses_mask = getattr(self._text_encoder.config, "use_attention_mask", False)
        device = next(self._text_encoder.parameters()).device
        mask = padded.attention_mask.to(device) if uses_mask else None
        with torch.inference_mode():
            states = self._text_encoder(padded.input_ids.to(device), attention_mask=mask)[0]
        return states[0].float().cpu().numpy()

    def _population(self) -> Population:
        things = [sentence(thing) for thing in COMMON_THINGS if thing != NOTHING]
        texts = [*self._prompts, *(setting.format(thing) for setting in SETTINGS for thing in things)]
        return Population.of(np.stack([self._of_text(text) for text in dict.fromkeys(texts)]))

    def _dropped(self, text: str) -> str:
        limit = self._tokenizer.model_max_length
        whole = self._tokenizer(text, truncation=False, verbose=False).input_ids
        return self._tokenizer.decode(whole[limit - 1 : -1]).strip() if len(whole) > limit else ""


def _texts(expression: ConceptExpression) -> Iterator[str]:
    """Of all prompts within."""
    if isinstance(expression, Prompt):
        yield expression.text
    for part in parts(expression):
        yield from _texts(part)
