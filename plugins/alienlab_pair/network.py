"""The denoising network: a UNet of the kind that Stable Diffusion has, as small as two images need.

It sees pixels in groups of 2×2, as Stable Diffusion sees latent pixels, which makes it four times as fast; and beside
them it is given waves across the picture, so that it need not learn where it is, and trains in fewer steps.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache

import numpy as np
import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from numpy.typing import NDArray
from torch import nn

GROUP = 2
WORDS = 3
"""Most words of a text that count."""
TEXT_SIZE = 32
"""Numbers that stand for a word."""
WAVES = 6
"""Waves across and down the picture."""
PLACES = 2 + 4 * WAVES
"""Channels that say where a pixel is."""


def build(width: int, side: int, seed: int) -> UNet2DConditionModel:
    """An untrained network; its first weights depend on the seed alone."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return UNet2DConditionModel(
            sample_size=side // GROUP,
            in_channels=3 * GROUP**2 + PLACES,
            out_channels=3 * GROUP**2,
            block_out_channels=(width, width * 3 // 2, width * 2),
            layers_per_block=1,
            down_block_types=("DownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
            cross_attention_dim=TEXT_SIZE,
            attention_head_dim=16,
            norm_num_groups=8,
        )


def velocity(network: nn.Module, noisy: torch.Tensor, times: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    """What the network takes for √ᾱ · noise − √(1 − ᾱ) · image in noisy images [n, 3, side, side].

    ``times`` [n] run from 0 (the image) to 1 (pure noise), ``texts`` is [n, 1 + WORDS, TEXT_SIZE].
    """
    grouped = nn.functional.pixel_unshuffle(noisy, GROUP)
    where = places(grouped.shape[-1]).expand(len(grouped), -1, -1, -1)
    grouped = torch.cat([grouped, where], dim=1)
    return nn.functional.pixel_shuffle(network(grouped, times * 999, texts, return_dict=False)[0], GROUP)


@cache
def places(side: int) -> torch.Tensor:
    """[1, PLACES, side, side]: how far to the right and down, from -1 to 1, and the waves of both."""
    line = torch.linspace(-1, 1, side)
    down, right = torch.meshgrid(line, line, indexing="ij")
    waves = [
        wave(number * math.pi * axis)
        for number in range(1, WAVES + 1)
        for axis in (right, down)
        for wave in (torch.sin, torch.cos)
    ]
    return torch.stack([right, down, *waves])[None]


def text_point(text: str) -> NDArray[np.float32]:
    """[1 + WORDS, TEXT_SIZE]: a mark for the beginning, then a direction for each word, then zeros.

    A word's direction is drawn from its letters, so words that the network never learned have one too.
    """
    point = np.zeros((1 + WORDS, TEXT_SIZE), dtype=np.float32)
    for row, word in enumerate(["\0", *text.lower().split()[:WORDS]]):
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        point[row] = np.random.default_rng(seed).standard_normal(TEXT_SIZE)
    return point
