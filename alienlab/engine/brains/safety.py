"""The safety checker that some brains carry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
from transformers import CLIPImageProcessorPil

from alienlab.domain.errors import BrainError
from alienlab.domain.events import Image
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.engine.brains.weight_files import WeightFiles


class SafetyChecker:
    """diffusers' checker with its image processor, on the CPU."""

    def __init__(self, model: StableDiffusionSafetyChecker, processor: CLIPImageProcessorPil) -> None:
        self.model, self.processor = model, processor

    @classmethod
    def load(cls, folder: Path, weights: WeightFiles) -> SafetyChecker:
        """Raise BrainError where its files cannot be read."""
        try:
            with quiet_libraries():
                model = StableDiffusionSafetyChecker.from_pretrained(
                    folder / "safety_checker",
                    variant=weights.variant,
                    use_safetensors=not weights.is_pickle,
                    local_files_only=True,
                )
                processor = CLIPImageProcessorPil.from_pretrained(folder / "feature_extractor", local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError, TypeError, ImportError) as error:
            raise BrainError(
                "The brain's safety checker cannot be read. Copy the brain again, or turn it off."
            ) from error
        return cls(model.eval().requires_grad_(False), processor)

    @torch.no_grad()
    def flags(self, images: Sequence[Image]) -> list[bool]:
        """Whether the checker would not show each image."""
        with quiet_libraries():
            pixels = self.processor(images=list(images), return_tensors="pt").pixel_values
            # The checker blacks out what it flags in the array it is given: it gets an empty one.
            _, flagged = self.model(clip_input=pixels, images=np.zeros((len(images), 1, 1, 3)))
        return [bool(flag) for flag in flagged]
