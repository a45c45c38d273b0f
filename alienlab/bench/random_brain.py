"""Writes a brain of any size with random weights: what it imagines is noise, what it costs is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from diffusers.schedulers.scheduling_ddim import DDIMScheduler
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from alienlab.engine.anatomy.configs import unet_config
from alienlab.engine.brains.quiet import quiet_libraries
from alienlab.session.paths import embedded_brain


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkShapes:
    """Constructor arguments of UNet2DConditionModel, AutoencoderKL and CLIPTextConfig."""

    unet: Mapping[str, Any]
    vae: Mapping[str, Any]
    text: Mapping[str, Any]


STABLE_DIFFUSION = NetworkShapes(
    unet=unet_config("sd15"),
    vae={
        "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4,
        "block_out_channels": (128, 256, 512, 512),
        "layers_per_block": 2,
        "latent_channels": 4,
        "norm_num_groups": 32,
        "sample_size": 512,
        "scaling_factor": 0.18215,
    },
    text={
        "vocab_size": 49408,
        "hidden_size": 768,
        "intermediate_size": 3072,
        "num_hidden_layers": 12,
        "num_attention_heads": 12,
        "max_position_embeddings": 77,
        "projection_dim": 768,
    },
)
"""Version 1.5, as published."""


def write_random_brain(folder: Path, shapes: NetworkShapes, *, seed: int = 0) -> Path:
    """Write a folder in diffusers' layout, in fp16 safetensors. Returns the folder.

    Weights are those of a network before its training, drawn anew for each seed: activations stay finite in fp16.
    Words are the embedded brain's, as no other vocabulary is at hand.
    """
    with quiet_libraries(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _pipeline(shapes).to(torch.float16).save_pretrained(folder, safe_serialization=True)
    return folder


def _pipeline(shapes: NetworkShapes) -> Any:
    tokenizer: Any = CLIPTokenizer.from_pretrained(
        embedded_brain() / "tokenizer", model_max_length=shapes.text["max_position_embeddings"]
    )
    ends = {f"{end}_token_id": getattr(tokenizer, f"{end}_token_id") for end in ("bos", "eos", "pad")}
    parts: dict[str, Any] = {
        "vae": AutoencoderKL(**shapes.vae),
        "text_encoder": CLIPTextModel(CLIPTextConfig(**shapes.text, **ends)),
        "tokenizer": tokenizer,
        "unet": UNet2DConditionModel(**shapes.unet),
        "scheduler": _scheduler(),
    }
    absent: dict[str, Any] = dict.fromkeys(("safety_checker", "feature_extractor", "image_encoder"))
    return StableDiffusionPipeline(**parts, **absent, requires_safety_checker=False)


def _scheduler() -> DDIMScheduler:
    """The noise schedule of Stable Diffusion 1.x."""
    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        clip_sample=False,
        set_alpha_to_one=False,
        steps_offset=1,
    )
