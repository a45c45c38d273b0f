"""The stage that learns to compress images: a variational autoencoder."""

from __future__ import annotations

from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from torch.nn import functional as F

from alienlab.training.bank import Bank
from alienlab.training.plan import Plan

KL_WEIGHT = 5e-4
"""Of the divergence a latent value: keeps latents near a normal distribution, smooth enough to be imagined."""

LATENT_CHANNELS = 4
ENCODED_AT_ONCE = 256


def new_vae(plan: Plan) -> Any:
    levels = len(plan.vae_channels)
    network_class: Any = AutoencoderKL  # its annotations want tuples of one
    network = network_class(
        down_block_types=("DownEncoderBlock2D",) * levels,
        up_block_types=("UpDecoderBlock2D",) * levels,
        block_out_channels=plan.vae_channels,
        layers_per_block=1,
        latent_channels=LATENT_CHANNELS,
        norm_num_groups=8,
        mid_block_add_attention=False,
        sample_size=plan.pixels,
    )
    return network.to(memory_format=torch.channels_last)


def to_unit(images: torch.Tensor) -> torch.Tensor:
    """Bytes [rows, height, width, 3] as values in −1 to 1 [rows, 3, height, width]."""
    return (images.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


class Compression:
    """The loss of the whole autoencoder; with ``decoder_only`` the encoder is frozen and latents stay what they are."""

    def __init__(self, vae: Any, bank: Bank, device: torch.device, *, decoder_only: bool = False) -> None:
        self._vae, self._decoder_only = vae, decoder_only
        self._images = torch.from_numpy(bank.images).to(device)
        if decoder_only:
            vae.encoder.requires_grad_(False)
            vae.quant_conv.requires_grad_(False)

    def __call__(self, generator: torch.Generator, count: int) -> dict[str, torch.Tensor]:
        device = self._images.device
        chosen = torch.randint(len(self._images), (count,), generator=generator, device=device).sort().values
        images = to_unit(self._images[chosen])
        with torch.set_grad_enabled(not self._decoder_only):
            posterior = self._vae.encode(images).latent_dist
        noise = torch.randn(posterior.mean.shape, generator=generator, device=device)
        decoded = self._vae.decode(posterior.mean + posterior.std * noise).sample.float()
        error = decoded - images
        losses = {"l1": error.abs().mean(), "square": 2 * error.square().mean(), "edges": _edges(error)}
        if not self._decoder_only:
            losses["kl"] = (
                KL_WEIGHT * 0.5 * (posterior.mean.square() + posterior.var - 1 - posterior.logvar).float().mean()
            )
        losses["_psnr"] = 10 * torch.log10(4 / error.detach().square().mean(dim=(1, 2, 3))).mean()
        return losses


def _edges(error: torch.Tensor) -> torch.Tensor:
    """Differences of neighbouring pixels must be right, too: blur is seen more than a shift in shade."""
    return 0.5 * (error.diff(dim=2).abs().mean() + error.diff(dim=3).abs().mean())


@torch.no_grad()
def encode_bank(vae: Any, bank: Bank, device: torch.device, scenes: range) -> tuple[torch.Tensor, torch.Tensor]:
    """Means and standard deviations of the latents of some scenes [scenes, 4, side, side], fp16, on the device."""
    means, spreads = [], []
    for start in range(scenes.start, scenes.stop, ENCODED_AT_ONCE):
        images = torch.from_numpy(bank.images[start : min(start + ENCODED_AT_ONCE, scenes.stop)])
        with torch.autocast(device.type, torch.bfloat16):
            posterior = vae.encode(to_unit(images.to(device))).latent_dist
        means.append(posterior.mean.half())
        spreads.append(posterior.std.half())
    return torch.cat(means), torch.cat(spreads)


def reconstruction_psnr(vae: Any, images: torch.Tensor) -> torch.Tensor:
    """Decibels for each image [rows, 3, height, width] in −1 to 1, from the mean of its latents."""
    with torch.no_grad():
        decoded = vae.decode(vae.encode(images).latent_dist.mean).sample.clamp(-1, 1)
    return 10 * torch.log10(4 / F.mse_loss(decoded, images, reduction="none").mean(dim=(1, 2, 3)).clamp_min(1e-10))
