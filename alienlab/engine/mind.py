"""A mind: a loaded brain on a device, ready to imagine."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from alienlab.domain.anatomy import Anatomy
from alienlab.domain.brain import BrainInfo, Pace
from alienlab.domain.concepts import Prompt
from alienlab.domain.errors import RecipeError
from alienlab.domain.recipe import DiffusionRecipe, Precision
from alienlab.engine.batches import classes_for
from alienlab.engine.brains.loading import Brain
from alienlab.engine.concept_encoder import ConceptEncoder
from alienlab.engine.device import DTYPES, Device, converted
from alienlab.engine.lesions.integrity import IntegrityCheck
from alienlab.engine.pace import measure_paces, recall_paces, remember_paces
from alienlab.engine.precision import PrecisionChoice, choose_precision, recall_precision, remember_precision
from alienlab.engine.preview import LatentPreview
from alienlab.engine.remembered import Remembered
from alienlab.engine.schedulers import build_scheduler, offered_schedulers

DECODED_PIXELS = 8192
"""Latent pixels that are decoded at once: the decoder's memory grows with them, its speed does not."""
PROBE_SIDE = 24
FEW_ROWS, MANY_ROWS = 2, 16
"""Rows that a format is tried with: many, as sweeps have them, where that does not take long."""
QUICK_PASS = 0.1
"""Seconds that a pass of few rows may take for many to be tried."""


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
        self.vae: Any = converted(brain.vae, device.torch, torch.float32)
        self._decoders: dict[Precision, Any] = {}
        self._unets: dict[Precision, tuple[Any, IntegrityCheck]] = {}
        self.encoder = ConceptEncoder(
            brain.tokenizer, brain.text_encoder.to(device.torch, torch.float32), brain.card.prompts
        )
        self.preview = LatentPreview.of(self.vae, brain=brain.hash, cache=cache)
        self._cache = cache
        choice = PrecisionChoice(precision, "As asked.") if precision else self._choose()
        self.info = self._describe(choice)
        self.info = replace(self.info, paces=self._paces())
        self._batch_pixels = self.info.pace.batch_class * self.info.height * self.info.width // self.scale**2

    @property
    def batch_pixels(self) -> int:
        """Latent pixels of a whole batch, above which a larger one gains nothing or does not fit."""
        return self._batch_pixels

    def take_smaller_batches(self, batch_class: int, latent_pixels: int) -> None:
        """From now on, batches stay below this class of latents of this area: it did not fit."""
        self._batch_pixels = min(self._batch_pixels, batch_class * latent_pixels - 1)

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

    def decoder(self, precision: Precision) -> Any:
        """The autoencoder for renders in one format: on a CPU in that format, elsewhere in fp32, which some need."""
        if self.device.torch.type != "cpu" or precision is Precision.FP32:
            return self.vae
        if precision not in self._decoders:
            self._decoders[precision] = converted(self.brain.vae, self.device.torch, DTYPES[precision])
        return self._decoders[precision]

    def decode(self, latents: torch.Tensor, precision: Precision) -> tuple[NDArray[np.uint8], list[bool]]:
        """RGB images [rows, height, width, 3] of latents, and for each whether all its values were finite."""
        fitting = max(1, DECODED_PIXELS // (latents.shape[-1] * latents.shape[-2]))
        size = 2 ** (fitting.bit_length() - 1)  # it divides the batch classes: a row's bits do not depend on its place
        vae = self.decoder(precision)
        parts = [self._decode(vae, part) for part in latents.split(size)]
        return np.concatenate([images for images, _ in parts]), [flag for _, finite in parts for flag in finite]

    @torch.inference_mode()
    def _decode(self, vae: Any, latents: torch.Tensor) -> tuple[NDArray[np.uint8], list[bool]]:
        shift = getattr(vae.config, "shift_factor", None) or 0.0
        scaled = (latents / vae.config.scaling_factor + shift).to(next(vae.parameters()).dtype)
        decoded = vae.decode(scaled, return_dict=False)[0].float()
        finite = torch.isfinite(decoded).flatten(1).all(dim=1).tolist()
        unit = (torch.nan_to_num(decoded) / 2 + 0.5).clamp(0, 1).permute(0, 2, 3, 1)
        return np.rint(unit.cpu().numpy() * 255.0).astype(np.uint8), finite

    def _memory(self, name: str) -> Remembered:
        return Remembered(self._cache / f"{name}.json", brain=self.brain.hash, device=self.device)

    def _choose(self) -> PrecisionChoice:
        memory = self._memory("format")
        choice = recall_precision(memory)
        if choice is None:
            exact = self.unet(Precision.FP32)
            self._probe(exact, FEW_ROWS)
            start = time.perf_counter()
            self._probe(exact, FEW_ROWS)
            rows = MANY_ROWS if time.perf_counter() - start < QUICK_PASS else FEW_ROWS
            choice = choose_precision(exact, self.device, lambda unet: self._probe(unet, rows))
            remember_precision(memory, choice)
        return choice

    def _paces(self) -> tuple[Pace, ...]:
        """Of the chosen format, at the brain's own size."""
        memory = self._memory(f"pace-{self.info.precision}")
        paces = recall_paces(memory)
        if not paces:
            unet = self.unet(self.info.precision)
            side = self.info.height // self.scale
            paces = measure_paces(lambda rows: self._probe(unet, 2 * rows, side), classes_for(self.device.torch))
            remember_paces(memory, paces)
        return paces

    @torch.inference_mode()
    def _probe(self, unet: Any, rows: int, side: int = PROBE_SIDE) -> torch.Tensor:
        """One forward pass, the same for every format; its output, when it is there."""
        parameter = next(unet.parameters())
        config = unet.config
        side = min(side, config.sample_size if isinstance(config.sample_size, int) else side)
        drawn = torch.randn(rows, config.in_channels, side, side, generator=torch.Generator().manual_seed(0))
        prompts = itertools.islice(itertools.cycle(("", *self.brain.card.prompts, "a cat")), rows)
        states = torch.stack([self.encoder.encode(Prompt(text)).array for text in prompts])
        predicted = unet(
            drawn.to(parameter.device, parameter.dtype).contiguous(memory_format=torch.channels_last),
            torch.tensor(500, device=parameter.device),
            encoder_hidden_states=states.to(parameter.device, parameter.dtype),
            return_dict=False,
        )[0]
        return predicted.float().cpu()

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
