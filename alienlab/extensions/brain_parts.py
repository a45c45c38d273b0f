"""Parts of a brain that laboratories use: its VAE and its noise schedule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from alienlab.domain.errors import AlienLabError, BrainError
from alienlab.domain.events import Image
from alienlab.domain.laboratories.parameters import Material
from alienlab.engine.brains.components import load_vae
from alienlab.engine.schedulers import build_scheduler
from alienlab.extensions.materials import brain_folder


@dataclass(eq=False)
class BrainAutoencoder:
    """Implements ``alienlab.api.Autoencoder`` on the CPU."""

    vae: Any
    factor: int
    channels: int

    @classmethod
    def of(cls, brain: Material) -> BrainAutoencoder:
        """Raises BrainError where there is none that can be read."""
        vae: Any = load_vae(brain_folder(brain), torch.float32)
        return cls(vae, 2 ** (len(vae.config.block_out_channels) - 1), int(vae.config.latent_channels))

    @torch.inference_mode()
    def encode(self, image: Image) -> NDArray[np.float32]:
        height, width = image.shape[:2]
        if height % self.factor or width % self.factor:
            raise AlienLabError(f"The sides of an image must be multiples of {self.factor} pixels to be encoded.")
        pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float() / 127.5 - 1.0
        mean = self.vae.encode(pixels).latent_dist.mode()[0]
        return ((mean - self._shift) * self.vae.config.scaling_factor).numpy()

    @torch.inference_mode()
    def decode(self, latents: NDArray[np.float32]) -> Image:
        given = torch.from_numpy(np.array(latents, dtype=np.float32))[None]
        if given.ndim != 4 or given.shape[1] != self.channels:
            raise AlienLabError(f"Latents have {self.channels} channels, height and width.")
        decoded = self.vae.decode(given / self.vae.config.scaling_factor + self._shift, return_dict=False)[0][0]
        shown = (decoded / 2 + 0.5).nan_to_num(0.0).clamp(0, 1)
        return (shown.permute(1, 2, 0) * 255).round().to(torch.uint8).numpy()

    @property
    def _shift(self) -> float:
        return getattr(self.vae.config, "shift_factor", None) or 0.0


@dataclass(eq=False)
class BrainNoise:
    """Implements ``alienlab.api.Noise``."""

    alphas: NDArray[np.float64]


def noise_of(brain: Material) -> BrainNoise:
    """The schedule that the brain was trained with. Raises BrainError where there is none."""
    folder = brain_folder(brain)
    scheduler = build_scheduler("DDIMScheduler", folder.scheduler_config)
    alphas = np.asarray(scheduler.alphas_cumprod, dtype=np.float64)
    if alphas.ndim != 1 or not len(alphas) or not np.isfinite(alphas).all():
        raise BrainError("The brain's noise schedule cannot be read. Copy the brain again.")
    return BrainNoise(alphas)
