"""From concept expressions to points of concept space."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch

from alienlab.domain.concepts import Between, ConceptExpression


@dataclass(frozen=True)
class ConceptPoint:
    """A point [tokens, dims] in fp32, and the words of its prompt that did not fit."""

    array: torch.Tensor
    dropped: str


class ConceptEncoder:
    """Encodes expressions one at a time, so that a point never depends on what else is encoded."""

    def __init__(self, tokenizer: Any, text_encoder: Any) -> None:
        self._tokenizer = tokenizer
        self._text_encoder = text_encoder
        self.encode = lru_cache(maxsize=4096)(self._encode)

    def _encode(self, expression: ConceptExpression) -> ConceptPoint:
        if isinstance(expression, Between):
            start, end = self.encode(expression.start), self.encode(expression.end)
            dropped = " ".join(filter(None, (start.dropped, end.dropped)))
            return ConceptPoint(torch.lerp(start.array, end.array, expression.position), dropped)
        limit = self._tokenizer.model_max_length
        padded = self._tokenizer(
            expression.text, padding="max_length", max_length=limit, truncation=True, return_tensors="pt"
        )
        uses_mask = getattr(self._text_encoder.config, "use_attention_mask", False)
        device = next(self._text_encoder.parameters()).device
        mask = padded.attention_mask.to(device) if uses_mask else None
        with torch.inference_mode():
            states = self._text_encoder(padded.input_ids.to(device), attention_mask=mask)[0]
        return ConceptPoint(states[0].float(), self._dropped(expression.text, limit))

    def _dropped(self, text: str, limit: int) -> str:
        whole = self._tokenizer(text, truncation=False, verbose=False).input_ids
        return self._tokenizer.decode(whole[limit - 1 : -1]).strip() if len(whole) > limit else ""
