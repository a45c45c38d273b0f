"""What the machine could do at best: its rates of matrix products and convolutions, and what a UNet asks of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import torch
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from torch.nn.functional import conv2d
from torch.utils.flop_counter import FlopCounterMode

from alienlab.engine.brains.components import build_on_meta
from alienlab.engine.device import DTYPES
from alienlab.lab import Lab

REPEATS = 7
SIDE, GPU_SIDE = 1024, 8192
"""Of the matrices whose product is timed: a GPU needs large ones to be filled."""
ROWS, CHANNELS, PIXELS = 32, 128, 24
"""Of the convolution that is timed: images, channels in and out, and pixels a side."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Operations of one image's passes through the UNet, and the machine's best rates, all per second or plain."""

    convolutions: float
    products: float
    convolution_rate: float
    product_rate: float

    @property
    def ideal_seconds(self) -> float:
        """Of one image, at those rates."""
        return self.convolutions / self.convolution_rate + self.products / self.product_rate


def unet_rate(lab: Lab, *, steps: int, guided: bool) -> Rate:
    """Of the open brain's UNet at its own size, in the format that is its default here.

    A CUDA GPU is held to its products in bf16, convolutions too: it has no faster rate.
    """
    passes = steps * (2 if guided else 1)
    dtype, device = DTYPES[lab.info.precision], torch.device(lab.info.device)
    convolutions, products = _operations(lab)
    if device.type == "cuda":
        rate = _product_rate(torch.bfloat16, device, GPU_SIDE)
        return Rate(passes * convolutions, passes * products, rate, rate)
    convolution_rate, product_rate = _convolution_rate(dtype, device), _product_rate(dtype, device, SIDE)
    return Rate(passes * convolutions, passes * products, convolution_rate, product_rate)


def _operations(lab: Lab) -> tuple[float, float]:
    """Of one row: in convolutions, and in matrix products. Counted on diffusers' own network.

    The counter does not see into a CPU's fused attention, but into that of a network without memory.
    """
    unet: Any = build_on_meta(UNet2DConditionModel, lab.network().config)
    parameter = next(unet.parameters())
    kind: dict[str, Any] = {"dtype": parameter.dtype, "device": parameter.device}
    height, width = (lab.info.height, lab.info.width)
    scale = lab.info.size_multiple // 2 ** (len(unet.config.block_out_channels) - 1)
    latent = torch.zeros(1, unet.config.in_channels, height // scale, width // scale, **kind)
    text = torch.zeros(1, lab.info.tokens, lab.info.dims, **kind)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        unet(latent, torch.tensor(500, device=parameter.device), encoder_hidden_states=text)
    counts: dict[Any, int] = counter.get_flop_counts()["Global"]
    convolutions = sum(count for name, count in counts.items() if "convolution" in str(name))
    return float(convolutions), float(counter.get_total_flops() - convolutions)


def _product_rate(dtype: torch.dtype, device: torch.device, side: int) -> float:
    one, other = (torch.randn(side, side, device=device).to(dtype) for _ in range(2))
    return 2.0 * side**3 / _seconds(lambda: one @ other, device)


def _convolution_rate(dtype: torch.dtype, device: torch.device) -> float:
    layout = {"memory_format": torch.channels_last}
    pixels = torch.randn(ROWS, CHANNELS, PIXELS, PIXELS, device=device).to(dtype).contiguous(**layout)
    weight = torch.randn(CHANNELS, CHANNELS, 3, 3, device=device).to(dtype).contiguous(**layout)
    operations = 2.0 * ROWS * PIXELS**2 * CHANNELS**2 * 9
    return operations / _seconds(lambda: conv2d(pixels, weight, padding=1), device)


def _seconds(work: Callable[[], object], device: torch.device) -> float:
    def once() -> float:
        start = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        return time.perf_counter() - start

    with torch.inference_mode():
        once()
        return median(once() for _ in range(REPEATS))
