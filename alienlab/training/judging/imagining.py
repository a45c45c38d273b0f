"""Images of any point of concept space, by diffusers' own pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from alienlab.domain.events import Image
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.training.pipeline import StableDiffusionPipeline

STEPS, GUIDANCE = 20, 4.0


class Imaginer:
    """A brain that is asked by points instead of prompts."""

    def __init__(self, brain: Path) -> None:
        with quiet_libraries():
            self._pipeline: Any = StableDiffusionPipeline.from_pretrained(
                brain, torch_dtype=torch.float32, local_files_only=True
            )
        self._pipeline.set_progress_bar_config(disable=True)

    @torch.inference_mode()
    def points(self, prompts: Sequence[str]) -> torch.Tensor:
        """[prompts, tokens, dims]"""
        tokenizer = self._pipeline.tokenizer
        ids = tokenizer(
            list(prompts),
            padding="max_length",
            truncation=True,
            max_length=tokenizer.model_max_length,
            return_tensors="pt",
        ).input_ids
        return self._pipeline.text_encoder(ids).last_hidden_state

    def random_points(self, count: int, prompts: Sequence[str], *, seed: int) -> torch.Tensor:
        """[count, tokens, dims], normally distributed with the mean and spread that prompts have in each place."""
        known = self.points(prompts)
        drawn = torch.randn(count, *known.shape[1:], generator=torch.Generator().manual_seed(seed))
        return known.mean(dim=0) + known.std(dim=0) * drawn

    def imagine(self, points: torch.Tensor, seeds: Sequence[int]) -> list[Image]:
        """One image a point, each from the noise of its seed."""
        made = self._pipeline(
            prompt_embeds=points,
            negative_prompt_embeds=self.points([""]).expand(len(points), -1, -1),
            num_inference_steps=STEPS,
            guidance_scale=GUIDANCE,
            generator=[torch.Generator().manual_seed(seed) for seed in seeds],
        )
        return [np.asarray(image) for image in made.images]
