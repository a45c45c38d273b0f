"""UNet configurations of well-known brains, for looking at an anatomy without the weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alienlab.domain.errors import BrainError

_STABLE_DIFFUSION: Mapping[str, Any] = {
    "in_channels": 4,
    "out_channels": 4,
    "block_out_channels": (320, 640, 1280, 1280),
    "layers_per_block": 2,
    "down_block_types": ("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
    "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
}

UNET_CONFIGS: Mapping[str, Mapping[str, Any]] = {
    "sd15": {**_STABLE_DIFFUSION, "sample_size": 64, "cross_attention_dim": 768, "attention_head_dim": 8},
    "sd21": {
        **_STABLE_DIFFUSION,
        "sample_size": 96,
        "cross_attention_dim": 1024,
        "attention_head_dim": (5, 10, 20, 20),
        "use_linear_projection": True,
        "upcast_attention": True,
    },
}


def unet_config(name: str) -> Mapping[str, Any]:
    """Constructor arguments of ``UNet2DConditionModel``; raise BrainError for an unknown name."""
    if name not in UNET_CONFIGS:
        raise BrainError(f"There is no configuration named '{name}'. Known are {', '.join(UNET_CONFIGS)}.")
    return UNET_CONFIGS[name]
