"""The stage that learns to say what an image is of: a small CLIP, taught with words instead of whole captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch.nn import functional as F
from transformers import CLIPConfig, CLIPModel, CLIPTextConfig, CLIPTokenizer, CLIPVisionConfig

from alienlab.training.parts.degradation import degraded, jittered
from alienlab.training.parts.vae import to_unit
from alienlab.training.parts.vocabulary import encode
from alienlab.training.plan import TEXT_WIDTH, TOKENS, Plan

NOTHING_SHARE = 0.15
"""Of a batch that is degraded until nothing is left to recognise."""

TEMPLATES = ("{}", "a {}", "a picture of a {}", "the {}")


@dataclass(frozen=True)
class Lesson:
    """One question with its possible answers: for each scene the shares [scenes, words] of the right ones.

    Rows that sum to 0 do not answer the question.
    """

    words: tuple[str, ...]
    answers: torch.Tensor
    nothing: int | None = None
    """Which word a degraded image is answered with; None where it is not asked."""


def new_recogniser(plan: Plan, vocabulary: int) -> Any:
    vision = CLIPVisionConfig(
        hidden_size=160,
        intermediate_size=640,
        num_hidden_layers=5,
        num_attention_heads=5,
        image_size=plan.seen_pixels,
        patch_size=plan.seen_pixels // 8,
        projection_dim=TEXT_WIDTH,
    )
    text = CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=TEXT_WIDTH,
        intermediate_size=4 * TEXT_WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=TOKENS,
        projection_dim=TEXT_WIDTH,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    return CLIPModel(CLIPConfig(text_config=text.to_dict(), vision_config=vision.to_dict(), projection_dim=TEXT_WIDTH))


class Recognition:
    """The loss: each lesson's words must be likely as they are right; captions must find their images."""

    def __init__(
        self,
        clip: Any,
        tokenizer: CLIPTokenizer,
        *,
        images: torch.Tensor,
        captions: torch.Tensor,
        lessons: Sequence[Lesson],
        device: torch.device,
    ) -> None:
        self._clip, self._images, self._captions = clip, images.to(device), captions.to(device)
        self._lessons = [replace(lesson, answers=lesson.answers.to(device)) for lesson in lessons]
        words = [word for lesson in lessons for word in lesson.words]
        asked = [encode(tokenizer, [form.format(word) for word in words]) for form in TEMPLATES]
        self._words = [_trimmed(tokens).to(device) for tokens in asked]

    def __call__(self, generator: torch.Generator, count: int) -> dict[str, torch.Tensor]:
        device = self._images.device
        chosen = torch.randint(len(self._images), (count,), generator=generator, device=device).sort().values
        lost = round(count * NOTHING_SHARE)
        clean = to_unit(self._images[chosen])
        pictures = torch.cat([degraded(clean[:lost], generator), jittered(clean[lost:], generator)])
        seen = F.normalize(image_embeddings(self._clip, pictures), dim=-1)
        scale = self._clip.logit_scale.exp()
        form = int(torch.randint(len(TEMPLATES), (), generator=generator, device=device))
        known = F.normalize(text_embeddings(self._clip, self._words[form]), dim=-1)
        losses, start = {}, 0
        for number, lesson in enumerate(self._lessons):
            logits = scale * seen @ known[start : start + len(lesson.words)].T
            start += len(lesson.words)
            answers = _answers(lesson, chosen, lost)
            losses[f"lesson{number}"] = -(answers * logits.log_softmax(dim=-1)).sum() / answers.sum().clamp_min(1)
            if number == 0:
                right = answers.gather(1, logits.argmax(dim=1, keepdim=True)) > 0
                losses["_right"] = right.float().mean()
        losses["captions"] = 0.2 * self._contrast(seen[lost:], chosen[lost:], scale, generator)
        return losses

    def _contrast(
        self, seen: torch.Tensor, chosen: torch.Tensor, scale: torch.Tensor, generator: torch.Generator
    ) -> torch.Tensor:
        which = torch.randint(self._captions.shape[1], (len(chosen),), generator=generator, device=chosen.device)
        tokens = _trimmed(self._captions[chosen, which].long())
        said = F.normalize(text_embeddings(self._clip, tokens), dim=-1)
        logits = scale * seen @ said.T
        same = (tokens[:, None] == tokens[None]).all(dim=-1).float()
        target = same / same.sum(dim=1, keepdim=True)
        return -(target * (logits.log_softmax(1) + logits.log_softmax(0).T)).sum(dim=1).mean() / 2


def image_embeddings(clip: Any, pictures: torch.Tensor) -> torch.Tensor:
    """[rows, dims] of pictures [rows, 3, height, width] in −1 to 1."""
    return clip.visual_projection(clip.vision_model(pixel_values=pictures).pooler_output)


def text_embeddings(clip: Any, tokens: torch.Tensor) -> torch.Tensor:
    """[rows, dims] of token ids [rows, tokens]."""
    return clip.text_projection(clip.text_model(input_ids=tokens).pooler_output)


def _answers(lesson: Lesson, chosen: torch.Tensor, lost: int) -> torch.Tensor:
    answers = lesson.answers[chosen].float()
    answers[:lost] = 0
    if lesson.nothing is not None:
        answers[:lost, lesson.nothing] = 1
    return answers


def _trimmed(tokens: torch.Tensor) -> torch.Tensor:
    """Without the columns that pad all rows; one END stays."""
    used = int((tokens != 1).sum(dim=1).max())
    return tokens[:, : used + 1]
