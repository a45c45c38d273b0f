"""A seeded UNet of the SD 1.x anatomy, narrow enough for a forward pass in milliseconds."""

from __future__ import annotations

from typing import Any

import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

TOKENS, DIMS, SIDE = 5, 16, 8
CONFIG: dict[str, Any] = {
    "sample_size": SIDE,
    "block_out_channels": (8, 16, 16, 16),
    "cross_attention_dim": DIMS,
    "attention_head_dim": 2,
    "norm_num_groups": 4,
}


def tiny_unet(**changes: Any) -> UNet2DConditionModel:
    """All weights drawn with seed 0, norms and biases included, so that no tensor is constant."""
    torch.manual_seed(0)
    unet = UNet2DConditionModel(**{**CONFIG, **changes}).eval().requires_grad_(False)
    for parameter in unet.parameters():
        if parameter.dim() == 1:
            parameter.add_(0.2 * torch.randn(parameter.shape))
    return unet


def inputs(rows: int) -> dict[str, Any]:
    """Keyword arguments of a forward pass, different for every row."""
    generator = torch.Generator().manual_seed(1)
    return {
        "sample": torch.randn(rows, 4, SIDE, SIDE, generator=generator),
        "timestep": torch.tensor(500),
        "encoder_hidden_states": torch.randn(rows, TOKENS, DIMS, generator=generator),
        "return_dict": False,
    }


@torch.inference_mode()
def forward(unet: UNet2DConditionModel, arguments: dict[str, Any]) -> torch.Tensor:
    return unet(**arguments)[0]
