"""The stage that learns to imagine: UNet and text encoder on latents."""

from __future__ import annotations

from typing import Any

import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from torch import nn
from torch.nn import functional as F
from transformers import CLIPTextConfig, CLIPTextModel

from alienlab.training.parts.skips import SkipGates
from alienlab.training.plan import TEXT_WIDTH, TOKENS, Plan

DROPPED_CAPTIONS = 0.1
"""Share of samples that learn without their caption, which guidance needs."""


def new_unet(plan: Plan) -> Any:
    """The 391 modules of Stable Diffusion 1.x, thinner."""
    network: Any = UNet2DConditionModel(
        sample_size=plan.latent_side,
        block_out_channels=plan.unet_channels,
        layers_per_block=2,
        cross_attention_dim=TEXT_WIDTH,
        attention_head_dim=plan.unet_heads,  # pyright: ignore[reportArgumentType] - one number a block
        norm_num_groups=plan.unet_channels[0] // 2,
    )
    return network.to(memory_format=torch.channels_last)


def new_text_encoder(vocabulary: int) -> CLIPTextModel:
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=TEXT_WIDTH,
            intermediate_size=4 * TEXT_WIDTH,
            projection_dim=TEXT_WIDTH,
            num_hidden_layers=3,
            num_attention_heads=4,
            max_position_embeddings=TOKENS,
            bos_token_id=0,
            eos_token_id=1,
            pad_token_id=1,
        )
    )


def new_scheduler() -> DDIMScheduler:
    """v-prediction with zero terminal signal-to-noise ratio and trailing timesteps (Lin et al., 2024)."""
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
        set_alpha_to_one=True,
        steps_offset=1,
    )


class Imagination:
    """The loss of predicting v from noised latents and a caption, on the latents' device.

    ``latents`` are means and standard deviations [scenes, 4, side, side]; ``tokens`` ids [scenes, captions, 18].
    ``gates`` are those of the UNet, where it has some.
    """

    def __init__(
        self,
        unet: nn.Module,
        text_encoder: nn.Module,
        *,
        latents: tuple[torch.Tensor, torch.Tensor],
        scaling: float,
        tokens: torch.Tensor,
        empty: torch.Tensor,
        gates: SkipGates | None = None,
    ) -> None:
        self._gates = gates
        self._unet, self._text_encoder = unet, text_encoder
        self._means, self._spreads = latents
        self._device = self._means.device
        self._scaling, self._tokens, self._empty = scaling, tokens.to(self._device), empty.to(self._device)
        scheduler = new_scheduler()
        self._signal = scheduler.alphas_cumprod.sqrt().to(self._device)
        self._noise = (1 - scheduler.alphas_cumprod).sqrt().to(self._device)

    def __call__(self, generator: torch.Generator, count: int) -> dict[str, torch.Tensor]:
        chosen = torch.randint(len(self._means), (count,), generator=generator, device=self._device)
        clean = self._latents(chosen, generator)
        noise = self._normal(clean.shape, generator)
        # spread evenly over all times, which makes the loss of a batch less noisy
        within = torch.rand(count, generator=generator, device=self._device)
        place = (torch.arange(count, device=self._device) + within) / count
        times = (place * len(self._signal)).long().clamp(max=len(self._signal) - 1)
        signal, sigma = self._signal[times].view(-1, 1, 1, 1), self._noise[times].view(-1, 1, 1, 1)
        noised = (signal * clean + sigma * noise).contiguous(memory_format=torch.channels_last)
        if self._gates is not None:
            self._gates.set(times, generator)
        words = self._text_encoder(self._words(chosen, generator)).last_hidden_state
        predicted = self._unet(noised, times, encoder_hidden_states=words).sample
        return {"v": F.mse_loss(predicted.float(), signal * noise - sigma * clean)}

    def _latents(self, chosen: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        mean, spread = self._means[chosen].float(), self._spreads[chosen].float()
        return (mean + spread * self._normal(mean.shape, generator)) * self._scaling

    def _words(self, chosen: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
        which = torch.randint(self._tokens.shape[1], (len(chosen),), generator=generator, device=self._device)
        dropped = torch.rand(len(chosen), 1, generator=generator, device=self._device) < DROPPED_CAPTIONS
        return torch.where(dropped, self._empty, self._tokens[chosen, which].long())

    def _normal(self, shape: torch.Size, generator: torch.Generator) -> torch.Tensor:
        return torch.randn(shape, generator=generator, device=self._device)


def latent_scaling(latents: tuple[torch.Tensor, torch.Tensor]) -> float:
    """What makes the latents' standard deviation 1."""
    means, spreads = latents
    variance = means.float().var() + spreads.float().square().mean()
    return float(variance.rsqrt())
