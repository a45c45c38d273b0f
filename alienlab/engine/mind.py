"""A mind: a loaded brain on a device, ready to imagine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo
from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import RecipeError
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.engine.brains.loading import Brain
from alienlab.engine.concept_encoder import ConceptEncoder
from alienlab.engine.device import DTYPES, Device, PrecisionChoice, PrecisionMemory, choose_precision, converted
from alienlab.engine.lesions.integrity import IntegrityCheck
from alienlab.engine.preview import LatentPreview
from alienlab.engine.schedulers import build_scheduler, offered_schedulers

PROBE_ROWS, PROBE_SIDE = 2, 16


class Mind:
    """Holds the UNet in each format that was asked for, and what turns words into points and latents into images."""

    def __init__(
        self,
        brain: Brain,
        anatomy: Anatomy,
        device: Device,
        *,
        cache: Path,
        precision: Precision | None,
    ) -> None:
        self.brain, self.anatomy, self.device = brain, anatomy, device
        self.vae: Any = nn.Module.to(brain.vae, device.torch, torch.float32)
        self._unets: dict[Precision, tuple[Any, IntegrityCheck]] = {}
        self.encoder = ConceptEncoder(brain.tokenizer, brain.text_encoder.to(device.torch, torch.float32))
        self.preview = LatentPreview.of(self.vae, brain=brain.hash, cache=cache)
        choice = PrecisionChoice(precision, "As asked.") if precision else self._choose(PrecisionMemory(cache))
        self.info = self._describe(choice)

    @property
    def scale(self) -> int:
        """Pixels a latent pixel."""
        return 2 ** (len(self.vae.config.block_out_channels) - 1)

    def unet(self, precision: Precision) -> Any:
        """The UNet in one format, on the device."""
        if precision not in self._unets:
            unet = converted(self.brain.unet, self.device.torch, DTYPES[precision])
            self._unets[precision] = (unet, IntegrityCheck(unet))
        return self._unets[precision][0]

    def is_intact(self) -> bool:
        """Whether every UNet has the weights it was opened with."""
        return all(check.is_intact() for _, check in self._unets.values())

    def scheduler(self, recipe: DiffusionRecipe) -> Any:
        return build_scheduler(recipe.scheduler, self.brain.scheduler_config)

    def latent_shape(self, recipe: DiffusionRecipe) -> tuple[int, int, int]:
        """[channels, height, width]; raise RecipeError for a size that the brain cannot make."""
        multiple = self.info.size_multiple
        if recipe.width % multiple or recipe.height % multiple:
            raise RecipeError(
                f"{recipe.width}×{recipe.height} pixels is not a size that this brain can make. "
                f"Width and height must be multiples of {multiple}."
            )
        channels = self.brain.unet.config.in_channels
        return channels, recipe.height // self.scale, recipe.width // self.scale

    @torch.inference_mode()
    def decode(self, latents: torch.Tensor) -> tuple[NDArray[np.uint8], list[bool]]:
        """RGB images [rows, height, width, 3] of latents, and for each whether all its values were finite."""
        shift = getattr(self.vae.config, "shift_factor", None) or 0.0
        decoded = self.vae.decode(latents / self.vae.config.scaling_factor + shift, return_dict=False)[0]
        finite = torch.isfinite(decoded).flatten(1).all(dim=1).tolist()
        unit = (torch.nan_to_num(decoded) / 2 + 0.5).clamp(0, 1).permute(0, 2, 3, 1)
        return np.rint(unit.cpu().numpy() * 255.0).astype(np.uint8), finite

    def _choose(self, memory: PrecisionMemory) -> PrecisionChoice:
        choice = memory.recall(self.brain.hash, self.device)
        if choice is None:
            choice = choose_precision(self.unet(Precision.FP32), self.device, self._probe)
            memory.remember(self.brain.hash, self.device, choice)
        return choice

    @torch.inference_mode()
    def _probe(self, unet: Any) -> torch.Tensor:
        """One small forward pass, the same for every format."""
        parameter = next(unet.parameters())
        config = unet.config
        side = min(PROBE_SIDE, config.sample_size if isinstance(config.sample_size, int) else PROBE_SIDE)
        drawn = torch.randn(PROBE_ROWS, config.in_channels, side, side, generator=torch.Generator().manual_seed(0))
        prompts = ("", *self.brain.card.prompts, "a cat")[:PROBE_ROWS]
        states = torch.stack([self.encoder.encode(Prompt(text)).array for text in prompts])
        return unet(
            drawn.to(parameter.device, parameter.dtype).contiguous(memory_format=torch.channels_last),
            torch.tensor(500, device=parameter.device),
            encoder_hidden_states=states.to(parameter.device, parameter.dtype),
            return_dict=False,
        )[0]

    def _describe(self, choice: PrecisionChoice) -> BrainInfo:
        brain, config = self.brain, self.brain.unet.config
        sample = config.sample_size if isinstance(config.sample_size, (list, tuple)) else (config.sample_size,) * 2
        return BrainInfo(
            name=brain.name,
            source=brain.location,
            hash=brain.hash,
            width=sample[1] * self.scale,
            height=sample[0] * self.scale,
            size_multiple=self.scale * 2 ** (len(config.block_out_channels) - 1),
            tokens=brain.tokens,
            dims=brain.dims,
            steps=brain.card.steps,
            guidance=brain.card.guidance,
            scheduler=self._default_scheduler(),
            schedulers=offered_schedulers(brain.scheduler_config),
            prompts=brain.card.prompts,
            has_safety_checker=brain.has_safety_checker,
            device=str(self.device.torch),
            device_name=self.device.name,
            device_reason=self.device.reason,
            precision=choice.precision,
            precision_reason=choice.reason,
        )

    def _default_scheduler(self) -> str:
        own = self.brain.scheduler_class_name
        offered = offered_schedulers(self.brain.scheduler_config)
        return own if own in offered else offered[0]
